using System.Collections.Concurrent;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Hub.Evidence;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using Microsoft.Extensions.DependencyInjection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>The signing key changes while documents come in: no receipt of before or after fails, and the change is in the log.</summary>
public sealed class KeyRolloverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Keys_are_exchanged_under_load_without_a_receipt_that_fails_or_changes() => ExchangeUnderLoadAsync(
        () => Task.FromResult<string[]>([]),
        async () => ["--p12", await RsaKeyAsync(), "--passphrase-file", _folder.At("phrase")],
        () => Task.FromResult<string[]>([]));

    [SkippableFact]
    public async Task The_key_moves_from_a_file_to_a_token_to_another_on_it_and_back_under_load()
    {
        Skip.IfNot(SoftToken.IsInstalled, SoftToken.Missing);
        using var token = new SoftToken();

        await ExchangeUnderLoadAsync(
            () => Task.FromResult(token.Rotate("ec-key", isRsa: false)),
            () => Task.FromResult(token.Rotate("rsa-key", isRsa: true)),
            () => Task.FromResult<string[]>([]));

        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories), SoftToken.HoldsPin);
    }

    private async Task ExchangeUnderLoadAsync(params Func<Task<string[]>>[] changes)
    {
        var data = _folder.At("data");
        await using var hub = await TestHub.StartAsync(data);
        var roots = new ConcurrentBag<X509Certificate2>(hub.Root());
        var receipts = new ConcurrentDictionary<string, byte[]>();
        using var ending = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!ending.IsCancellationRequested)
            {
                var id = (await hub.PostPackageAsync(new Letter().Bytes)).Is(201).ReceiptId;
                receipts[id] = await hub.ReceiptAsync(id);
            }
        })).ToList();
        var file = hub.Hub.Services.GetRequiredService<SigningKeyFile>();
        var keys = new HashSet<string> { file.Current.KeyId };
        foreach (var change in changes)
        {
            await MoreAsync();
            Assert.Equal(0, await KeysCommand.RunAsync(["rotate", .. await change(), "--data", data]));
            // Whoever takes it up first, the test or the hub's own duty.
            await file.ReloadAsync();
            foreach (var root in hub.Root()) roots.Add(root);
            Assert.True(keys.Add(file.Current.KeyId));
        }
        await MoreAsync();
        await ending.CancelAsync();
        await Task.WhenAll(senders);

        foreach (var (id, bytes) in receipts)
        {
            var verdict = ReceiptVerifier.Verify(bytes, [.. roots]);
            Assert.True(verdict.Trusted, string.Join("; ", verdict.Checks.Select(check => check.English)));
            Assert.Equal(bytes, await hub.ReceiptAsync(id));
        }
        Assert.Equal(changes.Length + 1, receipts.Values.Select(r => Convert.ToHexString(ReceiptFormat.TryParse(r, out _)!.Chain[0])).Distinct().Count());
        Assert.Equal(changes.Length, CountOf(hub, EvidenceEvents.SigningKeyChanged));

        Task MoreAsync()
        {
            var wanted = receipts.Count + 20;
            return UntilAsync(() => receipts.Count >= wanted);
        }
    }

    [Fact]
    public async Task A_key_exchanged_while_the_hub_is_stopped_is_in_the_log_as_well_and_an_unusable_one_changes_nothing()
    {
        string receipt;
        byte[] before;
        await using (var hub = await TestHub.StartAsync(_folder.Path))
        {
            receipt = await hub.SendLettersAsync(1);
            before = await hub.ReceiptAsync(receipt);
            await File.WriteAllTextAsync(_folder.At("phrase"), "wrong");
            await Assert.ThrowsAsync<StartRefusedException>(async () => await KeysCommand.RunAsync(["rotate", "--p12", await RsaKeyAsync(), "--passphrase-file", _folder.At("none"), "--data", _folder.Path]));
            Assert.False(await hub.Hub.Services.GetRequiredService<SigningKeyFile>().ReloadAsync());
        }
        Assert.Equal(0, await KeysCommand.RunAsync(["rotate", "--data", _folder.Path]));

        await using var again = await TestHub.StartAsync(_folder.Path);
        await again.SendLettersAsync(1);

        Assert.Equal(before, await again.ReceiptAsync(receipt));
        Assert.Equal(1, CountOf(again, EvidenceEvents.SigningKeyChanged));
    }

    [Fact]
    public async Task After_a_compromise_the_notice_makes_unstamped_receipts_unproven_and_those_of_the_new_log_stand()
    {
        string old, keyId, notice;
        byte[] receipt;
        X509Certificate2Collection roots;
        await using (var hub = await TestHub.StartAsync(_folder.Path))
        {
            old = hub.Hub.Store.Origin;
            (keyId, roots) = (hub.Hub.Key.KeyId, hub.Root());
            receipt = await hub.ReceiptAsync(await hub.SendLettersAsync(1));
        }
        string[] command = ["compromised", keyId, "--since", EvidenceTime.Write(DateTimeOffset.UtcNow.AddDays(-1)), "--data", _folder.Path];
        Assert.Contains("still signs", (await Assert.ThrowsAsync<StartRefusedException>(() => KeysCommand.RunAsync(command))).Message, StringComparison.Ordinal);
        Assert.Equal(0, await KeysCommand.RunAsync(["rotate", "--data", _folder.Path]));

        Assert.Equal(0, await KeysCommand.RunAsync(command));

        notice = Path.Combine(_folder.Path, $"key-compromised-{keyId}.json");
        await using var after = await TestHub.StartAsync(_folder.Path);
        Assert.NotEqual(old, after.Hub.Store.Origin);
        foreach (var root in after.Root()) roots.Add(root);
        var verdict = ReceiptVerifier.Verify(await File.ReadAllBytesAsync(notice), roots);
        Assert.True(verdict.Trusted);
        var compromised = CompromisedKey.Of(EvidenceEntry.TryParse(verdict.Receipt!.Entry));
        Assert.Equal(keyId, compromised!.KeyId);
        Assert.Equal(CheckOutcome.Unproven, Assert.Single(SupplementVerifier.WithoutSupplement(ReceiptFormat.TryParse(receipt, out _)!, [compromised])).Outcome);
        var fresh = ReceiptFormat.TryParse(await after.ReceiptAsync(await after.SendLettersAsync(1)), out _)!;
        Assert.Empty(SupplementVerifier.WithoutSupplement(fresh, [compromised]));
    }

    private async Task<string> RsaKeyAsync()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=rsa hub", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        await File.WriteAllTextAsync(_folder.At("phrase"), "given");
        await File.WriteAllBytesAsync(_folder.At("rsa.p12"), certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, "given"));
        return _folder.At("rsa.p12");
    }

    private static long CountOf(TestHub hub, string name)
    {
        using var database = DocExchange.Storage.Sqlite.Database.Open(Path.Combine(hub.Folder, "store", "exchange.db"), readOnly: true);
        return database.Prepare("SELECT count(*) FROM log WHERE instr(entry, CAST(?1 AS BLOB)) > 0").Bind(1, name).RunScalar()!.Value;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var deadline = DateTimeOffset.UtcNow.AddMinutes(3);
        while (!holds() && DateTimeOffset.UtcNow < deadline) await Task.Delay(20);
        Assert.True(holds(), "The senders did not get on.");
    }
}
