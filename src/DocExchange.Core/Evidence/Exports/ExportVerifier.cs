using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Evidence.Exports;

/// <summary>
/// Checks an export in one pass with nothing but its bytes: every leaf hash is computed or given, the root computed from all of them must be the
/// signed one at every head, and so nothing of the stretch can be missing, altered, moved or added. What the reader holds from elsewhere is compared on the way.
/// </summary>
public static class ExportVerifier
{
    /// <summary>Blocks read at the same time, beside the one that is replayed.</summary>
    private static readonly int Ahead = Math.Max(2, Environment.ProcessorCount);

    /// <param name="deep">Also checks the signature of every batch.</param>
    /// <param name="roots">Null: who signed is not checked.</param>
    public static ExportVerdict Verify(Stream export, X509Certificate2Collection? roots, HeldEvidence held, bool deep = false)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = new ExportLines(export);
        ExportReplay? replay = null;
        ExportLine.Seal? seal = null;
        var number = 0L;
        foreach (var block in InOrder(lines))
        {
            var sealedBytes = block.Bytes.Length;
            foreach (var line in block.Lines)
            {
                number++;
                if (replay is null)
                {
                    if (line.Line is not ExportLine.Header header) break;
                    replay = new ExportReplay(header, roots, held, deep);
                    continue;
                }
                if (seal is not null) return replay.Broken(number, "something stands behind the seal", "có nội dung sau dòng niêm phong");
                if (line.Line is null) return replay.Broken(number, "it is not spelled as a line of an export", "không đúng cách viết của tệp xuất");
                if ((seal = line.Line as ExportLine.Seal) is not null) sealedBytes = line.At;
                else if (!replay.Take(line)) return replay.Broken(number, replay.Fault, replay.FaultVietnamese);
            }
            if (replay is null) break;
            replay.CheckSignatures();
            digest.AppendData(block.Bytes.Span[..sealedBytes]);
        }
        if (replay is null) return new ExportVerdict([ExportClaims.Format($"the first line is no {ExportFormat.Name} header", "dòng đầu không phải phần đầu tệp xuất")], null, 0, 0, 0);
        if (lines.IsCut || seal is null) return replay.Broken(number + 1, "the file ends without its seal: it was cut", "tệp bị cắt, thiếu dòng niêm phong");
        return replay.Finish(seal, digest.GetHashAndReset());
    }

    private static IEnumerable<ReadLines> InOrder(ExportLines lines)
    {
        var ahead = new Queue<Task<ReadLines>>();
        while (true)
        {
            while (ahead.Count <= Ahead && lines.TryRead(out var block)) ahead.Enqueue(Task.Run(() => ReadLines.Of(block)));
            if (!ahead.TryDequeue(out var next)) yield break;
            yield return next.GetAwaiter().GetResult();
        }
    }
}

/// <summary>The claims in order, and how many events were shown and withheld, in batches of how many signatures.</summary>
public sealed record ExportVerdict(IReadOnlyList<ReceiptCheck> Checks, ExportLine.Header? Header, long Shown, long Withheld, long Batches)
{
    /// <summary>Nothing failed; without roots this says that the export is whole, not who made it.</summary>
    public bool Valid => Checks.All(check => check.Outcome is CheckOutcome.Passed or CheckOutcome.NotChecked);
}
