using System.Text;
using DocExchange.Core.Evidence;
using Xunit;

namespace DocExchange.UnitTests.Evidence;

public sealed class CheckpointTests
{
    private const string Text = "hub.example/0123456789abcdef\n203\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\ntime 2026-11-21T11:00:00.123Z\n";

    [Fact]
    public void The_text_is_the_same_for_ever() => Assert.Equal(Text, Encoding.UTF8.GetString(Sample().ToText()));

    [Fact]
    public void What_was_written_is_read_back()
    {
        Assert.True(Checkpoint.TryParse(Encoding.UTF8.GetBytes(Text), out var read));
        Assert.Equal("hub.example/0123456789abcdef", read.Origin);
        Assert.Equal(203, read.Size);
        Assert.Equal(Sample().Root, read.Root);
        Assert.Equal(Sample().Time, read.Time);
    }

    [Theory]
    [InlineData("\n203\n", "\n0203\n")]
    [InlineData("\n203\n", "\n-3\n")]
    [InlineData("\n203\n", "\n99999999999999999999\n")]
    [InlineData("\n203\n", "\r\n203\r\n")]
    [InlineData("hub.example/", "hub example/")]
    [InlineData("hub.example/0123456789abcdef", "")]
    [InlineData("Hh8=", "Hh9=")]
    [InlineData("Hh8=", "Hg==")]
    [InlineData(".123Z", ".1234Z")]
    [InlineData(".123Z", ".123+00:00")]
    [InlineData("time ", "Time ")]
    [InlineData(".123Z\n", ".123Z")]
    [InlineData(".123Z\n", ".123Z\n\n")]
    [InlineData(".123Z\n", ".123Z\nmore\n")]
    public void Any_other_spelling_is_refused(string from, string to)
    {
        Assert.Contains(from, Text);
        Assert.False(Checkpoint.TryParse(Encoding.UTF8.GetBytes(Text.Replace(from, to)), out _));
    }

    [Fact]
    public void Bytes_that_are_not_text_are_refused() => Assert.False(Checkpoint.TryParse([0xFF, .. Encoding.UTF8.GetBytes(Text)], out _));

    private static Checkpoint Sample() => new(
        "hub.example/0123456789abcdef", 203, [.. Enumerable.Range(0, 32).Select(i => (byte)i)], GoldenReceipts.Time);
}
