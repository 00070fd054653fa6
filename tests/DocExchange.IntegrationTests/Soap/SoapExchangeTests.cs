using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using DocExchange.Core.Evidence;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Signatures;

namespace DocExchange.IntegrationTests.Soap;

public sealed class SoapExchangeTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_document_travels_from_sending_to_a_verified_receipt_and_every_answer_fits_the_schema()
    {
        var letter = new Letter();
        var sent = Valid((await Hub.SendXopAsync(letter.Bytes)).Ok());
        Assert.Equal("false", sent["Repeated"]);
        Assert.Equal("true", Valid((await Hub.SendXopAsync(letter.Bytes)).Ok())["Repeated"]);

        var list = Valid((await Hub.SoapAsync(TestHub.Department, "ListInbox", "<d:Kind>document</d:Kind><d:Limit>1000</d:Limit>")).Ok());
        var item = list.Body.Elements(SoapCalls.Names + "Item").Single(i => i.Element(SoapCalls.Names + "DocumentId")!.Value == letter.DocumentId);
        var itemId = item.Element(SoapCalls.Names + "ItemId")!.Value;

        var got = Valid((await Hub.SoapAsync(TestHub.Department, "GetDocument", $"<d:ItemId>{itemId}</d:ItemId>")).Ok());
        Assert.Equal(letter.Bytes, Convert.FromBase64String(got["Package"]));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(letter.Bytes)), got["Digest"]);

        Assert.Equal("true", Valid((await Hub.SoapAsync(TestHub.Department, "ConfirmReceived", $"<d:ItemId>{itemId}</d:ItemId><d:Result>done</d:Result>")).Ok())["Recorded"]);
        Assert.Equal("false", (await Hub.SoapAsync(TestHub.Department, "ConfirmReceived", $"<d:ItemId>{itemId}</d:ItemId><d:Result>done</d:Result>")).Ok()["Recorded"]);

        var report = $"<d:ItemId>{itemId}</d:ItemId><d:Code>03</d:Code><d:At>2024-01-06T09:00:00+07:00</d:At><d:StaffName>Nguyễn Văn Mẫu</d:StaffName>";
        var reported = Valid((await Hub.SoapAsync(TestHub.Department, "ReportStatus", report)).Ok());
        Assert.Equal(("true", reported["ReceiptId"]), ((await Hub.SoapAsync(TestHub.Department, "ReportStatus", report)).Ok() is var again ? again["Repeated"] : "", again["ReceiptId"]));
        Valid((await Hub.SoapAsync(TestHub.Province, "RecallDocument", $"<d:DocId>{sent["DocId"]}</d:DocId><d:Recipient>H30.12</d:Recipient><d:At>2024-01-07T08:00:00Z</d:At><d:Description>Gửi nhầm</d:Description>")).Ok());

        var status = Valid((await Hub.SoapAsync(TestHub.Province, "GetStatus", $"<d:DocumentId>{letter.DocumentId}</d:DocumentId>")).Ok());
        Assert.Equal(["01", "03", "13"], status.Body.Descendants(SoapCalls.Names + "Status").Select(s => s.Element(SoapCalls.Names + "Code")!.Value).Order());
        Assert.Equal("delivered", status.Body.Descendants(SoapCalls.Names + "State").Single().Value);

        var receipt = Valid((await Hub.SoapAsync(TestHub.Province, "GetReceipt", $"<d:ReceiptId>{sent["ReceiptId"]}</d:ReceiptId>")).Ok());
        Assert.True(ReceiptVerifier.Verify(Convert.FromBase64String(receipt["Receipt"]), null).Valid);
        Valid((await Hub.SoapAsync(TestHub.Province, "GetDirectory", "<d:Limit>5</d:Limit>")).Ok());
        Assert.Equal("H30.12", Valid((await Hub.SoapAsync(TestHub.Province, "GetDirectory", "<d:Name>H30.12</d:Name>")).Ok()).Body.Element(SoapCalls.Names + "Entry")!.Element(SoapCalls.Names + "Code")!.Value);
    }

    [Fact]
    public async Task A_fetched_document_comes_with_the_hubs_signature_over_its_exact_bytes_and_openssl_agrees()
    {
        var letter = new Letter();
        (await Hub.SendXopAsync(letter.Bytes)).Ok();
        var itemId = (await Hub.ListAsync(TestHub.Department))[^1].DocId;
        using var root = X509CertificateLoader.LoadCertificate(Hub.Hub.Key.Chain[^1]);

        var got = (await Hub.SoapAsync(TestHub.Department, "GetDocument", $"<d:ItemId>{itemId}</d:ItemId>")).Ok();
        var (copy, signature) = (Convert.FromBase64String(got["Package"]), Convert.FromBase64String(got["Signature"]));

        Assert.Equal(0, await Openssl.VerifyAsync(copy, signature, root));
        Assert.Equal(got["Signature"], (await Hub.SoapAsync(TestHub.Department, "GetDocument", $"<d:ItemId>{itemId}</d:ItemId>")).Ok()["Signature"]);
        copy[^1] ^= 1;
        Assert.NotEqual(0, await Openssl.VerifyAsync(copy, signature, root));
    }

    [Fact]
    public async Task Soap_12_is_answered_in_soap_12_with_the_message_related()
    {
        const string wsa = "http://www.w3.org/2005/08/addressing";
        var header = $"<a:MessageID xmlns:a='{wsa}'>urn:one</a:MessageID><a:Action xmlns:a='{wsa}' e:mustUnderstand='true'>{SoapCalls.Contract}/GetDirectory</a:Action>"
            + $"<a:ReplyTo xmlns:a='{wsa}'><a:Address>{wsa}/anonymous</a:Address></a:ReplyTo>";
        var content = new StringContent(SoapCalls.Envelope("<d:GetDirectory/>", header, SoapReplyRead.Ns12.NamespaceName), Encoding.UTF8, "application/soap+xml");
        content.Headers.ContentType!.Parameters.Add(new("action", $"\"{SoapCalls.Contract}/GetDirectory\""));

        var reply = (await Hub.PostSoapAsync(content, TestHub.Province)).Ok();

        Assert.Equal("application/soap+xml", reply.Headers.ContentType!.MediaType);
        Assert.Equal(SoapReplyRead.Ns12, reply.Envelope.Name.Namespace);
        Assert.Equal("urn:one", reply.Envelope.Descendants(XName.Get("RelatesTo", wsa)).Single().Value);
    }

    [Fact]
    public async Task A_caller_that_knows_parts_gets_the_package_as_a_part_and_others_as_base64()
    {
        var letter = new Letter();
        (await Hub.SendXopAsync(letter.Bytes)).Ok();
        var itemId = (await Hub.ListAsync(TestHub.Department))[^1].DocId;
        var request = SoapCalls.Envelope($"<d:GetDocument><d:ItemId>{itemId}</d:ItemId></d:GetDocument>");

        var parts = (await Hub.PostSoapAsync(SoapCalls.Related(request), TestHub.Department)).Ok();
        var asked = (await Hub.PostSoapAsync(request, TestHub.Department, ("Accept", "application/xop+xml, text/xml"))).Ok();

        Assert.StartsWith("multipart/related; type=\"application/xop+xml\"", parts.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.Contains("<xop:Include xmlns:xop=\"" + SoapCalls.Xop, parts.Text, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<edXML", parts.Text, StringComparison.Ordinal);
        Assert.Equal("multipart/related", asked.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Receivers_digest_and_key_mean_what_they_mean_elsewhere()
    {
        var letter = new Letter { To = ["H30.12", "H30.13"] };
        var sent = (await Hub.SendXopAsync(letter.Bytes, elements: "<d:To>H30.12</d:To><d:Key>k-1</d:Key>")).Ok();
        var status = (await Hub.SoapAsync(TestHub.Province, "GetStatus", $"<d:DocId>{sent["DocId"]}</d:DocId>")).Ok();
        Assert.Equal("H30.12", status.Body.Descendants(SoapCalls.Names + "Agency").Single().Value);

        (await Hub.SendXopAsync(new Letter().Bytes, elements: "<d:Key>k-1</d:Key>")).Refuses("DX-0017");
        (await Hub.SendXopAsync(new Letter().Bytes, elements: $"<d:Digest>{new string('0', 64)}</d:Digest>")).Refuses("DX-0007");
        (await Hub.SendXopAsync(new Letter().Bytes, elements: "<d:Digest>12</d:Digest>")).Refuses("DX-0012");
        (await Hub.SendXopAsync(new Letter().Bytes, elements: "<d:Too>H30.12</d:Too>")).Refuses("DX-0012");
    }

    [Theory]
    [InlineData("GetDocument", "", "DX-0012")]
    [InlineData("GetDocument", "<d:ItemId>no</d:ItemId>", "DX-6001")]
    [InlineData("GetDocument", "<d:ItemId>a</d:ItemId><d:ItemId>b</d:ItemId>", "DX-0012")]
    [InlineData("ListInbox", "<d:Kind>letters</d:Kind>", "DX-0008")]
    [InlineData("ListInbox", "<d:After>nonsense</d:After>", "DX-0012")]
    [InlineData("ListInbox", "<d:Limit>0</d:Limit>", "DX-0012")]
    [InlineData("ConfirmReceived", "<d:ItemId>no</d:ItemId><d:Result>fail</d:Result>", "DX-0012")]
    [InlineData("ConfirmReceived", "<d:ItemId>no</d:ItemId><d:Result>done</d:Result>", "DX-6001")]
    [InlineData("ReportStatus", "<d:ItemId>no</d:ItemId><d:Code>03</d:Code><d:At>2024-01-06T09:00:00Z</d:At>", "DX-6001")]
    [InlineData("ReportStatus", "<d:ItemId>no</d:ItemId><d:Code>03</d:Code><d:At>yesterday</d:At>", "DX-0012")]
    [InlineData("RecallDocument", "<d:DocId>no</d:DocId><d:Recipient>H30.12</d:Recipient><d:At>2024-01-06T09:00:00Z</d:At>", "DX-6001")]
    [InlineData("GetStatus", "<d:DocId>no</d:DocId>", "DX-6001")]
    [InlineData("GetReceipt", "<d:ReceiptId>no</d:ReceiptId>", "DX-6001")]
    [InlineData("SendDocument", "", "DX-0012")]
    [InlineData("SendDocument", "<d:Package></d:Package>", "DX-1001")]
    [InlineData("SendDocument", "<d:Package>not base64!</d:Package>", "DX-0050")]
    [InlineData("SendDocument", "<d:Package><d:Other/></d:Package>", "DX-0050")]
    [InlineData("Nothing", "", "DX-0043")]
    public async Task What_cannot_be_done_is_a_fault_with_code_field_and_both_languages(string operation, string content, string code) =>
        (await Hub.SoapAsync(TestHub.Province, operation, content)).Refuses(code);

    /// <summary>The body's child against the checked-in schema.</summary>
    private static SoapReplyRead Valid(SoapReplyRead reply)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add(SoapCalls.Contract, RepositoryFiles.PathOf("schemas", "soap", "docexchange.xsd"));
        new XDocument(reply.Body).Validate(schemas, (_, fault) => Assert.Fail($"{fault.Message}: {reply.Text}"));
        return reply;
    }
}
