using System.Text;
using System.Xml;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Packages.Version1;
using Xunit;
using static DocExchange.UnitTests.Packages.TestPackages;

namespace DocExchange.UnitTests.Packages;

/// <summary>Guards against a translation between the versions that loses or changes what both can say.</summary>
public sealed class Version1Tests
{
    private const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";

    /// <summary>All that 1.0 has a place for.</summary>
    private static readonly Envelope Full = Version1Conversion.ToVersion1(RoundTripTests.Full).Envelope with { Trace = RoundTripTests.Full.Trace };

    [Fact]
    public void A_document_of_2_0_that_1_0_can_express_comes_back_unchanged()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var package = Some(new Random(seed));
            var (message, lost) = Version1Conversion.ToVersion1(package);

            var read = Version1Reader.Read(Render(message), PackageLimits.Default);
            var (again, warnings) = Version1Conversion.ToVersion2(read.Envelope!);

            Assert.True(lost.Count == 0 && warnings.Count == 0 && read.Findings.Count == 0, $"seed {seed}");
            Assert.True(RoundTripTests.Header(package) == RoundTripTests.Header(again), $"seed {seed}");
        }
    }

    [Fact]
    public void A_message_of_1_0_comes_back_from_a_package_of_2_0_unchanged()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var message = Version1Conversion.ToVersion1(Some(new Random(seed))).Envelope;
            var package = TestPackages.Read(RoundTripTests.Write(Version1Conversion.ToVersion2(message).Envelope, ("a.pdf", Pdf))).Envelope!;

            var (again, lost) = Version1Conversion.ToVersion1(package);

            Assert.Empty(lost);
            Assert.True(RoundTripTests.Header(message) == RoundTripTests.Header(again), $"seed {seed}");
        }
    }

    [Fact]
    public void Whatever_1_0_has_no_place_for_is_named()
    {
        var (_, lost) = Version1Conversion.ToVersion1(RoundTripTests.Full);

        Assert.Equal(
            ["MessageHeader.DocumentType.TypeDetail", "MessageHeader.OtherInfo.Direction", "MessageHeader.OtherInfo.ReplyFors", "MessageHeader.OtherInfo.ReferenceCodes",
                "MessageHeader.ResponseForTask", "MessageHeader.ApplicationType"],
            lost.Select(w => w.Path));
        Assert.All(lost, w => Assert.Equal(Version1Conversion.NotInVersion1, w.Code));
    }

    [Fact]
    public void A_status_comes_back_unchanged()
    {
        var status = TestEnvelopes.Status() with { Status = new StatusReport("02", "không đúng thẩm quyền", "2026/01/05 09:00:00", Full.Trace!.Business!.Staff[0]) };
        using var target = new MemoryStream();
        using (var xml = XmlWriter.Create(target))
        {
            xml.WriteStartElement("s", "Envelope", Soap);
            xml.WriteStartElement("s", "Body", Soap);
            Version1Writer.WriteStatus(xml, status);
            xml.WriteEndDocument();
        }
        target.Position = 0;

        var read = Version1Reader.Read(target, PackageLimits.Default).Envelope!;

        Assert.Equal(MessageKind.Status, read.Kind);
        Assert.Equal(RoundTripTests.Header(status), RoundTripTests.Header(Version1Conversion.ToVersion2(read).Envelope));
    }

    [Theory]
    [InlineData(PackageSignature.Absent, false)]
    [InlineData(PackageSignature.Placeholder, false)]
    [InlineData(PackageSignature.Unverifiable, true)]
    [InlineData(PackageSignature.Valid, true)]
    public void A_package_signature_that_says_something_is_named_because_1_0_cannot_carry_it(PackageSignature signature, bool isNamed)
    {
        var lost = Version1Conversion.ToVersion1(Full with { Signature = signature }).Warnings;

        Assert.Equal(isNamed ? ["not-in-edxml-1.0 Signature"] : [], lost.Select(w => $"{w.Code} {w.Path}"));
    }

    [Fact]
    public void Dates_and_times_cross_in_the_one_form_in_which_1_0_dates_them()
    {
        var status = TestEnvelopes.Status() with
        {
            Status = new StatusReport("03", null, "2026-01-05T09:00:00", null),
            ResponseFor = [new Reference("H30", "1/A", "05/01/2026", "x"), new Reference("H30", "1/A", "soon", "x")],
        };

        var crossed = Version1Conversion.ToVersion1(status with { PromulgationDate = "2026-01-05", DueDate = "20/01/2026" }).Envelope;

        Assert.Equal(("2026/01/05 09:00:00", "2026/01/05", "2026/01/20"), (crossed.Status!.Timestamp, crossed.PromulgationDate, crossed.DueDate));
        Assert.Equal(["2026/01/05", "soon"], crossed.ResponseFor.Select(r => r.PromulgationDate));
    }

    [Theory]
    [InlineData("31/02/2026", "31/02/2026")]
    [InlineData("05/01/2026", "2026/01/05")]
    [InlineData("soon", "soon")]
    public void A_date_that_is_none_stays_as_written_for_validation_to_name(string written, string read)
    {
        Assert.Equal(read, Version1Conversion.ToVersion2(Full with { PromulgationDate = written }).Envelope.PromulgationDate);
    }

    [Theory]
    [InlineData("<e:MessageHeader/><e:MessageHeader/>", "", "DX-2104")]
    [InlineData("<e:MessageHeader><e:Subject>a</e:Subject><e:Subject>b</e:Subject></e:MessageHeader>", "", "DX-2104")]
    [InlineData("<e:TraceHeaderList/><e:TraceHeaderList/>", "", "DX-2104")]
    [InlineData("", "<Attach><Attachment Content-Transfer-Encoding='8bit'><value>YQ==</value></Attachment></Attach>", "DX-2301")]
    public void A_second_single_element_and_an_unknown_encoding_are_findings(string header, string body, string code)
    {
        var envelope = $"<s:Envelope xmlns:s='{Soap}' xmlns:e='{EdxmlNames.Version1Namespace}'><s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>";

        var message = Version1Reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(envelope)), PackageLimits.Default);

        Assert.Equal([code], message.Findings.Select(f => f.Code));
    }

    [Fact]
    public void More_files_than_a_package_may_have_end_the_reading()
    {
        var body = string.Concat(Enumerable.Repeat("<e:Reference href='cid:a'/>", 1000));
        var envelope = $"<s:Envelope xmlns:s='{Soap}' xmlns:e='{EdxmlNames.Version1Namespace}'><s:Body><e:Manifest>{body}</e:Manifest></s:Body></s:Envelope>";

        var message = Version1Reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(envelope)), PackageLimits.Default);

        Assert.Contains(message.Findings, f => f.Kind == DocExchange.Core.Problems.ProblemCatalogue.TooManyAttachments);
        Assert.Equal(PackageLimits.Default.MaxAttachments, message.Files.Count);
    }

    /// <summary>The full document without some of its optional parts.</summary>
    private static Envelope Some(Random random)
    {
        string? Maybe(string? value) => random.Next(3) == 0 ? null : value;
        IReadOnlyList<T> Few<T>(IReadOnlyList<T> all) => [.. all.Where(_ => random.Next(3) > 0)];
        var business = Full.Trace!.Business! with
        {
            Reason = Maybe("lý do"),
            Paper = Maybe("1"),
            DocumentInfo = Maybe("1"),
            Receivers = Few(Full.Trace.Business!.Receivers),
            Replacements = Few(Full.Trace.Business.Replacements),
            Staff = Few(Full.Trace.Business.Staff),
        };
        return Full with
        {
            From = Full.From with { Email = Maybe(Full.From.Email), Fax = Maybe(Full.From.Fax), Website = Maybe(Full.From.Website) },
            Content = Maybe(Full.Content),
            SignerInfo = random.Next(3) == 0 ? null : Full.SignerInfo! with { Competence = Maybe(Full.SignerInfo.Competence) },
            DueDate = Maybe(Full.DueDate),
            ToPlaces = Few(Full.ToPlaces),
            OtherInfo = random.Next(3) == 0 ? null : Full.OtherInfo! with { TyperNotation = Maybe("ABC"), Appendixes = Few(Full.OtherInfo.Appendixes) },
            ResponseFor = Few(Full.ResponseFor),
            SteeringType = Maybe(Full.SteeringType),
            Trace = Full.Trace with { Hops = Few(Full.Trace.Hops), Business = random.Next(4) == 0 ? null : business },
        };
    }

    private static MemoryStream Render(Envelope message)
    {
        var target = new MemoryStream();
        using (var xml = XmlWriter.Create(target))
        {
            xml.WriteStartElement("s", "Envelope", Soap);
            xml.WriteStartElement("s", "Header", Soap);
            Version1Writer.WriteHeaders(xml, message);
            xml.WriteEndElement();
            xml.WriteStartElement("s", "Body", Soap);
            Version1Writer.WriteManifest(xml, [new Version1File("a@b", "a.pdf", "application/pdf", null, null)]);
            xml.WriteEndDocument();
        }
        target.Position = 0;
        return target;
    }
}
