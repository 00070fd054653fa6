using System.Collections.Concurrent;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;

namespace DocExchange.Hub.Clerk.Sessions;

/// <summary>
/// Slows down guessing: after five failures in a row a name is locked from that address for half a minute, twice as long with every further
/// failure, up to a quarter of an hour; after twenty-five, from everywhere. Names that do not exist are counted like others. Failures are
/// counted in memory; a lock is kept in the store, so that a restart does not lift it.
/// </summary>
public sealed class SignInGate(IAccountStore store, TimeProvider time)
{
    /// <summary>Characters of a password.</summary>
    public const int LongestPassword = 200;

    private const int FromOneAddress = 5;
    private const int FromAnywhere = 25;
    private const int LongestName = 100;
    private const int MostRemembered = 50_000;
    private static readonly TimeSpan FirstLock = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestLock = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, Failures> _failures = [];

    /// <summary>Takes up the locks of before a restart.</summary>
    public async Task OpenAsync()
    {
        foreach (var kept in await store.ListLocksAsync(CancellationToken.None).ConfigureAwait(false)) _failures[kept.Key] = new Failures(kept.Times, kept.Last, kept.Until);
    }

    /// <summary>False for what is nobody's, being longer than any name or password: it is neither hashed nor remembered.</summary>
    public static bool IsPossible(string name, string password) => name.Length <= LongestName && password.Length <= LongestPassword;

    /// <summary>How long this name must wait; zero when it may try.</summary>
    public TimeSpan Wait(string name, string address)
    {
        var now = time.GetUtcNow();
        var until = new[] { NameKey(name), AddressKey(name, address) }.Select(k => _failures.GetValueOrDefault(k)?.LockedUntil ?? now).Max();
        return until > now ? until - now : TimeSpan.Zero;
    }

    /// <summary>Counts a failure. True when it locked the name.</summary>
    public async Task<bool> FailedAsync(string name, string address)
    {
        if (_failures.Count > MostRemembered) Forget();
        return await CountAsync(AddressKey(name, address), FromOneAddress).ConfigureAwait(false) | await CountAsync(NameKey(name), FromAnywhere).ConfigureAwait(false);
    }

    public async Task SucceededAsync(string name, string address)
    {
        string[] keys = [NameKey(name), AddressKey(name, address)];
        var locked = keys.Where(key => _failures.TryRemove(key, out var failures) && failures.LockedUntil > failures.Last).ToList();
        if (locked.Count > 0) await store.RemoveLocksAsync(locked, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<bool> CountAsync(string key, int allowed)
    {
        var now = time.GetUtcNow();
        var counted = _failures.AddOrUpdate(key, _ => new Failures(1, now, now), (_, old) =>
        {
            var times = now - old.Last > Forgotten ? 1 : old.Times + 1;
            return new Failures(times, now, times < allowed ? now : now + LockAfter(times - allowed));
        });
        if (counted.LockedUntil <= now) return false;
        await store.SaveLockAsync(new SignInLock(key, counted.Times, counted.Last, counted.LockedUntil), CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    private static TimeSpan LockAfter(int further) =>
        further >= 5 ? LongestLock : TimeSpan.FromTicks(Math.Min(FirstLock.Ticks << further, LongestLock.Ticks));

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (key, _) in _failures.Where(f => f.Value.LockedUntil <= now)) _failures.TryRemove(key, out _);
    }

    private static string NameKey(string name) => name.Trim().ToUpperInvariant();

    private static string AddressKey(string name, string address) => NameKey(name) + "\n" + address;

    private sealed record Failures(int Times, DateTimeOffset Last, DateTimeOffset LockedUntil);
}
