using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Api;

/// <summary>People who call the JSON interface, by name and password.</summary>
public sealed class ApiCallers(CallerLines lines, IPartyStore store, CallerRefusals refusals, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private static readonly string NobodysHash = PasswordHash.Make(Core.Ids.Secret());

    // The hash is memory-hard, so a password that was right a moment ago is not hashed again; kept as a keyed digest, never as text.
    private readonly ConcurrentDictionary<string, (long AccountId, DateTimeOffset Until)> _recent = [];
    private readonly byte[] _recentKey = RandomNumberGenerator.GetBytes(32);
    private readonly SemaphoreSlim _hashing = new(2);

    public void Dispose() => _hashing.Dispose();

    /// <summary>The person when it is an operator, or null.</summary>
    public async Task<Account?> FindOperatorAsync(HttpContext http, CancellationToken cancellationToken) =>
        await FindPersonAsync(http, cancellationToken).ConfigureAwait(false) is { Role: Role.Operator } account ? account : null;

    /// <summary>The person (HTTP Basic), of whatever role, or null. Unknown names cost what wrong passwords cost.</summary>
    public async Task<Account?> FindPersonAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!TryReadBasic(http.Request.Headers.Authorization.ToString(), out var name, out var password)) return null;
        var account = await store.FindAccountAsync(name, cancellationToken).ConfigureAwait(false);
        var memory = Convert.ToBase64String(HMACSHA256.HashData(_recentKey, Encoding.UTF8.GetBytes($"{account?.PasswordHash}\n{name}\n{password}")));
        if (account is null || !_recent.TryGetValue(memory, out var seen) || seen.Until < time.GetUtcNow())
        {
            await _hashing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (!PasswordHash.Verify(password, account?.PasswordHash ?? NobodysHash) || account is null)
                {
                    refusals.Count(lines.AddressOf(http), "DX-0001");
                    return null;
                }
            }
            finally
            {
                _hashing.Release();
            }
            if (_recent.Count > 1000) _recent.Clear();
            _recent[memory] = (account.Id, time.GetUtcNow() + Remembered);
        }
        return account is { Enabled: true } ? account : null;
    }

    private static bool TryReadBasic(string header, out string name, out string password)
    {
        (name, password) = ("", "");
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return false;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out var length)) return false;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return false;
        (name, password) = (text[..colon], text[(colon + 1)..]);
        return true;
    }
}
