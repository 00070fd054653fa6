using System.Runtime.InteropServices;
using System.Text;
using DocExchange.Core.Signing;
using Xunit;

namespace DocExchange.UnitTests.Signing;

public sealed class PasswordHashTests
{
    private const int Cheap = 4;

    /// <summary>RFC 7914 §8.</summary>
    [Fact]
    public void Salsa_gives_the_vector_of_the_standard()
    {
        var state = Convert.FromHexString(
            "7e879a214f3ec9867ca940e641718f26baee555b8c61c1b50df846116dcd3b1dee24f319df9b3d8514121e4b5ac5aa3276021d2909c74829edebc68db8b8c25e");
        Scrypt.Salsa(MemoryMarshal.Cast<byte, uint>(state.AsSpan()));
        Assert.Equal(
            "a41f859c6608cc993b81cacb020cef05044b2181a2fd337dfd7b1c6396682f29b4393168e3c9e6bcfe6bc5b7a06d96bae424cc102c91745c24ad673dc7618f81",
            Convert.ToHexStringLower(state));
    }

    /// <summary>RFC 7914 §12, but for the vector that takes 1 GB.</summary>
    [Theory]
    [InlineData("", "", 4, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    [InlineData("password", "NaCl", 10, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")]
    [InlineData("pleaseletmein", "SodiumChloride", 14, 8, 1, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")]
    public void Scrypt_gives_the_vectors_of_the_standard(string password, string salt, int logN, int r, int p, string expected) => Assert.Equal(
        expected, Convert.ToHexStringLower(Scrypt.Derive(Encoding.ASCII.GetBytes(password), Encoding.ASCII.GetBytes(salt), logN, r, p, 64)));

    [Fact]
    public void A_password_fits_its_own_hash_only()
    {
        var hash = PasswordHash.Make("Mật khẩu 1", Cheap);
        Assert.StartsWith("$scrypt$n=4,r=8,p=1$", hash);
        Assert.True(PasswordHash.Verify("Mật khẩu 1", hash));
        Assert.False(PasswordHash.Verify("mật khẩu 1", hash));
        Assert.NotEqual(hash, PasswordHash.Make("Mật khẩu 1", Cheap));
    }

    [Fact]
    public void A_password_that_was_handed_over_fits_and_is_known_as_such()
    {
        var hash = PasswordHash.Make("Mật khẩu 1", Cheap, isHandedOver: true);
        Assert.True(PasswordHash.IsHandedOver(hash));
        Assert.True(PasswordHash.Verify("Mật khẩu 1", hash));
        Assert.False(PasswordHash.Verify("Mật khẩu 2", hash));
        Assert.False(PasswordHash.IsHandedOver(PasswordHash.Make("$handed-over", Cheap)));
    }

    [Fact]
    public void A_new_hash_costs_32_MB_so_that_guessing_is_dear() => Assert.StartsWith("$scrypt$n=15,r=8,p=1$", PasswordHash.Make("x"));

    [Theory]
    [InlineData("")]
    [InlineData("$scrypt$n=15,r=8,p=1$c2FsdA$")]
    [InlineData("$scrypt$n=40,r=8,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$scrypt$n=15,r=8$c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=1,t=1,p=1$c2FsdA$AAAA")]
    [InlineData("$scrypt$n=1,r=1,p=1$!!!!$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_hash_that_cannot_be_read_fits_nothing(string hash) => Assert.False(PasswordHash.Verify("", hash));
}
