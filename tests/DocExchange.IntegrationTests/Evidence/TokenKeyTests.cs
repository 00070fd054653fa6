using DocExchange.Core.Evidence;
using DocExchange.Core.Signing;
using DocExchange.Hub.Evidence;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Scheduling;
using DocExchange.IntegrationTests.Backups;
using DocExchange.IntegrationTests.Hub;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>Keys that never leave a token, and a PIN that is never seen.</summary>
public sealed class TokenKeyTests : IDisposable
{
    private const string Variable = "DOCEXCHANGE_TEST_PIN";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task A_hub_whose_key_is_on_a_token_starts_again_with_it_and_its_receipts_verify()
    {
        Skip.IfNot(SoftToken.IsInstalled, SoftToken.Missing);
        using var token = new SoftToken();
        Assert.Equal(0, await KeysCommand.RunAsync(["rotate", .. token.Rotate("first", isRsa: false), "--data", _folder.Path]));

        await using var hub = await TestHub.StartAsync(_folder.Path);
        Assert.Equal("CN=first", hub.Hub.Key.Certificate.Subject);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "keys", KeyStore.SigningFile)));
        Assert.True(ReceiptVerifier.Verify(await hub.ReceiptAsync(await hub.SendLettersAsync(1)), hub.Root()).Trusted);
    }

    [SkippableTheory]
    [InlineData("the right PIN and no such key", false)]
    [InlineData("a wrong PIN", true)]
    public async Task Neither_what_the_hub_says_nor_what_the_tokens_library_says_holds_the_pin(string what, bool isWrong)
    {
        Skip.IfNot(SoftToken.IsInstalled, SoftToken.Missing);
        _ = what;
        using var token = new SoftToken();
        var pin = isWrong ? SoftToken.Pin + "9" : SoftToken.Pin;
        var chain = await File.ReadAllTextAsync(token.Rotate("there", isRsa: false)[3]);
        Directory.CreateDirectory(_folder.At("keys"));
        await File.WriteAllBytesAsync(_folder.At("keys/receipt-signing.token"), new TokenReference(token.AddressOf(isWrong ? "there" : "elsewhere"), chain, null, Variable).ToBytes());

        using var program = HubProgram.Start(start => (start.Environment["SOFTHSM2_CONF"], start.Environment[Variable]) = (SoftToken.Configuration, pin), "serve", "--port", "0", "--data", _folder.Path);
        var error = program.StandardError.ReadToEndAsync();
        var said = await program.StandardOutput.ReadToEndAsync() + await error;
        await program.WaitForExitAsync();

        Assert.NotEqual(0, program.ExitCode);
        Assert.Contains("cannot be used", said, StringComparison.Ordinal);
        Assert.DoesNotContain(pin, said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_key_that_is_not_that_of_its_certificate_is_refused_and_nothing_changes()
    {
        Skip.IfNot(SoftToken.IsInstalled, SoftToken.Missing);
        using var token = new SoftToken();
        var (one, other) = (token.Rotate("one", isRsa: false), token.Rotate("other", isRsa: false));

        var fault = Assert.Throws<KeyStoreException>(() => KeyStore.Replace(
            _folder.At("keys"), KeySlot.Receipts, new NewKey.Token(new TokenReference(one[1], File.ReadAllText(other[3]), token.PinFile, null)), "hub", TimeProvider.System, allowSample: true));

        Assert.True(fault.Message.Contains("is not that of the first certificate", StringComparison.Ordinal), fault.Message);
        Assert.Null(KeyStore.Find(_folder.At("keys"), KeySlot.Receipts));
    }

    [Fact]
    public async Task A_key_for_documents_is_taken_up_beside_that_of_the_receipts_and_the_log_says_so()
    {
        await using var hub = await TestHub.StartAsync(_folder.Path, byHand: ReloadKeyJob.Key);
        var keys = hub.Hub.Services.GetRequiredService<SigningKeyFile>();
        Assert.Same(keys.Current, keys.ForDocuments);

        Assert.Equal(0, await KeysCommand.RunAsync(["rotate", "--for", "documents", "--data", _folder.Path]));
        Assert.False(await keys.ReloadAsync());

        Assert.NotEqual(keys.Current.KeyId, keys.ForDocuments.KeyId);
        using var database = DocExchange.Storage.Sqlite.Database.Open(Path.Combine(hub.Folder, "store", "exchange.db"), readOnly: true);
        Assert.Equal(1, database.Prepare("SELECT count(*) FROM log WHERE instr(entry, CAST(?1 AS BLOB)) > 0").Bind(1, $"{keys.Current.KeyId} {keys.ForDocuments.KeyId}").RunScalar());
    }

    [Theory]
    [InlineData("file:/somewhere", "PIN.txt", null, "must be named as pkcs11:")]
    [InlineData("pkcs11:token=a;object=b;pin-value=1234", "PIN.txt", null, "must hold no PIN")]
    [InlineData("pkcs11:token=a;object=b", null, null, "one of them")]
    [InlineData("pkcs11:token=a;object=b", "PIN.txt", "PIN", "one of them")]
    public void A_reference_that_cannot_be_used_or_holds_a_pin_is_refused(string key, string? file, string? variable, string says) =>
        Assert.Contains(says, Assert.Throws<KeyStoreException>(() => new TokenReference(key, "-----BEGIN CERTIFICATE-----", file, variable).Checked()).Message, StringComparison.Ordinal);
}
