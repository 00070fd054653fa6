using System.Text;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using Xunit;
using static DocExchange.UnitTests.Packages.TestPackages;

namespace DocExchange.UnitTests.Packages;

/// <summary>Rows 14 to 16: another format, an invented layout, a package with two readings; and the deviations that must be accepted.</summary>
public sealed class StructureTests
{
    [Theory]
    [InlineData("<edXML xmlns=\"http://www.e-doc.vn/Schema/\"><edXMLEnvelope/></edXML>", "DX-2102", "http://www.e-doc.vn/Schema/")]
    [InlineData("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body/></s:Envelope>", "DX-2101", "Envelope")]
    [InlineData("<Document xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"/>", "DX-2101", "Document")]
    public void Another_format_is_refused_and_told_which_namespace_was_expected(string text, string code, string value)
    {
        var reading = Read(text);

        var finding = Assert.Single(reading.Findings);
        Assert.Equal((code, value, Ns), (finding.Code, finding.Value, finding.Limit));
        Assert.Contains(Ns, finding.English);
        Assert.Null(reading.Envelope);
    }

    [Theory]
    [InlineData("", "edXMLEnvelope")]
    [InlineData("<edXMLEnvelope/>", "edXMLHeader")]
    [InlineData("<edXMLEnvelope><edXMLHeader/></edXMLEnvelope>", "MessageHeader")]
    public void A_package_without_envelope_header_or_message_header_is_refused_naming_it(string inside, string missing)
    {
        var finding = Assert.Single(Read(Root(inside)).Findings);

        Assert.Equal(("DX-2103", missing), (finding.Code, finding.Value));
    }

    [Fact]
    public void A_document_without_a_body_is_refused() =>
        Assert.Equal(("DX-2103", "edXMLBody"), (Read(Root(Envelope(Header() + Trace, ""))).First()!.Code, Read(Root(Envelope(Header() + Trace, ""))).First()!.Value));

    [Fact]
    public void An_invented_attachment_layout_is_refused()
    {
        var finding = Read(Letter().Replace("AttachmentEncoded", "edXMLAttachments").Replace("<Attachment>", "<AttachmentData>").Replace("</Attachment>", "</AttachmentData>")).First()!;

        Assert.Equal(("DX-2105", "edXMLAttachments"), (finding.Code, finding.Value));
    }

    [Theory]
    [InlineData("<e:Subject>", "</e:Subject>", "MessageHeader.Subject")]
    [InlineData("<e:From>", "</e:From>", "MessageHeader.From")]
    [InlineData("<e:MessageHeader>", "</e:MessageHeader>", "MessageHeader")]
    [InlineData("<e:TraceHeaderList>", "</e:TraceHeaderList>", "MessageHeader.TraceHeaderList")]
    [InlineData("<e:edXMLHeader>", "</e:edXMLHeader>", "edXMLHeader")]
    [InlineData("<e:edXMLBody>", "</e:edXMLBody>", "edXMLBody")]
    [InlineData("<e:edXMLManifest", "</e:edXMLManifest>", "edXMLBody.edXMLManifest")]
    [InlineData("<e:edXMLEnvelope", "</e:edXMLEnvelope>", "edXMLEnvelope")]
    [InlineData("<AttachmentEncoded>", "</AttachmentEncoded>", "AttachmentEncoded")]
    [InlineData("<e:DocumentId>", "</e:DocumentId>", "MessageHeader.DocumentId")]
    [InlineData("<ContentTransferEncoded>", "</ContentTransferEncoded>", "AttachmentEncoded.Attachment.ContentTransferEncoded")]
    [InlineData("<e:Bussiness>", "</e:Bussiness>", "MessageHeader.TraceHeaderList.Bussiness")]
    public void A_single_element_that_occurs_twice_is_refused(string start, string end, string path)
    {
        var text = Letter(header: "<e:DocumentId>x</e:DocumentId>").Replace("</e:TraceHeaderList>", "<e:Bussiness><e:Paper>0</e:Paper></e:Bussiness></e:TraceHeaderList>");
        var from = text.IndexOf(start, StringComparison.Ordinal);
        var to = text.IndexOf(end, from, StringComparison.Ordinal) + end.Length;

        var reading = Read(text.Insert(to, text[from..to]));

        Assert.Equal(("DX-2104", path), (reading.FirstCode(), reading.First()!.Path));
    }

    [Fact]
    public void An_element_inside_a_text_is_refused_because_readers_disagree_on_it()
    {
        var finding = Read(Letter().Replace("V/v", "V/v<e:b>x</e:b>")).First()!;

        Assert.Equal(("DX-2106", "MessageHeader.Subject"), (finding.Code, finding.Path));
    }

    [Fact]
    public void Undeclared_prefixes_are_read_with_a_warning()
    {
        var text = Letter().Replace($" xmlns:e=\"{Ns}\"", "").Replace("<e:", "<edXML:").Replace("</e:", "</edXML:").Replace("<edXML:Reference>", "<edXML:Reference xlink:href=\"cid:a1\">");
        var reading = Read(text);

        Assert.Empty(reading.Findings);
        Assert.Equal("V/v thử nghiệm", reading.Envelope!.Subject);
        Assert.Equal("undeclared-prefix", Assert.Single(reading.Warnings).Code);
        Assert.Equal(["undeclared-prefix"], Read(Letter().Replace("<e:Reference>", "<e:Reference xlink:href=\"cid:a1\">")).Warnings.Select(w => w.Code));
    }

    [Fact]
    public void No_prefix_another_prefix_and_vendor_elements_are_read_without_a_warning()
    {
        var plain = Letter().Replace("<e:", "<").Replace("</e:", "</");
        var vendor = Letter(header: "<v:Vendor xmlns:v=\"urn:v\"><v:From/><From>x</From></v:Vendor><e:Odd><e:From/><e:Subject>no</e:Subject></e:Odd>");

        foreach (var text in new[] { plain, vendor })
        {
            var reading = Read(text);
            Assert.Empty(reading.Findings);
            Assert.Empty(reading.Warnings);
            Assert.Equal(("H99.01", "V/v thử nghiệm"), (reading.Envelope!.From.OrganId, reading.Envelope.Subject));
        }
    }

    [Fact]
    public void An_element_of_another_namespace_is_never_taken_for_ours()
    {
        var envelope = Read(Letter().Replace("<e:Subject>", "<v:Subject xmlns:v=\"urn:v\">").Replace("</e:Subject>", "</v:Subject>")).Envelope!;

        Assert.Null(envelope.Subject);
    }

    [Fact]
    public void The_order_of_elements_changes_neither_envelope_nor_findings()
    {
        var random = new Random(5);
        string[] header = [From, To, Subject, "<e:Subject>x</e:Subject>", "<e:DueDate>2026/02/01</e:DueDate>", "<e:Content><e:x/></e:Content>"];
        string[] outer = ["<e:MessageHeader>{0}</e:MessageHeader>", Trace];
        string[] attachments = [Attachment("a1", "a.pdf", "TVpzb21l"), Attachment("a2", "b.bin", "====")];
        HashSet<string> seen = [];
        for (var i = 0; i < 40; i++)
        {
            var inner = string.Format(string.Concat(outer.OrderBy(_ => random.Next())), string.Concat(header.OrderBy(_ => random.Next())));
            var envelope = Envelope(inner, Body(Reference("a1", "a.pdf") + Reference("a3", "c.bin")));
            string[] parts = [envelope, $"<AttachmentEncoded>{string.Concat(attachments)}</AttachmentEncoded>"];
            var reading = Read(Root(string.Concat(parts.OrderBy(_ => random.Next()))));
            seen.Add(string.Join("|", reading.Findings.Select(f => $"{f.Code} {f.Path} {f.Ordinal} {f.Value}").Order(StringComparer.Ordinal)));
        }

        Assert.Equal(
            "DX-2104 MessageHeader.Subject 0 |DX-2106 MessageHeader.Content 0 |" +
            "DX-2301 AttachmentEncoded.Attachment.ContentTransferEncoded 1 b.bin|DX-2302 edXMLManifest.Reference 1 c.bin|" +
            "DX-2303 AttachmentEncoded.Attachment 1 b.bin|DX-2311 AttachmentEncoded.Attachment.ContentTransferEncoded 0 a.pdf",
            Assert.Single(seen));
    }

    [Theory]
    [InlineData("<e:MessageHeader>{0}<e:StatusCode>1</e:StatusCode></e:MessageHeader>", true)]
    [InlineData("<e:MessageHeader>{0}<e:StatusCode/></e:MessageHeader>", true)]
    [InlineData("<e:Status>{0}<e:StatusCode>01</e:StatusCode></e:Status>", true)]
    [InlineData("<e:Status>{0}</e:Status>", true)]
    [InlineData("<e:MessageHeader>{0}<e:Timestamp>2026/01/01 00:00:00</e:Timestamp></e:MessageHeader>", true)]
    [InlineData("<e:MessageHeader>{0}</e:MessageHeader>", false)]
    public void A_status_is_told_from_a_document_by_code_container_or_by_having_nothing_of_a_document(string header, bool status)
    {
        var envelope = Read(Root(Envelope(string.Format(header, From), ""))).Envelope!;

        Assert.Equal(status ? MessageKind.Status : MessageKind.Document, envelope.Kind);
        Assert.Equal(status, envelope.Status is not null);
    }

    [Theory]
    [InlineData("<Signature><SignedInfo><Reference><DigestValue>FwgIqsSYJshUS2+wlOM61L+q7Aw=</DigestValue></Reference></SignedInfo></Signature>", PackageSignature.Placeholder)]
    [InlineData("<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><KeyInfo><X509Data><X509Certificate>MIIFqTCCBJG</X509Certificate></X509Data></KeyInfo></Signature>", PackageSignature.Placeholder)]
    [InlineData("<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignatureValue>AAAA</SignatureValue></Signature>", PackageSignature.Unverifiable)]
    [InlineData("<Signature><SignatureValue>AAAA</SignatureValue></Signature>", PackageSignature.Unverifiable)]
    [InlineData("<e:DigitalSignature/>", PackageSignature.Absent)]
    [InlineData("", PackageSignature.Absent)]
    public void A_package_signature_is_classified_and_never_trusted(string signature, PackageSignature expected)
    {
        var reading = Read(Letter().Replace("</e:edXMLHeader>", signature + "</e:edXMLHeader>"));

        Assert.Empty(reading.Findings);
        Assert.Equal(expected, reading.Envelope!.Signature);
    }

    [Fact]
    public void Alternative_spellings_and_places_are_read()
    {
        var text = Letter().Replace("</e:TraceHeaderList>", "<e:Paper>1</e:Paper><e:Business><e:BusinessDocType>1</e:BusinessDocType></e:Business></e:TraceHeaderList>")
            .Replace("</e:MessageHeader>", "<e:ResponseFor/></e:MessageHeader>");
        var envelope = Read(text).Envelope!;

        Assert.Equal((BusinessType.Revocation, "1"), (envelope.BusinessType, envelope.Trace!.Business!.Paper));
        Assert.Empty(envelope.ResponseFor);
    }
}
