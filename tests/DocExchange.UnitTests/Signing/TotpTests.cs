using System.Text;
using DocExchange.Core.Signing;

namespace DocExchange.UnitTests.Signing;

/// <summary>Codes are those of RFC 6238's own table, and each is good once.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    public void The_vectors_of_the_standard_hold(long seconds, string code) => Assert.Equal(code, Totp.CodeAt(Secret, seconds / Totp.StepSeconds));

    [Fact]
    public void A_code_is_taken_one_step_early_or_late_and_never_again()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111109);
        var step = now.ToUnixTimeSeconds() / Totp.StepSeconds;

        foreach (var near in (long[])[-1, 0, 1]) Assert.Equal(step + near, Totp.StepOf(Secret, Totp.CodeAt(Secret, step + near), now, 0));
        Assert.Null(Totp.StepOf(Secret, Totp.CodeAt(Secret, step + 2), now, 0));
        Assert.Null(Totp.StepOf(Secret, Totp.CodeAt(Secret, step), now, step));
    }

    [Theory]
    [InlineData("f", "MY")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_as_rfc_4648_says(string bytes, string text) => Assert.Equal(text, Totp.Base32(Encoding.ASCII.GetBytes(bytes)));

    [Fact]
    public void A_recovery_code_is_used_up_and_the_others_stay()
    {
        var (codes, hashes) = RecoveryCodes.Make();

        var left = RecoveryCodes.Without(hashes, codes[4].ToLowerInvariant())!;

        Assert.Null(RecoveryCodes.Without(left, codes[4]));
        Assert.All(codes.Where(c => c != codes[4]), code => Assert.NotNull(RecoveryCodes.Without(left, code)));
    }
}
