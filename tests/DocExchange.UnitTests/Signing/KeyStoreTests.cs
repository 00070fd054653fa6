using DocExchange.Core.Signing;
using DocExchange.UnitTests.Evidence;
using Xunit;

namespace DocExchange.UnitTests.Signing;

public sealed class KeyStoreTests : IDisposable
{
    private readonly Tools.Folder folder = new();
    private readonly TimeProvider time = new Frozen();

    private string Keys => folder.At("keys");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_second_start_finds_the_key_of_the_first()
    {
        using var first = KeyStore.OpenOrCreate(Keys, "Tỉnh mẫu", time, allowSample: true);
        using var second = KeyStore.OpenOrCreate(Keys, "another name", time, allowSample: false);
        Assert.Equal(first.KeyId, second.KeyId);
        Assert.Equal(first.Chain, second.Chain);
        Assert.Equal(2, second.Chain.Count);
        Assert.True(second.IsSample);
        Assert.Contains("Tỉnh mẫu", second.Certificate.Subject);
        Assert.Contains(SampleCertificates.Organisation, second.Certificate.Subject);
    }

    [Fact]
    public void Without_a_key_production_says_where_to_put_one()
    {
        var exception = Assert.Throws<KeyStoreException>(() => KeyStore.OpenOrCreate(Keys, "hub", time, allowSample: false));
        Assert.Contains(Path.Combine(Keys, KeyStore.SigningFile), exception.Message);
        Assert.False(Directory.Exists(Keys));
    }

    [SkippableFact]
    public void Only_the_hubs_user_can_read_the_keys()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no file modes.");
        KeyStore.OpenOrCreate(Keys, "hub", time, true).Dispose();
        KeyStore.OpenOrCreateSecretBox(Keys);
#pragma warning disable CA1416 // Skipped on Windows above.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Keys));
        Assert.Equal(3, Directory.GetFiles(Keys).Length);
        Assert.All(Directory.GetFiles(Keys), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
#pragma warning restore CA1416
    }

    [Fact]
    public void A_first_start_that_died_between_two_files_is_continued()
    {
        KeyStore.OpenOrCreate(Keys, "hub", time, true).Dispose();
        var passphrase = File.ReadAllText(Path.Combine(Keys, KeyStore.PassphraseFile));
        File.Delete(Path.Combine(Keys, KeyStore.SigningFile));
        File.WriteAllText(Path.Combine(Keys, KeyStore.SigningFile + ".new"), "half a ke");
        KeyStore.OpenOrCreate(Keys, "hub", time, true).Dispose();
        Assert.Equal(passphrase, File.ReadAllText(Path.Combine(Keys, KeyStore.PassphraseFile)));
        Assert.Equal(2, Directory.GetFiles(Keys).Length);
    }

    [Fact]
    public void A_key_whose_passphrase_is_gone_or_wrong_is_reported_not_replaced()
    {
        KeyStore.OpenOrCreate(Keys, "hub", time, true).Dispose();
        var key = File.ReadAllBytes(Path.Combine(Keys, KeyStore.SigningFile));
        File.WriteAllText(Path.Combine(Keys, KeyStore.PassphraseFile), "wrong");
        Assert.Throws<KeyStoreException>(() => KeyStore.OpenOrCreate(Keys, "hub", time, true));
        File.Delete(Path.Combine(Keys, KeyStore.PassphraseFile));
        Assert.Throws<KeyStoreException>(() => KeyStore.OpenOrCreate(Keys, "hub", time, true));
        Assert.Equal(key, File.ReadAllBytes(Path.Combine(Keys, KeyStore.SigningFile)));
    }

    [Fact]
    public void Two_data_folders_never_share_a_key()
    {
        using var first = KeyStore.OpenOrCreate(Keys, "hub", time, true);
        using var second = KeyStore.OpenOrCreate(folder.At("other"), "hub", time, true);
        Assert.NotEqual(first.KeyId, second.KeyId);
    }

    private sealed class Frozen : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => GoldenReceipts.Time;
    }
}
