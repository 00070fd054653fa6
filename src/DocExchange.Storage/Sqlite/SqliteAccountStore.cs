using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Storage.Sqlite.Parties;

namespace DocExchange.Storage.Sqlite;

/// <summary>People in SQLite.</summary>
public sealed class SqliteAccountStore : IAccountStore
{
    private readonly GroupWriter _writer;
    private readonly ReadPool _reads;

    internal SqliteAccountStore(GroupWriter writer, ReadPool reads) => (_writer, _reads) = (writer, reads);

    public ValueTask<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_reads.Read(AccountRows.List));

    public Task SaveSecondFactorAsync(Account account, SecondFactor? factor, string actor, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        AccountRows.Save(session, account.Id, factor);
        return Witness(session, EvidenceEvents.CredentialChanged, actor, $"account {account.Id} second factor {(factor is null ? "removed" : "enrolled")}");
    });

    public ValueTask<Account?> FindLinkedAsync(IssuedIdentity identity, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => AccountRows.FindLinked(database, identity)));

    public Task<bool> LinkAsync(Account account, IssuedIdentity? identity, string actor, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        if (identity is not null && AccountRows.HolderOf(session, identity) is { } holder && holder != account.Id) return false;
        AccountRows.Link(session, account.Id, identity);
        Witness(session, EvidenceEvents.CredentialChanged, actor, $"account {account.Id} {(identity is null ? "unlinked" : "linked to a person at " + identity.Issuer)}");
        return true;
    });

    public Task<bool> UseStepAsync(long accountId, long step, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => AccountRows.UseStep(session, accountId, step));

    public Task<bool> UseRecoveryCodeAsync(long accountId, string code, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        if (AccountRows.RecoveryOf(session, accountId) is not { } hashes || RecoveryCodes.Without(hashes, code) is not { } left) return false;
        AccountRows.SaveRecovery(session, accountId, left);
        Witness(session, EvidenceEvents.CredentialChanged, $"account {accountId}", "recovery code used");
        return true;
    });

    public ValueTask<IReadOnlyList<SignInLock>> ListLocksAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_reads.Read(AccountRows.ListLocks));

    public Task SaveLockAsync(SignInLock locked, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        AccountRows.Save(session, locked);
        return true;
    });

    public Task RemoveLocksAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        foreach (var key in keys) session.Prepare("DELETE FROM sign_in_lock WHERE key = ?1").Bind(1, key).Run();
        return true;
    });

    public Task AskApprovalAsync(Approval approval, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        AccountRows.Add(session, approval);
        return Witness(session, EvidenceEvents.ApprovalAsked, approval.AskedBy, Words(approval));
    });

    public ValueTask<IReadOnlyList<Approval>> ListApprovalsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_reads.Read(AccountRows.ListApprovals));

    public Task<bool> DecideApprovalAsync(string id, ApprovalState decision, string actor, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        if (AccountRows.Decide(session, id, decision, actor) is not { } approval) return false;
        Witness(session, decision == ApprovalState.Approved ? EvidenceEvents.ApprovalGiven : EvidenceEvents.ApprovalRefused, actor, Words(approval));
        return true;
    });

    private static string Words(Approval approval) => $"{approval.Act} {approval.Words} ({approval.Id})";

    private static long Witness(WriteSession session, string name, string actor, string detail) =>
        session.Witness(new EvidenceEntry { Event = name, Time = session.Now, Actor = actor, Detail = detail });
}
