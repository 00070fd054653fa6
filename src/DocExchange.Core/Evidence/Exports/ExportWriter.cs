using System.Security.Cryptography;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;

namespace DocExchange.Core.Evidence.Exports;

/// <summary>
/// Writes a stretch of the log as an export, page by page: memory is that of one page whatever the length. The store is read in transactions
/// of one page each; what is committed meanwhile lies behind the head the export ends with.
/// </summary>
public sealed class ExportWriter(IExportStore store, LogEpoch epoch, ExportFilter filter)
{
    private const int PageSize = 2000;

    /// <param name="key">Asked for at the end, because the hub's may be exchanged meanwhile; seals the last line.</param>
    /// <param name="progress">Told after every page how far the log was read.</param>
    public async Task<ExportSeal> WriteAsync(Stream output, ExportRange range, Func<HubKey> key, DateTimeOffset now, Action<long>? progress, CancellationToken cancellationToken)
    {
        using var lines = new SealedLines(output);
        var peaks = range.Before.ToBytes().Chunk(MerkleHash.Size).ToList();
        lines.Write(new ExportLine.Header(filter.ToText(), range.Before.Size, peaks, range.Start is null ? [range.End] : [range.Start, range.End]));
        var signers = new HashSet<string>(StringComparer.Ordinal);
        var end = range.End.Checkpoint.Size;
        // Whether the batch being written shows anything: the signature of one that shows nothing would prove nothing here.
        var batchShows = false;
        for (var next = range.Before.Size; next < end;)
        {
            var page = await store.ReadPageAsync(epoch, filter, new ExportStretch(next, end, PageSize), cancellationToken).ConfigureAwait(false);
            if (page.Leaves.Count == 0) throw new InvalidDataException($"The log's leaf {next} is missing.");
            var batches = new Queue<ExportBatch>(page.Batches);
            foreach (var leaf in page.Leaves)
            {
                batchShows |= lines.Write(leaf);
                next = leaf.Index + 1;
                if (!batches.TryPeek(out var batch) || batch.Size != next) continue;
                batches.Dequeue();
                if (batchShows && signers.Add(batch.Key)) lines.Write(new ExportLine.Signer(batch.Key, await store.ChainAsync(batch.Key, cancellationToken).ConfigureAwait(false)));
                if (batchShows) lines.Write(new ExportLine.Batch(batch.Key, batch.Checkpoint, batch.Signature));
                batchShows = false;
            }
            progress?.Invoke(next);
        }
        return lines.Seal(key(), now);
    }

    /// <summary>Lines with their running digest; withheld leaves wait until a line of them is full or an event comes.</summary>
    private sealed class SealedLines(Stream output) : IDisposable
    {
        private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly List<byte[]> _waiting = [];
        private long _waitingFrom;
        private long _shown;
        private long _withheld;

        public bool Write(ExportLeaf leaf)
        {
            if (leaf is { Salt: { } salt, Entry: { } entry })
            {
                Write(new ExportLine.Event(leaf.Index, salt, entry));
                _shown++;
                return true;
            }
            if (_waiting.Count == 0) _waitingFrom = leaf.Index;
            _waiting.Add(leaf.Hash);
            _withheld++;
            if (_waiting.Count == ExportFormat.MostHashes) FlushWithheld();
            return false;
        }

        public void Write(ExportLine line)
        {
            FlushWithheld();
            Raw(ExportFormat.Render(line));
        }

        public ExportSeal Seal(HubKey key, DateTimeOffset now)
        {
            FlushWithheld();
            var seal = new ExportSeal(_digest.GetHashAndReset(), _shown, _withheld, now);
            var text = seal.ToText();
            Raw(ExportFormat.Render(new ExportLine.Seal(text, key.Sign(text, now), key.Chain)));
            return seal;
        }

        public void Dispose() => _digest.Dispose();

        private void FlushWithheld()
        {
            if (_waiting.Count == 0) return;
            Raw(ExportFormat.Render(new ExportLine.Withheld(_waitingFrom, [.. _waiting])));
            _waiting.Clear();
        }

        private void Raw(ReadOnlySpan<byte> line)
        {
            _digest.AppendData(line);
            _digest.AppendData("\n"u8);
            output.Write(line);
            output.Write("\n"u8);
        }
    }
}
