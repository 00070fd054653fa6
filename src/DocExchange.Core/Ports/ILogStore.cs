using DocExchange.Core.Evidence;

namespace DocExchange.Core.Ports;

/// <summary>
/// The evidence log as publication, time-stamping and supplements read it; what they add is kept beside the log and is no part of it, so that
/// stamping a head does not make a new head. Sizes and indexes count within the epoch, from 0.
/// </summary>
public interface ILogStore
{
    /// <summary>All lives of the data folder, oldest first; the last one is written to.</summary>
    IReadOnlyList<LogEpoch> Epochs { get; }

    /// <summary>Origins of this hub that are past: earlier lives of the folder, and logs an operator accepted as lost.</summary>
    IReadOnlyCollection<string> AcceptedOrigins { get; }

    /// <summary>The newest durable head of an epoch; null before its first commit.</summary>
    ValueTask<SignedHead?> HeadAsync(LogEpoch epoch, CancellationToken cancellationToken);

    /// <summary>The head of exactly this size; null when no checkpoint was signed there.</summary>
    ValueTask<SignedHead?> HeadAtAsync(LogEpoch epoch, long size, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="most"/> leaf hashes from an index on, in order, as one page.</summary>
    ValueTask<IReadOnlyList<byte[]>> LeavesAsync(LogEpoch epoch, long from, int most, CancellationToken cancellationToken);

    /// <summary>Writes an entry that is handed out as a receipt. Returns the receipt's id.</summary>
    Task<string> RecordAsync(EvidenceEntry entry, CancellationToken cancellationToken);

    /// <summary>Remembers the settings the hub runs with, and witnesses that they differ from the last ones. False when they do not.</summary>
    Task<bool> RecordSettingsAsync(IReadOnlyDictionary<string, string> settings, string? actor, CancellationToken cancellationToken);

    /// <summary>Keeps a token whose every claim was checked; a second one of the same authority for the same head is dropped.</summary>
    Task AddStampAsync(LogEpoch epoch, HeadStamp stamp, CancellationToken cancellationToken);

    Task AddCosignatureAsync(LogEpoch epoch, Cosignature cosignature, CancellationToken cancellationToken);

    /// <summary>The stamps of the first stamped head of at least <paramref name="atLeast"/> leaves, or of the last one; empty when there is none.</summary>
    ValueTask<IReadOnlyList<HeadStamp>> StampsAsync(LogEpoch epoch, long atLeast, bool newest, CancellationToken cancellationToken);

    /// <summary>As <see cref="StampsAsync"/>, of co-signatures.</summary>
    ValueTask<IReadOnlyList<Cosignature>> CosignaturesAsync(LogEpoch epoch, long atLeast, bool newest, CancellationToken cancellationToken);
}
