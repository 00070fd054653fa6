using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Hub.Api;
using DocExchange.Hub.Operations;
using DocExchange.Hub.People;

namespace DocExchange.Hub.Clerk.Sessions;

public enum SignInOutcome { Done, Wrong, Locked, Busy }

/// <summary>Checks name, password and second factor, at the same cost whether the name exists or not, and leaves evidence by internal account id.</summary>
public sealed class SignIn(IPartyStore accounts, IExchangeStore evidence, SignInGate gate, SecondFactors factors, SignInFailures failures, CallerLines lines) : IDisposable
{
    private const int MostWaiting = 32;
    private static readonly string NobodysHash = PasswordHash.Make(Core.Ids.Secret());

    // A hash takes 32 MB and some tenths of a second of a core that also accepts documents: one at a time, and not too many behind it.
    private readonly SemaphoreSlim _hashing = new(1);
    private int _waiting;

    public void Dispose() => _hashing.Dispose();

    public async Task<(SignInOutcome Outcome, TimeSpan Wait)> TryAsync(HttpContext http, string name, string password, string? code)
    {
        // A wrong code looks like a wrong password: nobody learns that the password was right.
        var (outcome, wait, account) = await ProveAsync(http, name, password, account => factors.TakeAsync(account, code, http.RequestAborted)).ConfigureAwait(false);
        if (account is not null) await OpenAsync(http, account, new SessionKind(ByIssuer: false, FactorProven: account.SecondFactor is not null)).ConfigureAwait(false);
        return (outcome, wait);
    }

    /// <summary>The password alone, of somebody whose session is open; guessing it locks the name as at sign-in.</summary>
    public async Task<(SignInOutcome Outcome, TimeSpan Wait)> ProvePasswordAsync(HttpContext http, Account account, string password)
    {
        var (outcome, wait, _) = await ProveAsync(http, account.Name, password, _ => Task.FromResult(true)).ConfigureAwait(false);
        return (outcome, wait);
    }

    /// <summary>The second factor alone, of somebody whose first proof was taken elsewhere; guessing it locks the name as guessing a password does.</summary>
    public async Task<(SignInOutcome Outcome, TimeSpan Wait)> TakeCodeAsync(HttpContext http, Account account, string code, SessionKind kind)
    {
        var address = lines.AddressOf(http);
        if (gate.Wait(account.Name, address) is var wait && wait > TimeSpan.Zero) return (SignInOutcome.Locked, wait);
        if (!await factors.TakeAsync(account, code, http.RequestAborted).ConfigureAwait(false)) return await FailAsync(account.Name, address, account).ConfigureAwait(false);
        await gate.SucceededAsync(account.Name, address).ConfigureAwait(false);
        await OpenAsync(http, account, kind).ConfigureAwait(false);
        return (SignInOutcome.Done, TimeSpan.Zero);
    }

    /// <summary>Opens a session for somebody whose proofs hold, with evidence of it.</summary>
    public async Task OpenAsync(HttpContext http, Account account, SessionKind kind)
    {
        await RecordAsync(EvidenceEvents.AccountSignedIn, account, kind.ByIssuer ? "organisation" : null).ConfigureAwait(false);
        await SessionCookies.OpenAsync(http, account, kind).ConfigureAwait(false);
    }

    public async Task EndAsync(HttpContext http, Account? account)
    {
        if (account is not null) await RecordAsync(EvidenceEvents.AccountSignedOut, account, null).ConfigureAwait(false);
        await SessionCookies.CloseAsync(http).ConfigureAwait(false);
    }

    /// <returns>The account when everything holds.</returns>
    private async Task<(SignInOutcome Outcome, TimeSpan Wait, Account? Account)> ProveAsync(HttpContext http, string name, string password, Func<Account, Task<bool>> further)
    {
        if (!SignInGate.IsPossible(name, password)) return (SignInOutcome.Wrong, TimeSpan.Zero, null);
        var address = lines.AddressOf(http);
        if (gate.Wait(name, address) is var wait && wait > TimeSpan.Zero) return (SignInOutcome.Locked, wait, null);
        Account? account;
        bool fits;
        try
        {
            if (Interlocked.Increment(ref _waiting) > MostWaiting) return (SignInOutcome.Busy, TimeSpan.Zero, null);
            account = await accounts.FindAccountAsync(name, http.RequestAborted).ConfigureAwait(false);
            fits = await FitsAsync(account, password).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        if (!fits || !await further(account!).ConfigureAwait(false))
        {
            var (outcome, locked) = await FailAsync(name, address, account).ConfigureAwait(false);
            return (outcome, locked, null);
        }
        await gate.SucceededAsync(name, address).ConfigureAwait(false);
        return (SignInOutcome.Done, TimeSpan.Zero, account);
    }

    private async Task<(SignInOutcome, TimeSpan)> FailAsync(string name, string address, Account? account)
    {
        await failures.CountAsync(name, address, account).ConfigureAwait(false);
        return (SignInOutcome.Wrong, gate.Wait(name, address));
    }

    private async Task<bool> FitsAsync(Account? account, string password)
    {
        await _hashing.WaitAsync().ConfigureAwait(false);
        try
        {
            var fits = await Task.Run(() => PasswordHash.Verify(password, account?.PasswordHash ?? NobodysHash)).ConfigureAwait(false);
            return fits && account is { Enabled: true };
        }
        finally
        {
            _hashing.Release();
        }
    }

    private Task RecordAsync(string name, Account account, string? detail) => evidence.RecordEventAsync(
        new EvidenceEntry { Event = name, Time = default, Actor = HubApi.Actor(account), Detail = detail }, CancellationToken.None);
}
