using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Hub.Api;

namespace DocExchange.Hub.Clerk.Sessions;

/// <summary>What a proof that does not hold leads to, the same on every way in. Nobody's sign-in is no evidence; a lock is, and there is one per lock however many attempts.</summary>
public sealed class SignInFailures(SignInGate gate, IExchangeStore evidence, AlarmBoard alarms)
{
    /// <param name="account">Null where nobody has that name.</param>
    public async Task CountAsync(string name, string address, Account? account)
    {
        if (!await gate.FailedAsync(name, address).ConfigureAwait(false)) return;
        alarms.Raise(AlarmKind.SignInLocked, address);
        await evidence.RecordEventAsync(
            new EvidenceEntry { Event = EvidenceEvents.SignInLocked, Time = default, Actor = account is null ? null : HubApi.Actor(account), Detail = address }, CancellationToken.None)
            .ConfigureAwait(false);
    }
}
