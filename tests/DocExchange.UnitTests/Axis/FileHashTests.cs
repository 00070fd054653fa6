using DocExchange.Axis.Protocol;
using Xunit;

namespace DocExchange.UnitTests.Axis;

/// <summary>Guards against refusing the SDK's own file hash, which loses a digit for every byte below 16.</summary>
public sealed class FileHashTests
{
    [Theory]
    [InlineData("8e842cd2470adebbec0aaf06ac5aa8e0a4711b29c3c778049a57c82d49c518cd", "8e842cd247adebbecaaf6ac5aa8e0a4711b29c3c77849a57c82d49c518cd")]
    [InlineData("228490b849c17774b997155a1e2d016f5ddb2dbeb33b77f474a77e4e121a214b", "228490b849c17774b997155a1e2d16f5ddb2dbeb33b77f474a77e4e121a214b")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000ff", "0000000000000000000000000000000ff")]
    public void Both_renderings_of_a_digest_are_known(string padded, string unpadded)
    {
        var digest = Convert.FromHexString(padded);
        Assert.Equal(padded, FileHash.Padded(digest));
        Assert.Equal(unpadded, FileHash.Unpadded(digest));
        foreach (var text in new[] { padded, unpadded, padded.ToUpperInvariant(), unpadded.ToUpperInvariant(), $" {unpadded} " })
            Assert.True(FileHash.Matches(digest, text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("8e842cd247adebbecaaf6ac5aa8e0a4711b29c3c77849a57c82d49c518c")]
    [InlineData("8e842cd2470adebbec0aaf06ac5aa8e0a4711b29c3c778049a57c82d49c518ce")]
    [InlineData("8e842cd2470adebbecaaf06ac5aa8e0a4711b29c3c778049a57c82d49c518cd")]
    public void Another_text_is_not_the_digest(string text) =>
        Assert.False(FileHash.Matches(Convert.FromHexString("8e842cd2470adebbec0aaf06ac5aa8e0a4711b29c3c778049a57c82d49c518cd"), text));

    [Theory]
    [InlineData("21/11/2026 16:02:45", true)]
    [InlineData("2026-13-40", false)]
    [InlineData("31/02/2026 00:00:00", false)]
    [InlineData("01/01/0001 00:00:00", false)]
    public void A_bound_of_a_list_is_a_real_local_time(string text, bool real)
    {
        Assert.Equal(real, VxpTimes.TryParseBound(text, out var utc));
        if (real) Assert.Equal((text, 9), (VxpTimes.Bound(utc), utc.Hour));
    }
}
