using System.Diagnostics;
using System.Text;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Pdf;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Signing.Xml;
using DocExchange.UnitTests.Signing.Pdf;
using DocExchange.UnitTests.Signing.Xml;

namespace DocExchange.Benchmarks.Scenarios;

/// <param name="Milliseconds">Median for one document: decoding, reading, hashing, certificates.</param>
/// <param name="AllocatedKilobytes">On the managed heap, for one document.</param>
internal sealed record SignedPdfFigure(long Size, int Signatures, double Milliseconds, double WorstMilliseconds, double AllocatedKilobytes);

/// <param name="XmlMilliseconds">For the check of a package of a megabyte and 25 000 elements.</param>
internal sealed record SignatureFigures(IReadOnlyList<SignedPdfFigure> Pdfs, double XmlMilliseconds, double XmlMegabytes, PackageSignature XmlClass, double SearchMilliseconds);

/// <summary>What the Verify stage adds to a document with signatures, on one thread, and what looking for them adds to one without.</summary>
internal static class SignatureCost
{
    private const int Times = 30;

    public static SignatureFigures Measure(string folder)
    {
        using var trust = new PdfTrust();
        List<SignedPdfFigure> pdfs = [];
        foreach (var size in (int[])[100 * 1024, 10 * 1024 * 1024])
        {
            foreach (var signatures in (int[])[1, 3]) pdfs.Add(MeasurePdf(folder, trust, size, signatures));
        }
        var body = "<AttachmentEncoded>" + string.Concat(Enumerable.Range(0, 25_000).Select(i => $"<e a='{i % 10}'>some text of it, more</e>")) + "</AttachmentEncoded>";
        var package = Encoding.UTF8.GetBytes(SignedPackage.Sign(SignedPackage.Plain(body), trust.Organisation, exclusive: true));
        var judge = new PackageSignatureJudge(trust.Current.Book, new SignaturePolicy(RevocationPolicy.Off, false), PdfTrust.Now);
        var found = PackageSignature.Absent;
        var (xml, _, _) = Time(() => found = judge.Judge(new MemoryStream(package), package.Length, false));
        var plain = new byte[10 * 1024 * 1024];
        new Random(1).NextBytes(plain);
        "%PDF-1.7"u8.CopyTo(plain);
        var (search, _, _) = Time(() =>
        {
            var signs = new SignatureSigns();
            for (var at = 0; at < plain.Length; at += 16 * 1024) signs.Take(plain.AsSpan(at, 16 * 1024));
        });
        return new SignatureFigures(pdfs, xml, package.Length / (1024.0 * 1024), found, search);
    }

    private static SignedPdfFigure MeasurePdf(string folder, PdfTrust trust, int size, int signatures)
    {
        var pdf = PdfMaker.Plain(size);
        for (var i = 1; i <= signatures; i++) pdf = PdfMaker.Sign(pdf, i, i == signatures ? trust.ByOrganisation : trust.ByPerson);
        var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(pdf));
        var file = Path.Combine(folder, "signed.package");
        File.WriteAllBytes(file, text);
        var attachment = new Attachment { Ordinal = 0, Name = "a.pdf", Offset = 0, EncodedLength = text.Length, Length = pdf.Length, Digest = default, SniffedType = "pdf", Hint = SignatureHint.Pdf };
        var cms = new CmsJudge(trust.Current.Book, trust.Current.Revocations, new SignaturePolicy(RevocationPolicy.Soft, false), PdfTrust.Now);
        var judge = new AttachmentJudge(cms, PackageLimits.Default, PdfLimits.Default, TimeProvider.System, fault => throw fault);
        var (median, worst, allocated) = Time(() =>
        {
            var verdict = judge.Judge([attachment], () => File.OpenRead(file), CancellationToken.None);
            if (verdict.Class != LegalClass.LegallySigned) throw new BenchmarkFailedException($"A signed PDF was judged {verdict.Class.Name}.");
        });
        File.Delete(file);
        return new SignedPdfFigure(size, signatures, median, worst, allocated);
    }

    private static (double Median, double Worst, double Kilobytes) Time(Action action)
    {
        for (var i = 0; i < 5; i++) action();
        var times = new List<double>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        times.Sort();
        return (times[Times / 2], times[^1], (GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0 / Times);
    }
}
