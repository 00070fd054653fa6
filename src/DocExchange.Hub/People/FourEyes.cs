using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.People;

/// <summary>Acts that destroy, or give one person power over others: where two people are needed, the first one's wish waits for the second one's approval.</summary>
public sealed class FourEyes(HubOptions options, IAccountStore store, TimeProvider time)
{
    public const string AbandonDeadLetter = "dead-letter-abandon";
    public const string RevokeCredential = "credential-revoke";
    public const string SaveAccount = "account-save";
    public const string LinkAccount = "account-link";
    public const string RemoveFactor = "account-factor";
    public const string RemoveTrust = "trust-remove";

    /// <summary>A wish nobody approved for so long is asked anew: what it was about may be another matter by then.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    public bool IsNeeded => options.People.FourEyes ?? options.Mode == HubMode.Production;

    public async Task<Approval> AskAsync(string act, string subject, string actor, CancellationToken cancellationToken)
    {
        var approval = new Approval(Ids.New(), act, subject, actor, time.GetUtcNow(), ApprovalState.Waiting);
        await store.AskApprovalAsync(approval, cancellationToken).ConfigureAwait(false);
        return approval;
    }

    /// <summary>
    /// A wish that may be approved now, or was approved and may be approved again: the act behind it may have failed, and doing it twice does it once.
    /// Null when there is none.
    /// </summary>
    public async Task<Approval?> FindOpenAsync(string id, CancellationToken cancellationToken) =>
        (await store.ListApprovalsAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(a => a.Id == id && a.State != ApprovalState.Rejected && time.GetUtcNow() - a.AskedAt <= Lasts);
}
