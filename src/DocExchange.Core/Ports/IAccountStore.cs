using DocExchange.Core.Parties;

namespace DocExchange.Core.Ports;

/// <summary>People: their accounts, second factors and locks, and what waits for a second person. Every change is committed with its evidence.</summary>
public interface IAccountStore
{
    ValueTask<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Enrols a second factor, or with null takes it away.</summary>
    Task SaveSecondFactorAsync(Account account, SecondFactor? factor, string actor, CancellationToken cancellationToken);

    /// <summary>The account that a security officer linked to this person; null when there is none.</summary>
    ValueTask<Account?> FindLinkedAsync(IssuedIdentity identity, CancellationToken cancellationToken);

    /// <summary>Links an account to a person at an issuer, or with null takes the link away. False when that person is linked to another account.</summary>
    Task<bool> LinkAsync(Account account, IssuedIdentity? identity, string actor, CancellationToken cancellationToken);

    /// <summary>Uses a code's step up. False when it or a later one was used before, also by a call at the same time.</summary>
    Task<bool> UseStepAsync(long accountId, long step, CancellationToken cancellationToken);

    /// <summary>Uses a recovery code up. False when it is none of the account's.</summary>
    Task<bool> UseRecoveryCodeAsync(long accountId, string code, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<SignInLock>> ListLocksAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a lock over a restart.</summary>
    Task SaveLockAsync(SignInLock locked, CancellationToken cancellationToken);

    Task RemoveLocksAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    Task AskApprovalAsync(Approval approval, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<Approval>> ListApprovalsAsync(CancellationToken cancellationToken);

    /// <summary>Decides one that waits. False when there is none, or <paramref name="actor"/> asked for it and wants to approve it.</summary>
    Task<bool> DecideApprovalAsync(string id, ApprovalState decision, string actor, CancellationToken cancellationToken);
}
