using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using static DocExchange.UnitTests.Packages.TestPackages;

namespace DocExchange.UnitTests.Packages;

/// <summary>Guards against a copy that has lost what a vendor added: a system that relies on it would get another document than was sent.</summary>
public sealed class UnknownElementTests
{
    private static readonly XNamespace Vendor = "urn:vendor";
    private static readonly XNamespace Edxml = Ns;

    [Fact]
    public void An_element_of_a_vendor_is_passed_on_wherever_it_stands()
    {
        var (bytes, added) = WithOneInEveryElement(RoundTripTests.Write(RoundTripTests.Full, ("a.pdf", Pdf), ("b.pdf", Pdf)));

        var first = Read(bytes);
        var again = Read(RoundTripTests.Rewrite(bytes, first.Envelope!));

        Assert.Empty(first.Findings);
        Assert.InRange(added, 20, UnknownElements.MostElements);
        Assert.Equal(added, first.Envelope!.Unknown.Count);
        Assert.Equal(Sorted(first.Envelope), Sorted(again.Envelope!));
    }

    [Fact]
    public void An_element_of_a_vendor_in_a_status_is_passed_on()
    {
        var status = new Envelope
        {
            Kind = MessageKind.Status,
            From = RoundTripTests.Full.From,
            ResponseFor = [RoundTripTests.Full.ResponseFor[0]],
            Status = new StatusReport("03", "x", "2026/01/05 09:00:00", new StaffInfo("Phòng", null, null, null)),
        };
        using var target = new MemoryStream();
        PackageWriter.WriteStatus(target, status);
        var (bytes, added) = WithOneInEveryElement(target.ToArray());

        var first = Read(bytes).Envelope!;

        Assert.Equal(added, first.Unknown.Count);
        Assert.Equal(Sorted(first), Sorted(Read(RoundTripTests.Rewrite(bytes, first)).Envelope!));
    }

    [Fact]
    public void An_element_of_a_vendor_in_a_reference_that_answers_nothing_is_passed_on_and_the_reference_still_does_not_count()
    {
        var bytes = Encoding.UTF8.GetBytes(Letter().Replace("</e:MessageHeader>",
            "<e:ResponseFor><Own/></e:ResponseFor><e:ResponseFor><e:OrganId>H30</e:OrganId><e:Code>1/A</e:Code></e:ResponseFor></e:MessageHeader>"));

        var first = Read(bytes).Envelope!;
        var rewritten = RoundTripTests.Rewrite(bytes, first);
        var again = Read(rewritten).Envelope!;

        Assert.Equal("1/A", Assert.Single(first.ResponseFor).Code);
        Assert.Equal("1/A", Assert.Single(again.ResponseFor).Code);
        Assert.Matches(@"<edXML:ResponseFor>\s*<edXML:Own />\s*</edXML:ResponseFor>", Encoding.UTF8.GetString(rewritten));
    }

    [Theory]
    [InlineData("<Own/>", "<edXML:Own />")]
    [InlineData("<Own a=\"1\"><Part>x &lt; y</Part> tail</Own>", "<edXML:Own a=\"1\"><edXML:Part>x &lt; y</edXML:Part> tail</edXML:Own>")]
    [InlineData("<v:Own xmlns:v=\"urn:v\" v:a=\"1\"><v:Part/></v:Own>", "<v:Own v:a=\"1\" xmlns:v=\"urn:v\"><v:Part /></v:Own>")]
    [InlineData("<Own xmlns=\"urn:v\"><![CDATA[a & b]]></Own>", "<Own xmlns=\"urn:v\">a &amp; b</Own>")]
    [InlineData("<edXML:Own xlink:href=\"cid:1\"/>", "<edXML:Own xlink:href=\"cid:1\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" />")]
    public void It_is_written_with_the_prefix_others_match_on_and_all_it_holds(string element, string written)
    {
        var bytes = Encoding.UTF8.GetBytes(Letter().Replace("<e:Subject>", element + "<e:Subject>"));

        var text = Encoding.UTF8.GetString(RoundTripTests.Rewrite(bytes, Read(bytes).Envelope!));

        Assert.Contains(written, Regex.Replace(text, @">\s+<", "><"), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_are_left_in_the_original_with_a_warning_so_that_a_file_does_not_become_memory()
    {
        var many = string.Concat(Enumerable.Range(0, 5000).Select(i => $"<Own>{i}</Own>"));
        var large = $"<Own>{new string('x', 70_000)}</Own>";

        foreach (var flood in new[] { many, large })
        {
            var reading = Read(Letter().Replace("<e:Subject>", flood + "<e:Subject>"));

            Assert.Empty(reading.Findings);
            Assert.Contains(reading.Warnings, w => w.Code == "unknown-elements-dropped");
            Assert.InRange(reading.Envelope!.Unknown.Count, 0, UnknownElements.MostElements);
            Assert.NotNull(reading.Envelope.Subject);
        }
    }

    private static (byte[] Bytes, int Added) WithOneInEveryElement(byte[] package)
    {
        var file = XDocument.Parse(Encoding.UTF8.GetString(package));
        var containers = file.Descendants().Where(e => e.HasElements).ToList();
        for (var i = 0; i < containers.Count; i++) containers[i].AddFirst(i % 2 == 0 ? new XElement(Vendor + "Own", i) : new XElement(Edxml + "Own", new XAttribute("n", i)));
        return (Encoding.UTF8.GetBytes(file.ToString(SaveOptions.DisableFormatting)), containers.Count);
    }

    private static IEnumerable<(string, int, string)> Sorted(Envelope envelope) =>
        envelope.Unknown.Select(u => (u.Parent, u.Ordinal, u.Xml)).OrderBy(u => u.Parent, StringComparer.Ordinal).ThenBy(u => u.Ordinal).ThenBy(u => u.Xml, StringComparer.Ordinal);
}
