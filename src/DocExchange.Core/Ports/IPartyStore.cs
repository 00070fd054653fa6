using DocExchange.Core.Parties;
using DocExchange.Core.Parties.Import;

namespace DocExchange.Core.Ports;

/// <summary>Agencies, systems, credentials and accounts. Writes are committed and evidenced like documents, and replace the current picture.</summary>
public interface IPartyStore
{
    /// <summary>Reads everything and makes it the current picture.</summary>
    Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Adds or changes an agency; <see cref="Agency.Code"/> is the key.</summary>
    Task<Agency> SaveAgencyAsync(Agency agency, string actor, CancellationToken cancellationToken);

    /// <summary>
    /// Applies a difference in slices between acceptances, each with its evidence; the picture changes once, when all is durable. Stopped
    /// in between (crash, full disk), what was written stays, and the same file imported again does the rest.
    /// </summary>
    /// <param name="source">SHA-256 of the file, for the evidence.</param>
    Task<ImportOutcome> ImportAsync(DirectoryDifference difference, ReadOnlyMemory<byte> source, string actor, CancellationToken cancellationToken);

    Task<PartnerSystem> SaveSystemAsync(PartnerSystem system, string actor, CancellationToken cancellationToken);

    Task AddCredentialAsync(Credential credential, string actor, CancellationToken cancellationToken);

    /// <summary>Revokes a credential now (<paramref name="at"/> null or past), or lets it end later for a change with overlap. False when there is none of that id.</summary>
    Task<bool> EndCredentialAsync(long systemId, string credentialId, DateTimeOffset? at, string actor, CancellationToken cancellationToken);

    ValueTask<Account?> FindAccountAsync(string name, CancellationToken cancellationToken);

    Task SaveAccountAsync(Account account, string actor, CancellationToken cancellationToken);

    Task FileDirectoryRequestAsync(DirectoryRequest request, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<DirectoryRequest>> ListDirectoryRequestsAsync(CancellationToken cancellationToken);

    /// <summary>Approves a request and writes what it asked for, both or neither. False when it was decided before; then nothing is written.</summary>
    Task<bool> ApproveDirectoryRequestAsync(string id, Agency agency, string actor, CancellationToken cancellationToken);

    /// <summary>False when it was decided before.</summary>
    Task<bool> RejectDirectoryRequestAsync(string id, string actor, CancellationToken cancellationToken);
}
