using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;

namespace DocExchange.Core.Ports;

/// <summary>The log as exports read it: a stretch between two signed heads, page by page. Sizes and indexes count within the epoch, from 0.</summary>
public interface IExportStore
{
    /// <summary>The stretch that a filter's times and cursor choose; null when the log has no head yet, or the cursor is no size that was signed.</summary>
    ValueTask<ExportRange?> FindRangeAsync(LogEpoch epoch, ExportFilter filter, CancellationToken cancellationToken);

    /// <summary>One page of leaves, as far as the stretch reaches, and the batches that end among them. One read transaction.</summary>
    ValueTask<ExportPage> ReadPageAsync(LogEpoch epoch, ExportFilter filter, ExportStretch stretch, CancellationToken cancellationToken);

    /// <summary>The certificates behind a key id, signer first.</summary>
    ValueTask<IReadOnlyList<byte[]>> ChainAsync(string keyId, CancellationToken cancellationToken);
}

/// <param name="Before">The log before the stretch; its size is the first leaf's index.</param>
/// <param name="Start">The signed head of that size; null when it is 0.</param>
/// <param name="End">The signed head at the end.</param>
public sealed record ExportRange(MerkleFrontier Before, SignedHead? Start, SignedHead End);

/// <summary>What to read next.</summary>
/// <param name="From">Index of the first leaf.</param>
/// <param name="End">Index behind the last one.</param>
/// <param name="Most">Leaves in one page.</param>
public sealed record ExportStretch(long From, long End, int Most);

public sealed record ExportPage(IReadOnlyList<ExportLeaf> Leaves, IReadOnlyList<ExportBatch> Batches);

/// <param name="Salt">Null when the event is not shown: the filter left it out, or it was purged.</param>
public sealed record ExportLeaf(long Index, byte[] Hash, byte[]? Salt, byte[]? Entry);

/// <summary>A batch's signed checkpoint.</summary>
/// <param name="Size">Of the log, with the batch.</param>
public sealed record ExportBatch(long Size, string Key, byte[] Checkpoint, byte[] Signature);
