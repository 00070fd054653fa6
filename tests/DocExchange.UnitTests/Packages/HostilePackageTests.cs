using System.Diagnostics;
using System.Text;
using DocExchange.Core.Packages;
using DocExchange.Core.Problems;
using Xunit;
using static DocExchange.UnitTests.Packages.TestPackages;

namespace DocExchange.UnitTests.Packages;

/// <summary>Rows 7 to 13 of the forty inputs: refused at once, with the place, in bounded time and memory.</summary>
public sealed class HostilePackageTests
{
    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_with_the_first_of_them_in_the_sentence()
    {
        byte[] package = [.. "<edXML>Th"u8, 0xF4, .. "ng</edXML>"u8];

        var finding = PackageReader.Read(package, PackageLimits.Default).Findings.Single(f => f.Code == "DX-1006");

        Assert.Contains("found 0xF4.", finding.English, StringComparison.Ordinal);
        Assert.Contains("gặp 0xF4.", finding.Vietnamese, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    public void A_body_without_a_file_is_refused(string text) => Assert.Equal("DX-1001", Read(text).FirstCode());

    [Fact]
    public void Characters_before_the_declaration_are_refused_with_their_place()
    {
        Assert.Equal(("DX-1004", 1, 1), Place("1212" + Letter()));
        Assert.Equal(("DX-1004", 2, 3), Place("\r\n  " + Letter()));
    }

    [Fact]
    public void Text_after_the_root_is_refused_with_its_place()
    {
        Assert.Equal(("DX-1004", 4, 2), Place(Root("") + "\n\n x"));
        Assert.Equal("DX-1004", Read(Root("") + Root("")[Root("").IndexOf("<edXML", StringComparison.Ordinal)..]).FirstCode());
        Assert.Empty(Read(Letter() + "\r\n").Findings);
    }

    [Fact]
    public void Markup_that_is_not_well_formed_is_refused_with_its_place()
    {
        Assert.Equal(("DX-1003", 2, 6), Place("<edXML>\n<a></b></edXML>"));
        Assert.Equal("DX-1003", Read(Letter()[..^20]).FirstCode());
        Assert.Equal("DX-1003", Read(Letter().Replace("V/v", "A & B")).FirstCode());
        Assert.Equal("DX-1003", Read(Letter().Replace("V/v", "\u0001")).FirstCode());
        Assert.Equal("DX-1003", Read(Letter().Replace("e:From>", "other:From>")).FirstCode());
    }

    [Theory]
    [InlineData("<!DOCTYPE edXML SYSTEM \"file:///etc/passwd\">")]
    [InlineData("<!DOCTYPE edXML [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>")]
    [InlineData("<!DOCTYPE edXML PUBLIC \"-//x\" \"http://example.invalid/x.dtd\">")]
    public void A_document_type_is_refused_and_nothing_is_fetched(string doctype) =>
        Assert.Equal("DX-1005", Read(Letter().Replace("<edXML xmlns", doctype + "<edXML xmlns")).FirstCode());

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_with_their_place_and_never_replaced()
    {
        var bytes = Encoding.UTF8.GetBytes(Root("\n<a>é@</a>"));
        var at = Array.IndexOf(bytes, (byte)'@');
        foreach (byte bad in new byte[] { 0xFF, 0xC3, 0x80, 0xED, 0 })
        {
            bytes[at] = bad;
            var finding = Read(bytes).First()!;
            Assert.Equal(("DX-1006", 3, 5), (finding.Code, finding.Line, finding.Column));
        }
        Assert.Equal("DX-1006", Read([.. Encoding.UTF8.GetBytes("<edXML>"), 0xE1, 0xBB]).FirstCode());
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("windows-1258")]
    [InlineData("ISO-8859-1")]
    [InlineData("no-such-thing")]
    public void Another_declared_encoding_is_refused_by_name(string encoding)
    {
        var finding = Read(Letter().Replace("UTF-8", encoding)).First()!;

        Assert.Equal(("DX-1006", encoding), (finding.Code, finding.Value));
    }

    [Fact]
    public void Utf16_is_refused_with_and_without_a_mark_and_the_name_utf8_is_read_in_any_case()
    {
        Assert.Equal("DX-1006", Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Letter())]).FirstCode());
        Assert.Equal("DX-1006", Read(Encoding.Unicode.GetBytes(Letter())).FirstCode());
        Assert.Equal("DX-1006", Read(Encoding.BigEndianUnicode.GetBytes(Letter())).FirstCode());
        Assert.Empty(Read(Letter().Replace("UTF-8", "utf-8").Replace('"', '\'')).Findings);
    }

    [Fact]
    public void The_size_limit_stops_reading_at_the_limit()
    {
        var bytes = Encoding.UTF8.GetBytes(Letter());
        var content = bytes.AsSpan().IndexOf("<ContentTransferEncoded>"u8) + 24;
        using var source = new EndlessStream(bytes[..content], "QUJD"u8.ToArray());

        var reading = PackageReader.Read(source, PackageLimits.Default with { MaxPackageBytes = 3_000_000 });

        Assert.Equal("DX-1002", reading.FirstCode());
        Assert.InRange(source.Given, 3_000_000, 3_600_000);
        Assert.Equal("DX-1002", Read(bytes, PackageLimits.Default with { MaxPackageBytes = bytes.Length - 1 }).FirstCode());
        Assert.Empty(Read(bytes, PackageLimits.Default with { MaxPackageBytes = bytes.Length }).Findings);
    }

    private static readonly string Big = new('a', 10_000_000);

    // What the first reading of a process allocates and compiles is not the flood's doing.
    private static readonly Lazy<int> Warm = new(() => Read(Letter()).Findings.Count + Read(Letter().Replace("V/v", new string('a', 100_000))).Findings.Count);

    // Made on demand: as test data they would be ten megabytes of test name each.
    private static readonly Dictionary<string, (string Code, Func<string> Text)> AllFloods = new()
    {
        ["elements nested 10 000 deep"] = ("DX-1007", () => Root(string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000)))),
        ["a million elements"] = ("DX-1008", () => Root(string.Concat(Enumerable.Repeat("<a/>", 1_000_000)))),
        ["300 000 attributes"] = ("DX-1009", () => Root("<a " + string.Concat(Enumerable.Range(0, 300_000).Select(i => $"a{i}=\"\" ")) + "/>")),
        ["an attribute of 10 MB"] = ("DX-1010", () => Root($"<a b=\"{Big}\"/>")),
        ["a name of 10 MB"] = ("DX-1010", () => Root($"<{Big}/>")),
        ["an instruction of 10 MB"] = ("DX-1010", () => Root($"<?{Big}?>")),
        ["an entity name of 10 MB"] = ("DX-1010", () => Root($"<a>&{Big};</a>")),
        ["a character number of 10 MB"] = ("DX-1010", () => Root($"<a>&#{new string('0', 10_000_000)}65;</a>")),
        ["a name of 300 characters"] = ("DX-1011", () => Root($"<{Big[..300]}/>")),
        ["a subject of 10 MB"] = ("DX-1012", () => Letter().Replace("V/v", Big)),
        ["250 attachments"] = ("DX-1013", () =>
            Letter().Replace("</AttachmentEncoded>", string.Concat(Enumerable.Repeat(Attachment("x", "x", "QUJD"), 250)) + "</AttachmentEncoded>")),
        ["a comment without end"] = ("DX-1003", () => Root($"<!--{Big}")),
        ["a comment with three dashes"] = ("DX-1003", () => Root($"<!--{Big}--->")),
        ["a text without end"] = ("DX-1003", () => Root($"<a>{Big}")),
    };

    public static TheoryData<string> Floods() => [.. AllFloods.Keys];

    [Theory]
    [MemberData(nameof(Floods))]
    public void A_flood_is_refused_quickly_and_in_little_memory(string flood)
    {
        var (code, text) = AllFloods[flood];
        var bytes = Encoding.UTF8.GetBytes(text());
        Warm.Value.ToString();
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var reading = Read(bytes);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
        Assert.Equal(code, reading.FirstCode());
        Assert.True(reading.First()!.Line > 0);
    }

    [Fact]
    public void What_is_harmless_though_unusual_is_read()
    {
        var comment = new string('é', 200_000);
        Assert.Empty(Read(Letter().Replace("<AttachmentEncoded>", $"<!-- it's \"<{comment} --><?pi it's > \" ?><AttachmentEncoded>")).Findings);
        Assert.Empty(Read(Letter().Replace("<e:Subject>", "<e:Subject id='a>b=c=d' x=\"it's\">")).Findings);
        Assert.Empty(Read(Letter().Replace("V/v", "<![CDATA[a & b <c d='1'> ]] ]>]]>&#x41;&amp;")).Findings);
        Assert.Empty(Read(Letter().Replace("<AttachmentEncoded>", $"<Vendor>{new string('x', 3_000_000)}</Vendor><AttachmentEncoded>")).Findings);
        Assert.Empty(Read(Letter().Replace("<AttachmentEncoded>", new string(' ', 3_000_000) + "<AttachmentEncoded>")).Findings);
    }

    [Fact]
    public void The_first_fault_in_the_file_is_the_one_reported_however_the_bytes_arrive()
    {
        var text = Letter().Replace("<e:Subject>", "<e:Subject><x></y>") .Replace("<AttachmentEncoded>", $"<a b=\"{new string('a', 100_000)}\"/><AttachmentEncoded>");
        var bytes = Encoding.UTF8.GetBytes(text);
        var expected = Read(bytes).First()!;

        Assert.Equal("DX-1003", expected.Code);
        foreach (var chunk in new[] { 1, 7, 4096, 1_000_000 })
        {
            Assert.Equal(expected, PackageReader.Read(new ChunkedStream(bytes, () => chunk), PackageLimits.Default).First());
        }
    }

    [Fact]
    public void Cutting_or_changing_a_byte_anywhere_never_throws()
    {
        var bytes = Encoding.UTF8.GetBytes(Letter(Convert.ToBase64String(Zip(("a.txt", [1, 2, 3]))), "a.txt"));
        var random = new Random(3);
        for (var i = 0; i < bytes.Length; i++)
        {
            Assert.NotEmpty(Read(bytes[..i]).Findings);
            var changed = (byte[])bytes.Clone();
            changed[i] = (byte)random.Next(256);
            Read(changed);
        }
    }

    private static (string, int, int) Place(string text)
    {
        var first = Read(text).First()!;
        return (first.Code, first.Line, first.Column);
    }

    private sealed class EndlessStream(byte[] start, byte[] rest) : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++, Given++) buffer[offset + i] = Given < start.Length ? start[Given] : rest[Given % rest.Length];
            return count;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
