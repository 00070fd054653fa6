using System.Text;
using System.Text.Json;
using DocExchange.Core.Evidence;
using Xunit;

namespace DocExchange.UnitTests.Evidence;

/// <summary>Leaf hashes are made of these bytes: a change here would make every stored receipt a lie.</summary>
public sealed class EvidenceEntryTests
{
    [Fact]
    public void The_bytes_of_an_acceptance_are_the_same_for_ever() => Assert.Equal(
        """{"v":1,"event":"SubmissionAcceptance","time":"2026-11-21T11:00:00.123Z","receipt":"019aa5f0c1d27c3e8f4a5b6c7d8e9f00","document":"019aa5f0c1d27c3e8f4a5b6c7d8e9f02","documentId":"000.00.01.H99,2026/11/21,123/QĐ-UBND","businessType":0,"kind":"document","digest":"sha256:0008101820283038404850586068707880889098a0a8b0b8c0c8d0d8e0e8f0f8","size":10240,"sender":"000.00.01.H99","caller":"s-17","recipients":["000.00.02.H99","000.00.03.H99"]}""",
        Encoding.UTF8.GetString(GoldenReceipts.AcceptanceEntry().ToCanonicalBytes()));

    [Fact]
    public void Only_quote_backslash_and_control_characters_below_space_are_escaped() => Assert.Equal(
        """{"v":1,"event":"SubmissionRejection","time":"2026-11-21T11:00:00.123Z","receipt":"019aa5f0c1d27c3e8f4a5b6c7d8e9f01","kind":"document","caller":"s-17","reason":"DX-2204","path":"MessageHeader.To[2].OrganId","detail":"quote \" backslash \\ slash / less < amp & plus + tab \t line \n nul \u0000 unit \u001f delete """
        + "\u007f đ € 😀 \u2028\"}",
        Encoding.UTF8.GetString(GoldenReceipts.RefusalEntry().ToCanonicalBytes()));

    [Fact]
    public void Every_member_has_its_place() => Assert.Equal(
        """{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","receipt":"r","document":"d","documentId":"i","businessType":3,"kind":"status","digest":"sha256:ff","size":9007199254740993,"sender":"s","caller":"c","recipients":[],"recipient":"p","statusCode":"02","reporter":"o","statusTime":"t","reason":"n","path":"h","actor":"a","detail":"l","variant":"v"}""",
        Encoding.UTF8.GetString(Full().ToCanonicalBytes()));

    [Fact]
    public void Canonical_bytes_are_read_back_to_the_same_bytes()
    {
        foreach (var bytes in (byte[][])[
            Full().ToCanonicalBytes(), GoldenReceipts.AcceptanceEntry().ToCanonicalBytes(), GoldenReceipts.RefusalEntry().ToCanonicalBytes()])
            Assert.Equal(bytes, EvidenceEntry.TryParse(bytes)!.ToCanonicalBytes());
    }

    [Fact]
    public void Any_json_reader_reads_the_text_that_was_meant()
    {
        using var json = JsonDocument.Parse(GoldenReceipts.RefusalEntry().ToCanonicalBytes());
        Assert.Equal(GoldenReceipts.RefusalEntry().Detail, json.RootElement.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("""{"v":2,"event":"e","time":"2026-11-21T11:00:00.123Z"}""")]
    [InlineData("""{"v":1,"time":"2026-11-21T11:00:00.123Z","event":"e"}""")]
    [InlineData("""{"v":1, "event":"e","time":"2026-11-21T11:00:00.123Z"}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","more":"x"}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","event":"e"}""")]
    [InlineData("""{"v":1,"event":"\u0065","time":"2026-11-21T11:00:00.123Z"}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z"} """)]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","size":1.5}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","recipients":"x"}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","size":007}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","size":-0}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","size":9223372036854775808}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","businessType":2147483648}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","digest":"sha256:FF"}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","digest":"sha256:f"}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","recipients":["a",]}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","recipients":["a"}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","detail":"\u000a"}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","detail":"\u001F"}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","detail":"\/"}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-13-21T11:00:00.123Z"}""")]
    [InlineData("""{"v":1,"event":"e","time":"2026-11-21T11:00:00.123Z","detail":"a""")]
    [InlineData("[]")]
    [InlineData("")]
    public void Other_spellings_are_no_entries(string text) => Assert.Null(EvidenceEntry.TryParse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character_and_stays_valid_text()
    {
        var bytes = (Full() with { Detail = "a\ud800b" }).ToCanonicalBytes();
        Assert.Contains("a\ufffdb", Encoding.UTF8.GetString(bytes));
        Assert.NotNull(EvidenceEntry.TryParse(bytes));
    }

    [Fact]
    public void Whatever_is_read_is_written_again_the_same_however_bytes_were_changed()
    {
        var random = new Random(1);
        var (read, all) = (0, GoldenReceipts.RefusalEntry().ToCanonicalBytes());
        for (var trial = 0; trial < 30_000; trial++)
        {
            var bytes = (byte[])all.Clone();
            for (var changes = random.Next(1, 3); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (EvidenceEntry.TryParse(bytes) is not { } entry) continue;
            read++;
            Assert.Equal(bytes, entry.ToCanonicalBytes());
        }
        Assert.InRange(read, 1_000, 29_000);
    }

    [Fact]
    public void Long_texts_and_parallel_writers_do_not_mix()
    {
        var detail = new string('đ', 60_000) + "\"";
        Parallel.For(0, 200, i =>
        {
            var entry = Full() with { Detail = i + detail };
            Assert.Equal(entry.Detail, EvidenceEntry.TryParse(entry.ToCanonicalBytes())!.Detail);
        });
    }

    private static EvidenceEntry Full() => new()
    {
        Event = "e", Time = GoldenReceipts.Time.AddTicks(9_999), Receipt = "r", Document = "d", DocumentId = "i", BusinessType = 3, Kind = "status",
        Digest = [0xFF], Size = 9007199254740993, Sender = "s", Caller = "c", Recipients = [], Recipient = "p", StatusCode = "02", Reporter = "o",
        StatusTime = "t", Reason = "n", Path = "h", Actor = "a", Detail = "l", Variant = "v",
    };
}
