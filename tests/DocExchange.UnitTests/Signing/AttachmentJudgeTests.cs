using System.Text;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Pdf;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.UnitTests.Signing.Files;
using DocExchange.UnitTests.Signing.Pdf;

namespace DocExchange.UnitTests.Signing;

/// <summary>What the files of one package may do to the hub together: cost it so much, and never decide whether it takes the package.</summary>
public sealed class AttachmentJudgeTests : IDisposable
{
    private readonly PdfTrust _trust = new();
    private readonly List<Exception> _faults = [];

    public void Dispose() => _trust.Dispose();

    [Fact]
    public void What_a_file_does_to_its_reader_is_a_remark_and_a_word_to_the_operator()
    {
        var verdict = Judge(1, () => throw new InvalidOperationException("of the reader"), PdfTrust.Patient, TimeProvider.System);

        Assert.Equal([Remark.Unreadable], Assert.Single(verdict.Signatures).Remarks);
        Assert.IsType<InvalidOperationException>(Assert.Single(_faults));
    }

    [Fact]
    public void A_signed_file_too_large_for_memory_is_read_from_its_beginning()
    {
        var xml = Encoding.UTF8.GetBytes(SignedXmlFile.Enveloped(_trust.Organisation, $"<report><p>{new string('x', 1024 * 1024)}</p></report>"));
        var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(xml));
        var attachment = new Attachment { Ordinal = 0, Name = "a.xml", Offset = 0, EncodedLength = text.Length, Length = xml.Length, Digest = default, SniffedType = "xml", Hint = SignatureHint.Xml };
        var cms = new CmsJudge(_trust.Current.Book, _trust.Current.Revocations, new SignaturePolicy(RevocationPolicy.Off, false), PdfTrust.Now);

        var verdict = new AttachmentJudge(cms, PackageLimits.Default, PdfTrust.Patient, TimeProvider.System, _faults.Add).Judge([attachment], () => new MemoryStream(text), default);

        Assert.Equal([Remark.ClaimedTime], Assert.Single(verdict.Signatures).Remarks);
    }

    [Fact]
    public void All_files_of_a_package_share_one_time()
    {
        // Each look at the clock costs a tenth of a second: one file alone stays within its time, a hundred do not.
        var clock = new CostlyClock(TimeSpan.FromSeconds(0.1));
        var verdict = Judge(100, Open, new PdfLimits { Time = TimeSpan.FromSeconds(20) }, clock);

        Assert.Equal([Remark.ClaimedTime], verdict.Signatures[0].Remarks);
        Assert.Equal([Remark.LimitReached], verdict.Signatures[^1].Remarks);
        Assert.True(clock.Looks < 400, $"{clock.Looks} looks: work went on behind the limit");
        Assert.Empty(_faults);
    }

    [Fact]
    public void Hashing_what_a_signature_covers_counts_against_the_time()
    {
        var pdf = PdfMaker.Sign(PdfMaker.Plain(1024 * 1024), 1, _trust.ByPerson);
        var signature = Assert.Single(PdfSignatures.Read(new MemoryStream(pdf), PdfTrust.Patient, new JudgingBudget(TimeSpan.FromMinutes(1), TimeProvider.System, default)));
        var budget = new JudgingBudget(TimeSpan.FromSeconds(1), new CostlyClock(TimeSpan.FromSeconds(0.1)), default);

        Assert.Throws<JudgingLimitException>(() => RangeHash.Of(new MemoryStream(pdf), signature, System.Security.Cryptography.HashAlgorithmName.SHA256, budget));
    }

    [Fact]
    public void Nothing_is_judged_any_more_when_the_sender_has_gone()
    {
        using var gone = new CancellationTokenSource();
        gone.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Judge(1, Open, PdfTrust.Patient, TimeProvider.System, gone.Token));
        Assert.Empty(_faults);
    }

    private byte[] Pdf => field ??= PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson);

    private MemoryStream Open() => new(Encoding.ASCII.GetBytes(Convert.ToBase64String(Pdf)));

    private DocumentVerdict Judge(int files, Func<Stream> open, PdfLimits limits, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var length = Open().Length;
        var attachments = Enumerable.Range(0, files).Select(i => new Attachment
        {
            Ordinal = i, Name = "a.pdf", Offset = 0, EncodedLength = length, Length = Pdf.Length, Digest = default, SniffedType = "pdf", Hint = SignatureHint.Pdf,
        }).ToList();
        var cms = new CmsJudge(_trust.Current.Book, _trust.Current.Revocations, new SignaturePolicy(RevocationPolicy.Off, false), PdfTrust.Now);
        return new AttachmentJudge(cms, PackageLimits.Default, limits, time, _faults.Add).Judge(attachments, open, cancellationToken);
    }

    /// <summary>Every look at it takes its time.</summary>
    private sealed class CostlyClock(TimeSpan cost) : TimeProvider
    {
        public int Looks { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ++Looks * cost.Ticks;
    }
}
