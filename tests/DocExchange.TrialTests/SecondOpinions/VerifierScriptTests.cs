using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Signing;
using DocExchange.UnitTests.Evidence;
using DocExchange.UnitTests.Evidence.Exports;
using DocExchange.UnitTests.Signing;

namespace DocExchange.TrialTests.SecondOpinions;

/// <summary>The second verifier shares no code with ours: guards against a format only we can read, and a document that says less than the code.</summary>
public sealed class VerifierScriptTests
{
    private const string ExportVerifierScript = "verify_export.sh";

    [SkippableTheory]
    [InlineData(ReceiptTests.AcceptanceFile)]
    [InlineData(ReceiptTests.RefusalFile)]
    public void A_verifier_written_from_the_document_accepts_the_golden_receipts(string file)
    {
        RequireTools();
        var (code, output) = Verify(GoldenReceipts.FileOf(file), withRoot: true);
        Assert.True(code == 0, output);
        Assert.Equal("VALID", output.Trim());
    }

    [SkippableFact]
    public void It_accepts_what_an_rsa_hub_signed_today_too()
    {
        RequireTools();
        using var key = HubKeyTests.RsaKeyUnderRoot();
        using var folder = new Tools.Folder();
        var receipt = GoldenReceipts.Acceptance(checkpoint => key.Sign(checkpoint.ToText(), checkpoint.Time), key.Chain);
        var (code, output) = Verify(folder.Write("receipt", ReceiptFormat.Render(receipt)), withRoot: false);
        Assert.True(code == 0, output);
    }

    [SkippableFact]
    public void It_refuses_every_part_altered()
    {
        RequireTools();
        using var key = GoldenReceipts.SampleKey();
        using var folder = new Tools.Folder();
        var good = GoldenReceipts.Acceptance(checkpoint => key.Sign(checkpoint.ToText(), checkpoint.Time), key.Chain);
        using var stranger = SampleCertificates.CreateAuthority("stranger", GoldenReceipts.Time);
        var forged = new Dictionary<string, byte[]>
        {
            ["id"] = ReceiptFormat.Render(good with { Id = GoldenReceipts.RefusalId }),
            ["entry"] = Replace(good, "QĐ-UBND", "QĐ-UBNX"),
            ["salt"] = ReceiptFormat.Render(good with { Salt = new byte[16] }),
            ["index"] = ReceiptFormat.Render(good with { Index = 199 }),
            ["size"] = Replace(good, "\\n203\\n", "\\n204\\n"),
            ["path"] = ReceiptFormat.Render(good with { Path = [.. good.Path.Reverse()] }),
            ["signature"] = ReceiptFormat.Render(good with { Signature = key.Sign("other"u8) }),
            ["chain"] = ReceiptFormat.Render(good with { Chain = [key.Chain[0], stranger.Certificate.RawData] }),
            ["space"] = Replace(good, ",\"salt\"", ", \"salt\""),
            ["after"] = [.. ReceiptFormat.Render(good), (byte)'\n'],
            ["cut"] = ReceiptFormat.Render(good)[..^2],
        };
        Parallel.ForEach(forged, one =>
        {
            Assert.False(ReceiptVerifier.Verify(one.Value, null).Valid, one.Key);
            var (code, output) = Verify(folder.Write(one.Key, one.Value), withRoot: false);
            Assert.True(code == 1, $"{one.Key}: {output}");
        });
    }

    [SkippableFact]
    public void It_does_not_trust_another_hubs_key()
    {
        RequireTools();
        using var authority = SampleCertificates.CreateAuthority("DocExchange sample root", GoldenReceipts.Time);
        using var key = new HubKey(SampleCertificates.IssueHub(authority, "Sample hub", GoldenReceipts.Time), [authority.Certificate.RawData]);
        using var folder = new Tools.Folder();
        var receipt = GoldenReceipts.Acceptance(checkpoint => key.Sign(checkpoint.ToText(), checkpoint.Time), key.Chain);
        Assert.Equal(1, Verify(folder.Write("receipt", ReceiptFormat.Render(receipt)), withRoot: true).Code);
    }

    [SkippableFact]
    public void It_accepts_exports_whole_filtered_and_going_on_from_the_last()
    {
        RequireTools();
        using var key = GoldenReceipts.SampleKey();
        using var folder = new Tools.Folder();
        var log = TrialLog.Make(key, 14, seed: 3);
        var exports = new Dictionary<string, ExportFilter> { ["whole"] = new(), ["chosen"] = new() { Document = "x" }, ["next"] = new() { After = log.Sizes[0] } };
        Parallel.ForEach(exports, one =>
        {
            var (code, output) = Verify(folder.Write(one.Key, log.Export(one.Value, GoldenReceipts.Time.AddDays(1))), withRoot: true, ExportVerifierScript);
            Assert.True(code == 0 && output.Trim() == "VALID", $"{one.Key}: {output}");
        });
    }

    [SkippableFact]
    public void It_refuses_exports_with_any_byte_altered_a_line_less_or_a_line_moved()
    {
        RequireTools();
        using var key = GoldenReceipts.SampleKey();
        using var folder = new Tools.Folder();
        var export = TrialLog.Make(key, 6, seed: 4).Export(new ExportFilter(), GoldenReceipts.Time.AddDays(1));
        var lines = Encoding.UTF8.GetString(export).Split('\n')[..^1];
        var random = new Random(5);
        var forged = Enumerable.Range(0, 10).ToDictionary(i => $"byte {i}", _ => Altered(export, random.Next(export.Length)));
        forged["less"] = Lines([.. lines[..1], .. lines[2..]]);
        forged["moved"] = Lines([lines[0], lines[2], lines[1], .. lines[3..]]);
        forged["cut"] = Lines(lines[..^1]);
        Parallel.ForEach(forged, one =>
        {
            Assert.False(ExportVerifier.Verify(new MemoryStream(one.Value), [GoldenReceipts.SampleRoot()], HeldEvidence.Nothing).Valid, one.Key);
            var (code, output) = Verify(folder.Write(one.Key, one.Value), withRoot: true, ExportVerifierScript);
            Assert.True(code == 1, $"{one.Key}: {output}");
        });

        static byte[] Lines(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
    }

    [Fact]
    public void The_document_names_every_event_and_no_other()
    {
        var document = File.ReadAllText(Path.Combine(GoldenReceipts.Root(), "docs", "evidence-format.md"));
        var section = document[document.IndexOf("## 8.", StringComparison.Ordinal)..document.IndexOf("## 9.", StringComparison.Ordinal)];
        var named = Regex.Matches(section, "`([A-Z][A-Za-z]+)`").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
        var events = typeof(EvidenceEvents).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);
        Assert.Equal(events.Order(StringComparer.Ordinal), named);
        Assert.Contains(SampleCertificates.MarkOid, document);
    }

    private static byte[] Altered(byte[] bytes, int at)
    {
        var altered = (byte[])bytes.Clone();
        altered[at] ^= (byte)(1 << at % 8);
        return altered;
    }

    private static byte[] Replace(ReceiptParts parts, string from, string to)
    {
        var text = Encoding.UTF8.GetString(ReceiptFormat.Render(parts));
        Assert.Contains(from, text);
        return Encoding.UTF8.GetBytes(text.Replace(from, to));
    }

    private static (int Code, string Output) Verify(string file, bool withRoot, string verifier = "verify_receipt.sh")
    {
        var script = Path.Combine(GoldenReceipts.Root(), "tests", "verifiers", verifier);
        var root = Path.Combine(GoldenReceipts.Root(), "certs-sample", "sample-root.pem");
        return withRoot ? Tools.Run("sh", script, file, root) : Tools.Run("sh", script, file);
    }

    private static void RequireTools() => Skip.IfNot(
        Tools.Has("sh", "-c", "command -v awk od cmp openssl mktemp"),
        "sh, awk, od, cmp, mktemp or openssl is missing: receipts were not checked by a second, independent verifier.");
}
