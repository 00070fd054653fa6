using System.IO.Compression;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Evidence.Supplements;

namespace DocExchange.Cli.Proof;

/// <summary>Checks an export, a container or its lines alone, against what the reader has kept from earlier.</summary>
internal static class ExportCheck
{
    private const int Largest = 4 * 1024 * 1024;

    public static bool IsExport(string file)
    {
        var beginning = Beginning(file, 64);
        return AsicVerifier.IsContainer(beginning) || beginning.AsSpan().StartsWith("{\"format\":\"dx-export/"u8);
    }

    public static IReadOnlyList<ReceiptCheck> Run(string file, TrustedParties trusted, IReadOnlyList<string> kept, bool deep)
    {
        var roots = trusted.Hubs;
        var held = kept.Select(one => Read(one, trusted)).Aggregate(HeldEvidence.Nothing, (all, one) => all.And(one));
        using var export = File.OpenRead(file);
        var verdict = AsicVerifier.IsContainer(Beginning(file, 4)) ? AsicVerifier.Verify(export, roots, held, deep) : ExportVerifier.Verify(export, roots, held, deep);
        return verdict.Checks;
    }

    /// <summary>Of an earlier export the first line is enough, so however large it is, little of it is read.</summary>
    private static HeldEvidence Read(string file, TrustedParties trusted)
    {
        var beginning = Beginning(file, Largest);
        if (AsicVerifier.IsContainer(beginning))
        {
            using var zip = ZipFile.OpenRead(file);
            using var lines = zip.GetEntry(AsicVerifier.ExportMember)?.Open();
            beginning = lines is null ? [] : Beginning(lines, Largest);
        }
        if (SupplementFormat.TryParse(beginning, out _) is { } supplement) return Vouched(file, supplement, trusted);
        return HeldEvidence.TryParse(file, beginning) ?? throw CommandFailed.Usage(
            $"--held {file}: it is no receipt, supplement, checkpoint or export.", $"--held {file}: không phải biên nhận, tệp bổ sung, điểm kiểm tra hay bản xuất.");
    }

    private static HeldEvidence Vouched(string file, Supplement supplement, TrustedParties trusted)
    {
        var held = WitnessedHeads.In(file, supplement, trusted);
        return held.Heads.Count > 0 ? held : throw CommandFailed.Usage(
            $"--held {file}: no stamp or co-signature in it is by somebody you named with --tsa-root or --witness-root.",
            $"--held {file}: không có dấu thời gian hay chữ ký nhân chứng nào của bên bạn nêu bằng --tsa-root hoặc --witness-root.");
    }

    private static byte[] Beginning(string file, int most)
    {
        using var content = File.OpenRead(file);
        return Beginning(content, most);
    }

    private static byte[] Beginning(Stream content, int most)
    {
        var bytes = new byte[most];
        return bytes[..content.ReadAtLeast(bytes, most, throwOnEndOfStream: false)];
    }
}
