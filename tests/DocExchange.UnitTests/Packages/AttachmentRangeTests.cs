using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Packages;
using Xunit;
using static DocExchange.UnitTests.Packages.TestPackages;

namespace DocExchange.UnitTests.Packages;

/// <summary>Guards against storing a place in the original that is off by a character: every later download would be damaged.</summary>
public sealed class AttachmentRangeTests
{
    private const string Mark = "<ContentTransferEncoded>";

    public static TheoryData<string> RawTexts()
    {
        var data = Convert.ToBase64String(Enumerable.Range(0, 5000).Select(i => (byte)(i * 7)).ToArray());
        var lines = string.Concat(data.Chunk(76).Select(line => new string(line) + "\r\n"));
        return new TheoryData<string>
        {
            "QUJD",
            data,
            "\r\n   " + lines,
            lines.Replace("\r\n", "\n"),
            lines.Replace("\r\n", "\r"),
            lines.Replace("\r\n", "\r\r\n\n"),
            lines.Replace("\r\n", "&#13;\n"),
            "&#13;\r" + data,
            $"<![CDATA[{data}]]>",
            $"{data[..1000]}<![CDATA[{data[1000..]}]]>\r\n",
            $"{data[..1001]}<!-- é it's a comment -->{data[1001..]}",
            $"{data[..1003]}<?note it's?>{data[1003..]}",
        };
    }

    [Theory]
    [MemberData(nameof(RawTexts))]
    public void The_recorded_range_is_exactly_the_raw_text_however_the_bytes_arrive(string raw)
    {
        var random = new Random(7);
        foreach (var newline in new[] { "\r\n", "\n", "\r" })
        {
            var bytes = Encoding.UTF8.GetBytes(Letter(raw, header: $"<e:Content>dòng một{newline}dòng 𝒜𝒜 hai</e:Content>").Replace("><e:", $">{newline}\t<e:"));
            var expected = ExpectedRange(bytes);
            foreach (var chunk in new Func<int>[] { () => 1, () => 2, () => 3, () => random.Next(1, 50), () => random.Next(1, 5000), () => int.MaxValue })
            {
                var reading = PackageReader.Read(new ChunkedStream(bytes, chunk), PackageLimits.Default);

                Assert.Empty(reading.Findings);
                var attachment = Assert.Single(reading.Envelope!.Attachments);
                Assert.Equal(expected, (attachment.Offset, attachment.EncodedLength));
                Assert.Equal(attachment.Digest.ToArray(), Decode(bytes, attachment));
            }
            Assert.Equal(expected, (Read(bytes).Envelope!.Attachments[0].Offset, Read(bytes).Envelope!.Attachments[0].EncodedLength));
        }
    }

    [Fact]
    public void A_byte_order_mark_and_characters_outside_the_basic_plane_shift_nothing()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Letter("QUJD").Replace("\r\n", "").Replace("><", ">𝒜é<").Replace("𝒜é<edXML", "<edXML"))];
        var reading = Read(bytes);

        Assert.Empty(reading.Findings);
        Assert.Equal(ExpectedRange(bytes), (reading.Envelope!.Attachments[0].Offset, reading.Envelope.Attachments[0].EncodedLength));
    }

    [Fact]
    public void Ranges_stay_exact_far_beyond_what_is_retained()
    {
        var random = new Random(11);
        var content = new byte[700_000];
        random.NextBytes(content);
        var first = Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks);
        var text = Root(Envelope(Header() + Trace, Body(Reference("a", "a.bin") + Reference("b", "b.bin")))
            + $"<AttachmentEncoded>{Attachment("a", "a.bin", first)}\r\né{Attachment("b", "b.bin", Convert.ToBase64String(content))}</AttachmentEncoded>");
        var bytes = Encoding.UTF8.GetBytes(text);

        foreach (var chunk in new Func<int>[] { () => 4096, () => random.Next(1, 100_000), () => int.MaxValue })
        {
            var reading = PackageReader.Read(new ChunkedStream(bytes, chunk), PackageLimits.Default);

            Assert.Empty(reading.Findings);
            foreach (var attachment in reading.Envelope!.Attachments)
            {
                Assert.Equal(content.Length, attachment.Length);
                Assert.Equal(SHA256.HashData(content), attachment.Digest.ToArray());
                Assert.Equal(attachment.Digest.ToArray(), Decode(bytes, attachment));
                Assert.Equal((byte)'>', bytes[attachment.Offset - 1]);
                Assert.Equal("</Con", Encoding.ASCII.GetString(bytes, (int)(attachment.Offset + attachment.EncodedLength), 5));
            }
        }
    }

    [Fact]
    public void White_space_inside_closing_tags_shifts_nothing_wherever_the_reader_cuts_it()
    {
        foreach (var space in new[] { "\r\n", "\r", "\n", "\r\r\n\n", " \r" })
        {
            var bytes = Encoding.UTF8.GetBytes(Letter("QUJD\r\n").Replace("</e:OrganId>", $"</e:OrganId{space}>").Replace("</ContentId>", $"</ContentId{space}>"));
            for (var chunk = 1; chunk < 300; chunk++)
            {
                var reading = PackageReader.Read(new ChunkedStream(bytes, () => chunk), PackageLimits.Default);

                Assert.Empty(reading.Findings);
                Assert.Equal(ExpectedRange(bytes), (reading.Envelope!.Attachments[0].Offset, reading.Envelope.Attachments[0].EncodedLength));
            }
        }
    }

    private static (long, long) ExpectedRange(byte[] bytes)
    {
        var start = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Mark)) + Mark.Length;
        return (start, bytes.AsSpan(start).IndexOf("</ContentTransferEncoded>"u8));
    }

    private static byte[] Decode(byte[] bytes, Core.Envelopes.Attachment attachment)
    {
        using var decoded = AttachmentContent.OpenDecoded(new MemoryStream(bytes), attachment);
        return SHA256.HashData(decoded);
    }
}
