using Microsoft.IdentityModel.Tokens;

namespace DocExchange.Hub.Edges.Callers;

/// <summary>
/// The public keys of an issuer, kept for ten minutes, and looked for again at most once a minute when a token names one that is not
/// there: an issuer may change keys at any time, and tokens with made-up ids must not make calls. Unreachable, those of before stay.
/// </summary>
public sealed partial class IssuerKeys(string place, HttpClient http, TimeProvider time, ILogger<IssuerKeys> logger) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1);
    private IReadOnlyList<SecurityKey> _keys = [];
    private DateTimeOffset _asked = DateTimeOffset.MinValue;

    /// <summary>The keys that may have signed; only public ones of asymmetric algorithms, so that none can serve as a shared secret.</summary>
    /// <param name="keyId">What the token names; null when it names none.</param>
    public async ValueTask<IReadOnlyList<SecurityKey>> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (!IsDue(keyId)) return _keys;
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsDue(keyId)) await ReadAsync(cancellationToken).ConfigureAwait(false);
            return _keys;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private bool IsDue(string? keyId)
    {
        var age = time.GetUtcNow() - _asked;
        return age > Kept || (age > Pause && !_keys.Any(k => keyId is null || k.KeyId == keyId));
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        _asked = time.GetUtcNow();
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            ending.CancelAfter(Patience);
            var text = File.Exists(place)
                ? await File.ReadAllTextAsync(place, ending.Token).ConfigureAwait(false)
                : await http.GetStringAsync(new Uri(place), ending.Token).ConfigureAwait(false);
            _keys = [.. new JsonWebKeySet(text).GetSigningKeys().Where(k => k is AsymmetricSecurityKey or JsonWebKey { Kty: "RSA" or "EC" })];
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or UnauthorizedAccessException or ArgumentException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogUnreadable(logger, place, fault.Message);
        }
    }

    [LoggerMessage(EventId = 2021, Level = LogLevel.Error, Message = "The token issuer's keys at {Place} cannot be read: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string place, string reason);
}
