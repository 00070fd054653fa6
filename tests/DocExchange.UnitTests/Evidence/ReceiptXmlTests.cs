using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using DocExchange.Core.Evidence;

namespace DocExchange.UnitTests.Evidence;

/// <summary>The XML form says what the JSON form says, for ever in the same bytes.</summary>
public sealed class ReceiptXmlTests
{
    [Theory]
    [InlineData(ReceiptTests.AcceptanceFile)]
    [InlineData(ReceiptTests.RefusalFile)]
    public void The_same_receipt_gives_the_golden_bytes_and_leads_back_to_the_same_json(string file)
    {
        var json = File.ReadAllBytes(GoldenReceipts.FileOf(file));
        var parts = ReceiptFormat.TryParse(json, out _)!;
        var golden = GoldenReceipts.FileOf(Path.ChangeExtension(file, ".xml"));
        if (Environment.GetEnvironmentVariable("DOCEXCHANGE_APPROVE") == "1" && !File.Exists(golden)) File.WriteAllBytes(golden, ReceiptXml.Render(parts));

        Assert.Equal(File.ReadAllText(golden), Encoding.UTF8.GetString(ReceiptXml.Render(parts)));
        var back = ReceiptXml.TryParse(File.ReadAllBytes(golden), out var error);
        Assert.True(back is not null, error);
        Assert.Equal(json, ReceiptFormat.Render(back));
    }

    [Theory]
    [InlineData(ReceiptTests.AcceptanceFile)]
    [InlineData(ReceiptTests.RefusalFile)]
    public void It_is_valid_against_the_schema_that_is_given_out(string file)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add(null, Path.Combine(GoldenReceipts.Root(), "schemas", "dx-receipt-1.xsd"));
        var faults = new List<string>();

        Document(file).Validate(schemas, (_, fault) => faults.Add(fault.Message));

        Assert.Empty(faults);
    }

    [Fact]
    public void It_verifies_as_it_is_pretty_printed_and_re_encoded_because_soap_stacks_do_both()
    {
        var printed = new MemoryStream();
        using (var writer = XmlWriter.Create(printed, new XmlWriterSettings { Indent = true, IndentChars = "\t", Encoding = Encoding.Unicode })) Document(ReceiptTests.AcceptanceFile).Save(writer);

        foreach (var bytes in (byte[][])[File.ReadAllBytes(GoldenReceipts.FileOf("receipt-acceptance.xml")), Encoding.UTF8.GetBytes(Document(ReceiptTests.AcceptanceFile).ToString())])
        {
            Assert.True(ReceiptVerifier.Verify(bytes, [GoldenReceipts.SampleRoot()]).Trusted);
        }
        Assert.NotNull(ReceiptXml.TryParse(printed.ToArray(), out _));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("entry")]
    [InlineData("salt")]
    [InlineData("index")]
    [InlineData("path")]
    [InlineData("checkpoint")]
    [InlineData("signature")]
    [InlineData("certificate")]
    public void No_element_can_be_changed_or_left_out(string element)
    {
        var changed = Document(ReceiptTests.AcceptanceFile);
        var found = changed.Root!.Elements(XName.Get(element, ReceiptXml.Namespace)).First();
        found.Value = (found.Value[0] == '1' ? '2' : found.Value[0] == 'M' ? 'N' : '1') + found.Value[1..];
        var without = Document(ReceiptTests.AcceptanceFile);
        without.Root!.Elements(XName.Get(element, ReceiptXml.Namespace)).First().Remove();

        Assert.False(ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(changed.ToString()), null).Valid);
        Assert.False(ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(without.ToString()), null).Valid);
    }

    [Fact]
    public void A_document_type_is_refused_because_it_could_fetch_or_grow() =>
        Assert.Null(ReceiptXml.TryParse(Encoding.UTF8.GetBytes("<!DOCTYPE r [<!ENTITY a 'b'>]><receipt xmlns='urn:docexchange:receipt:1'>&a;</receipt>"), out _));

    private static XDocument Document(string file) => XDocument.Parse(Encoding.UTF8.GetString(ReceiptXml.Render(ReceiptFormat.TryParse(File.ReadAllBytes(GoldenReceipts.FileOf(file)), out _)!)));
}
