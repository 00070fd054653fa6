using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Signing;
using DocExchange.IntegrationTests.Clerk.Browser;
using DocExchange.IntegrationTests.Evidence.Exports;
using DocExchange.IntegrationTests.Hub;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>docs/verify.html checks what <c>dex verify</c> checks besides: mirrored logs, what came after a receipt, and every batch.</summary>
public sealed class VerifyPageLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task The_page_verifies_mirrored_logs_and_supplements_and_finds_what_was_altered()
    {
        var program = Chromium.Find();
        Skip.If(program is null, "Chromium is not installed (Debian: apt-get install chromium).");
        using var key = KeyStore.OpenOrCreate(_folder.At("witness/keys"), "Thanh tra", TimeProvider.System, allowSample: true);
        var witnessRoot = _folder.At("witness.pem");
        await File.WriteAllTextAsync(witnessRoot, PemChain.Write([key.Chain[^1]]));
        await using var hub = await TestHub.StartAsync(configure: options => (options.Witnesses, options.WitnessRoots) = ([_folder.At("witness")], witnessRoot));
        var receipt = await hub.SendLettersAsync(1);
        await hub.FillAsync(300);
        await hub.PublishAsync();
        await new LogWitness(new LogSource(hub.LogFolder(), _http), _folder.At("witness"), key, hub.Root(), TimeProvider.System).ObserveAsync(default);
        Assert.Empty(await hub.Hub.Services.GetRequiredService<CosignatureCollector>().CollectAsync(default));
        var root = Encoding.ASCII.GetBytes(PemChain.Write([hub.Hub.Key.Chain[^1]]));
        await using var browser = await Chromium.StartAsync(program, 900, 1100);
        await browser.OpenVerifyPageAsync();

        var (first, later) = (("receipt.json", await hub.ReceiptAsync(receipt)), ("supplement.json", await hub.SupplementAsync(receipt)));
        Assert.Equal("open", await browser.ShownAsync([first, later], root));
        await browser.WitnessRootAsync(await File.ReadAllBytesAsync(witnessRoot));
        Assert.Equal("good", await browser.ShownAsync([later, first], root));
        Assert.Contains("witness: ok", await browser.ClaimsAsync());
        await KeepPictureAsync(browser, "verify-page-supplement");
        Assert.Equal("bad", await browser.ShownAsync([("receipt.json", await hub.ReceiptAsync(await hub.SendLettersAsync(1))), later], root));
        Assert.Equal("bad", await browser.ShownAsync([later], root));
        Assert.Equal("bad", await browser.ShownAsync([first, ("supplement.json", Altered(later.Item2, later.Item2.Length / 2))], root));

        var mirror = _folder.At("mirror");
        EvidenceCalls.CopyFolder(hub.LogFolder(), mirror);
        Assert.Equal("good", await browser.FolderShownAsync(mirror, root));
        Assert.Contains("tiles: ok", await browser.ClaimsAsync());
        await browser.ResizeAsync(360, 740);
        await KeepPictureAsync(browser, "phone-verify-page");
        foreach (var file in Directory.EnumerateFiles(mirror, "*", SearchOption.AllDirectories).Where(file => !file.Contains("cosigned", StringComparison.Ordinal) && !file.EndsWith(".pem", StringComparison.Ordinal)))
        {
            var whole = await File.ReadAllBytesAsync(file);
            await File.WriteAllBytesAsync(file, Altered(whole, whole.Length / 2));
            Assert.True(await browser.FolderShownAsync(mirror, root) == "bad", file);
            await File.WriteAllBytesAsync(file, whole);
        }
        File.Delete(Directory.EnumerateFiles(mirror, "000", SearchOption.AllDirectories).First());
        Assert.Equal("bad", await browser.FolderShownAsync(mirror, root));
    }

    [SkippableFact]
    public async Task The_deep_check_of_the_page_finds_the_batch_that_another_signed()
    {
        var program = Chromium.Find();
        Skip.If(program is null, "Chromium is not installed (Debian: apt-get install chromium).");
        await using var hub = await ExportCalls.StartAsync();
        await hub.SendLettersAsync(2);
        var lines = (await ExportCalls.ExportAsync(hub, new() { ["format"] = "jsonl" })).File;
        var parsed = Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        var signer = parsed.First(line => line["signer"] is not null);
        var batch = parsed.First(line => line["batch"] is not null);
        await using var browser = await Chromium.StartAsync(program, 900, 1100);
        await browser.OpenVerifyPageAsync();

        var found = await browser.AskAsync($$"""
            (() => {
              const signer = {{signer.ToJsonString()}}, batch = {{batch.ToJsonString()}}, head = checkpoint(batch.checkpoint), roots = [base64(signer.chain.at(-1))];
              const sum = change => { const batches = new Batches(true, roots), bytes = base64(batch.signature); change(bytes); batches.name(signer.signer, signer.chain); batches.take(batch.batch, head, btoa(String.fromCharCode(...bytes))); return batches.fault; };
              return JSON.stringify([sum(() => {}), sum(bytes => { bytes[bytes.length - 3] ^= 1; }), head.size]);
            })()
            """);

        var outcome = JsonSerializer.Deserialize<long?[]>(found!.GetValue<string>())!;
        Assert.Null(outcome[0]);
        Assert.Equal(outcome[2], outcome[1]);
    }

    private static byte[] Altered(byte[] bytes, int at)
    {
        var altered = (byte[])bytes.Clone();
        altered[at] ^= 1;
        return altered;
    }

    private static async Task KeepPictureAsync(Chromium browser, string name)
    {
        if (Environment.GetEnvironmentVariable("DOCEXCHANGE_SCREENSHOTS") is { Length: > 0 } folder) await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), await browser.PictureAsync());
    }
}
