using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Hub.Clerk.Sessions;
using DocExchange.Hub.Operations;
using DocExchange.Hub.People;

namespace DocExchange.Hub.Api;

/// <summary>People who call the JSON interface, by name and password.</summary>
public sealed class ApiCallers(CallerLines lines, IPartyStore store, CallerRefusals refusals, SignInGate gate, SignInFailures failures, SecondFactors factors, TimeProvider time) : IDisposable
{
    /// <summary>Carries the authenticator app's code.</summary>
    public const string CodeHeader = "Second-Factor";

    private const int MostWaiting = 32;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private static readonly string NobodysHash = PasswordHash.Make(Core.Ids.Secret());

    // The hash is memory-hard, so a password that was right a moment ago is not hashed again; kept as a keyed digest, never as text.
    private readonly ConcurrentDictionary<string, (long AccountId, DateTimeOffset Until)> _recent = [];
    private readonly byte[] _recentKey = RandomNumberGenerator.GetBytes(32);
    private readonly SemaphoreSlim _hashing = new(2);
    private int _waiting;

    public void Dispose() => _hashing.Dispose();

    /// <summary>The person when it is an operator, or null.</summary>
    public async Task<Account?> FindOperatorAsync(HttpContext http, CancellationToken cancellationToken) =>
        await FindPersonAsync(http, cancellationToken).ConfigureAwait(false) is { Role: Role.Operator } account ? account : null;

    /// <summary>
    /// The person (HTTP Basic, and <see cref="CodeHeader"/> where a second factor is enrolled), of whatever role, or null. Unknown names cost
    /// what wrong passwords cost, and failures lock a name as they do at sign-in. What was right is taken again for five minutes.
    /// </summary>
    /// <exception cref="CallersBusyException">Too many wait for their passwords to be checked.</exception>
    public async Task<Account?> FindPersonAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!TryReadBasic(http.Request.Headers.Authorization.ToString(), out var name, out var password)) return null;
        if (!SignInGate.IsPossible(name, password))
        {
            refusals.Count(lines.AddressOf(http), "DX-0001");
            return null;
        }
        var (address, code) = (lines.AddressOf(http), http.Request.Headers[CodeHeader].ToString());
        var account = await store.FindAccountAsync(name, cancellationToken).ConfigureAwait(false);
        byte[] proof = [.. Encoding.UTF8.GetBytes($"{account?.PasswordHash}\n{name}\n{password}\n{code}\n"), .. account?.SecondFactor?.Secret.ToArray() ?? []];
        var memory = Convert.ToBase64String(HMACSHA256.HashData(_recentKey, proof));
        if (account is null || !_recent.TryGetValue(memory, out var seen) || seen.Until < time.GetUtcNow())
        {
            if (gate.Wait(name, address) > TimeSpan.Zero || !await FitsAsync(account, password, code, cancellationToken).ConfigureAwait(false))
            {
                refusals.Count(address, "DX-0001");
                if (gate.Wait(name, address) == TimeSpan.Zero) await failures.CountAsync(name, address, account).ConfigureAwait(false);
                return null;
            }
            await gate.SucceededAsync(name, address).ConfigureAwait(false);
            if (_recent.Count > 1000) _recent.Clear();
            _recent[memory] = (account!.Id, time.GetUtcNow() + Remembered);
        }
        return account is { Enabled: true } ? account : null;
    }

    private async Task<bool> FitsAsync(Account? account, string password, string code, CancellationToken cancellationToken)
    {
        try
        {
            // Anyone may ask: without a bound, whoever sends names and passwords without end holds everybody else behind them.
            if (Interlocked.Increment(ref _waiting) > MostWaiting) throw new CallersBusyException();
            await _hashing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (!PasswordHash.Verify(password, account?.PasswordHash ?? NobodysHash) || account is null) return false;
            }
            finally
            {
                _hashing.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        return await factors.TakeAsync(account, code, cancellationToken).ConfigureAwait(false);
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
