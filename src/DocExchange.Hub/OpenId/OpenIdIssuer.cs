using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DocExchange.Hub.Edges.Callers;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.OpenId;

/// <summary>
/// The configured issuer over its line: what it says of itself, kept for an hour and asked for at most once a minute while it does not answer;
/// its keys; and the tokens it gives for a code.
/// </summary>
internal sealed partial class OpenIdIssuer(HubOptions options, IssuerLine line, TimeProvider time, ILoggerFactory logs) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private readonly ILogger _logger = logs.CreateLogger<OpenIdIssuer>();
    private (IssuerDocument Document, IssuerKeys Keys)? _known;
    private DateTimeOffset _asked = DateTimeOffset.MinValue;

    /// <summary>Null while the issuer cannot be asked and never could.</summary>
    public async ValueTask<(IssuerDocument Document, IssuerKeys Keys)?> FindAsync(CancellationToken cancellationToken)
    {
        if (!IsDue()) return _known;
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsDue()) await ReadAsync().ConfigureAwait(false);
            return _known;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The id_token given for a code; null when the issuer gives none.</summary>
    public async Task<string?> ExchangeAsync(IssuerDocument document, string code, string verifier, CancellationToken cancellationToken)
    {
        var settings = options.OpenId;
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = OpenIdSignIn.ReturnAddress(settings), ["code_verifier"] = verifier, ["client_id"] = settings.ClientId,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, document.Token);
        try
        {
            if (settings.SecretFile.Length > 0)
            {
                var secret = (await File.ReadAllTextAsync(settings.SecretFile, cancellationToken).ConfigureAwait(false)).Trim();
                if (document.TakesSecretInForm) form["client_secret"] = secret;
                // RFC 6749 §2.3.1: both are form-encoded first.
                else request.Headers.Authorization = new AuthenticationHeaderValue("Basic",
                    Convert.ToBase64String(Encoding.ASCII.GetBytes(Uri.EscapeDataString(settings.ClientId) + ":" + Uri.EscapeDataString(secret))));
            }
            request.Content = new FormUrlEncodedContent(form);
            using var answer = await line.Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode && TokenIn(body) is { } token) return token;
            LogNoToken(_logger, settings.Issuer, $"status {(int)answer.StatusCode}");
            return null;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or UnauthorizedAccessException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogNoToken(_logger, settings.Issuer, fault.Message);
            return null;
        }
    }

    public void Dispose()
    {
        _one.Dispose();
        _known?.Keys.Dispose();
    }

    private bool IsDue() => time.GetUtcNow() - _asked > (_known is null ? Pause : Kept);

    private async Task ReadAsync()
    {
        _asked = time.GetUtcNow();
        try
        {
            var text = await line.Http.GetByteArrayAsync(new Uri(options.OpenId.Issuer.TrimEnd('/') + "/.well-known/openid-configuration")).ConfigureAwait(false);
            if (IssuerDocument.Parse(text, options.OpenId.Issuer, options.Mode) is not { } document)
            {
                LogUnreadable(_logger, options.OpenId.Issuer, "its document names another issuer, or places that may not be used");
                return;
            }
            var keys = _known is { } before && before.Document.Keys == document.Keys ? before.Keys : new IssuerKeys(document.Keys, line.Http, time, logs.CreateLogger<IssuerKeys>());
            _known = (document, keys);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            LogUnreadable(_logger, options.OpenId.Issuer, fault.Message);
        }
    }

    private static string? TokenIn(byte[] body)
    {
        try
        {
            using var read = JsonDocument.Parse(body);
            return read.RootElement.ValueKind == JsonValueKind.Object && read.RootElement.TryGetProperty("id_token", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(EventId = 2320, Level = LogLevel.Error, Message = "The organisation's issuer {Issuer} cannot be asked: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string issuer, string reason);

    [LoggerMessage(EventId = 2321, Level = LogLevel.Warning, Message = "The organisation's issuer {Issuer} gave no token for a code: {Reason}")]
    private static partial void LogNoToken(ILogger logger, string issuer, string reason);
}
