using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deque.AxeCore.Commons;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Signing;
using DocExchange.IntegrationTests.Clerk.Browser;
using DocExchange.IntegrationTests.Evidence.Exports;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>docs/verify.html in real Chromium, opened from the disk: right about what is whole, never fooled by what was altered.</summary>
public sealed class VerifyPageTests
{
    private const int Trials = 60;

    [SkippableFact]
    public async Task The_page_from_the_disk_verifies_receipts_exports_and_checkpoints_and_finds_every_altered_byte()
    {
        var program = Chromium.Find();
        Skip.If(program is null, "Chromium is not installed (Debian: apt-get install chromium).");
        await using var hub = await ExportCalls.StartAsync();
        var receipt = await hub.ReceiptAsync(await hub.SendLettersAsync(3));
        await hub.PublishAsync();
        var lines = (await ExportCalls.ExportAsync(hub, new() { ["format"] = "jsonl" })).File;
        var chosen = (await ExportCalls.ExportAsync(hub, new() { ["format"] = "asice", ["agency"] = "H30", ["packages"] = "true" })).File;
        var next = (await ExportCalls.ExportAsync(hub, new() { ["format"] = "jsonl", ["after"] = "last" })).File;
        var root = Encoding.ASCII.GetBytes(PemChain.Write([hub.Hub.Key.Chain[^1]]));
        var folder = Path.Combine(hub.LogFolder(), LogSource.TagOf(hub.Hub.Store.Log.Epochs[^1].Origin));
        var head = new[] { LogFolder.CheckpointFile, LogFolder.SignatureFile, LogFolder.ChainFile }.Select(name => (name, File.ReadAllBytes(Path.Combine(folder, name)))).ToArray();
        await using var browser = await Chromium.StartAsync(program, 900, 1100);
        await browser.OpenVerifyPageAsync();

        Assert.Equal("good", await browser.ShownAsync([("receipt.json", receipt)], root));
        Assert.Equal("good", await browser.ShownAsync([("all.jsonl", lines)], root, ("receipt.json", receipt)));
        Assert.Equal("good", await browser.ShownAsync([("next.jsonl", next)], root, ("all.jsonl", lines)));
        Assert.Equal("good", await browser.ShownAsync([("chosen.asice", chosen)], root));
        await KeepPictureAsync(browser);
        Assert.Equal("good", await browser.ShownAsync(head, root));
        Assert.Equal("open", await browser.ShownAsync([("receipt.json", receipt)], []));
        await browser.TickDeepAsync(true);
        Assert.Equal("good", await browser.ShownAsync([("all.jsonl", lines)], root));
        Assert.Contains("batches: ok", await browser.ClaimsAsync());
        await browser.TickDeepAsync(false);
        Assert.Equal("good", await browser.ShownAsync([("all.jsonl", lines)], root));
        Assert.DoesNotContain("batches: ok", await browser.ClaimsAsync());

        Assert.Equal("bad", await browser.ShownAsync([("cut.jsonl", lines[..^2])], root));
        Assert.Equal("bad", await browser.ShownAsync([("chosen.asice", Altered(chosen, chosen.AsSpan().IndexOf("receipts.csv"u8) + 40))], root));
        using var stranger = SampleCertificates.CreateAuthority("Another root", DateTimeOffset.UtcNow);
        Assert.Equal("bad", await browser.ShownAsync([("receipt.json", receipt)], Encoding.ASCII.GetBytes(stranger.Certificate.ExportCertificatePem())));
        foreach (var whole in new[] { receipt, lines })
        {
            var random = new Random(7);
            var outcomes = (JsonArray)(await browser.AskAsync($$"""
                (async () => {
                  const whole = base64("{{Convert.ToBase64String(whole)}}"), root = new File([base64("{{Convert.ToBase64String(root)}}")], "root.pem"), found = [];
                  for (const at of {{JsonSerializer.Serialize(Enumerable.Range(0, Trials).Select(_ => random.Next(whole.Length)))}}) {
                    const altered = whole.slice(); altered[at] ^= 1 << at % 8;
                    found.push(at + " " + (await verify([new File([altered], "x")], [root], [])).sum);
                  }
                  return found;
                })()
                """))!;
            Assert.All(outcomes, one => Assert.EndsWith(" bad", one!.GetValue<string>(), StringComparison.Ordinal));
        }
        await browser.AskAsync(new BundledAxeScriptProvider().GetScript() + "; 0");
        var violations = (JsonArray)(await browser.AskAsync("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', ')))"))!;
        Assert.Empty(violations.Select(one => one!.GetValue<string>()));
        Assert.Empty((JsonArray)(await browser.AskAsync("performance.getEntriesByType('resource').map(r => r.name)"))!);
    }

    [Fact]
    public async Task The_hub_serves_the_same_file_to_everybody_and_lets_it_call_nobody()
    {
        await using var hub = await TestHub.StartAsync();
        using var answer = await hub.Http.GetAsync(new Uri(hub.Address, "verify.html"));
        Assert.Equal(File.ReadAllBytes(RepositoryFiles.PathOf("docs", "verify.html")), await answer.Content.ReadAsByteArrayAsync());
        Assert.StartsWith("default-src 'none'; script-src 'unsafe-inline'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private static byte[] Altered(byte[] bytes, int at)
    {
        var altered = (byte[])bytes.Clone();
        altered[at] ^= 1;
        return altered;
    }

    private static async Task KeepPictureAsync(Chromium browser)
    {
        if (Environment.GetEnvironmentVariable("DOCEXCHANGE_SCREENSHOTS") is { Length: > 0 } folder) await File.WriteAllBytesAsync(Path.Combine(folder, "verify-page.png"), await browser.PictureAsync());
    }
}
