using System.Diagnostics;
using System.Text;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Pdf;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Validation;
using DocExchange.Core.Validation.Papers;
using DocExchange.UnitTests.Signing.Files;
using DocExchange.UnitTests.Signing.Pdf;

namespace DocExchange.Benchmarks.Scenarios;

/// <param name="SecrecyMilliseconds">For the first page and the properties of a PDF of 100 kB and of 10 MB.</param>
/// <param name="XmlMilliseconds">For the signature of an XML file of a megabyte.</param>
/// <param name="OfficeMilliseconds">For the signature of a Word file whose picture has a megabyte.</param>
internal sealed record PaperFigures(IReadOnlyList<double> SecrecyMilliseconds, double XmlMilliseconds, double OfficeMilliseconds);

/// <summary>What looking for marks of secrecy costs a document with a PDF, and verification one with a signed file of another kind; medians on one thread.</summary>
internal static class PaperCost
{
    private const int Times = 30;

    public static PaperFigures Measure()
    {
        using var trust = new PdfTrust();
        var secrecy = new List<double>();
        foreach (var size in (int[])[100 * 1024, 10 * 1024 * 1024])
        {
            var (attachment, text) = Attached(PdfMaker.Plain(size), "pdf", SignatureHint.None);
            secrecy.Add(Median(() => new SecretPapers(PackageLimits.Default).Search([attachment], new MemoryStream(text), ValidationSettings.Default.CompiledMarks)));
        }
        var xml = Encoding.UTF8.GetBytes(SignedXmlFile.Enveloped(trust.Organisation, $"<report><p>{new string('x', 1024 * 1024)}</p></report>"));
        var office = SignedOfficeFile.Zip(SignedOfficeFile.Docx(trust.Organisation, picture: new string('x', 1024 * 1024))).ToArray();
        return new PaperFigures(secrecy, Judge(trust, xml, "xml", SignatureHint.Xml), Judge(trust, office, "docx", SignatureHint.Office));
    }

    private static double Judge(PdfTrust trust, byte[] file, string type, SignatureHint hint)
    {
        var (attachment, text) = Attached(file, type, hint);
        var cms = new CmsJudge(trust.Current.Book, trust.Current.Revocations, new SignaturePolicy(RevocationPolicy.Soft, false), PdfTrust.Now);
        var judge = new AttachmentJudge(cms, PackageLimits.Default, PdfLimits.Default, TimeProvider.System, fault => throw fault);
        return Median(() =>
        {
            var verdict = judge.Judge([attachment], () => new MemoryStream(text), CancellationToken.None);
            if (verdict.Class != LegalClass.LegallySigned) throw new BenchmarkFailedException($"A signed {type} was judged {verdict.Class.Name}: {string.Join(", ", verdict.Signatures.SelectMany(one => one.Remarks).Select(remark => remark.Code))}.");
        });
    }

    private static (Attachment Attachment, byte[] Text) Attached(byte[] file, string type, SignatureHint hint)
    {
        var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(file));
        return (new Attachment { Ordinal = 0, Name = "a." + type, Offset = 0, EncodedLength = text.Length, Length = file.Length, Digest = default, SniffedType = type, Hint = hint }, text);
    }

    private static double Median(Action action)
    {
        for (var i = 0; i < 5; i++) action();
        var times = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        times.Sort();
        return times[Times / 2];
    }
}
