using DocExchange.Core.Signing;
using Xunit;

namespace DocExchange.UnitTests.Signing;

public sealed class SecretBoxTests : IDisposable
{
    private readonly Tools.Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_sealed_opens_after_a_restart_and_after_a_rotation()
    {
        var before = KeyStore.OpenOrCreateSecretBox(folder.Path).Seal("secret"u8, "row 1"u8);
        var rotated = KeyStore.RotateSecretBox(folder.Path);
        var after = rotated.Seal("secret"u8, "row 1"u8);
        Assert.Equal([1, 2], [before[0], after[0]]);
        var reopened = KeyStore.OpenOrCreateSecretBox(folder.Path);
        Assert.Equal("secret"u8.ToArray(), reopened.Open(before, "row 1"u8));
        Assert.Equal("secret"u8.ToArray(), reopened.Open(after, "row 1"u8));
    }

    [Fact]
    public void A_sealed_value_cannot_be_changed_moved_or_opened_with_another_key()
    {
        var box = KeyStore.OpenOrCreateSecretBox(folder.Path);
        var value = box.Seal("secret"u8, "row 1"u8);
        Assert.Null(box.Open(value, "row 2"u8));
        for (var at = 0; at < value.Length; at++)
        {
            var altered = (byte[])value.Clone();
            altered[at] ^= 1;
            Assert.Null(box.Open(altered, "row 1"u8));
            Assert.Null(box.Open(value.AsSpan(0, at), "row 1"u8));
        }
        Assert.Null(KeyStore.OpenOrCreateSecretBox(folder.At("other")).Open(value, "row 1"u8));
    }

    [Fact]
    public void Equal_secrets_look_different() =>
        Assert.NotEqual(KeyStore.OpenOrCreateSecretBox(folder.Path).Seal("a"u8, []), KeyStore.OpenOrCreateSecretBox(folder.Path).Seal("a"u8, []));

    [Theory]
    [InlineData("")]
    [InlineData("dx-secret-keys/1\n")]
    [InlineData("dx-secret-keys/1\n1 00\n")]
    [InlineData("dx-secret-keys/2\n1 0000000000000000000000000000000000000000000000000000000000000000\n")]
    [InlineData("dx-secret-keys/1\n1 0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_damaged_key_file_is_reported(string text)
    {
        folder.Write(KeyStore.SecretsFile, System.Text.Encoding.ASCII.GetBytes(text));
        Assert.Throws<KeyStoreException>(() => KeyStore.OpenOrCreateSecretBox(folder.Path));
    }
}
