using DocExchange.Core.Tracking;
using Xunit;

namespace DocExchange.UnitTests.Tracking;

public sealed class HandlingStatusTests
{
    [Fact]
    public void The_codes_are_those_of_the_axis() =>
        Assert.Equal("01, 02, 03, 04, 05, 06, 13, 15, 16", HandlingStatus.AllTexts);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("01", 1)]
    [InlineData("16", 16)]
    [Trait("Row", "37")]
    public void One_digit_and_two_are_the_same_code(string text, int code)
    {
        Assert.True(HandlingStatus.TryParse(text, out var status));
        Assert.Equal(code, status.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("07")]
    [InlineData("14")]
    [InlineData("999")]
    [InlineData("001")]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("١")]
    [Trait("Row", "37")]
    public void Anything_else_is_no_code(string? text) => Assert.False(HandlingStatus.TryParse(text, out _));

    [Fact]
    [Trait("Row", "38")]
    public void Only_the_two_refusals_need_a_reason() =>
        Assert.Equal(["02", "16"], HandlingStatus.All.Where(status => status.NeedsReason).Select(status => status.Text));
}
