using System.Text.Json.Nodes;
using Deque.AxeCore.Commons;

namespace DocExchange.IntegrationTests.Clerk.Browser;

/// <summary>A browser for a test, and what holds for every page in it: the hub's style, nothing sideways, nothing foreign, nothing axe objects to.</summary>
internal static class BrowserPages
{
    private const string NoBrowser = "Chromium is not installed (Debian: apt-get install chromium).";

    public static async Task<Chromium> OpenAsync(int width, int height)
    {
        var program = Chromium.Find();
        Skip.If(program is null, NoBrowser);
        return await Chromium.StartAsync(program, width, height);
    }

    public static async Task CheckAsync(Chromium browser, string name, bool keep = true)
    {
        var style = (await browser.AskAsync("getComputedStyle(document.querySelector('.bar')).borderBottomWidth"))!.GetValue<string>();
        Assert.Equal("4px", style);
        Assert.True((await browser.AskAsync("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))!.GetValue<bool>(), name + " scrolls sideways");
        // The link to the account was once drawn as a box broken over two lines.
        Assert.Equal(0, (await browser.AskAsync("[...document.querySelectorAll('.bar a, .bar button')].filter(e => e.getClientRects().length !== 1).length"))!.GetValue<int>());
        var foreign = (JsonArray)(await browser.AskAsync("performance.getEntriesByType('resource').map(r => r.name).filter(n => !n.startsWith(location.origin))"))!;
        Assert.Empty(foreign);
        if (keep && Environment.GetEnvironmentVariable("DOCEXCHANGE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, $"clerk-{name}.png"), await browser.PictureAsync());
        }
        await browser.AskAsync(new BundledAxeScriptProvider().GetScript() + "; 0");
        var violations = (JsonArray)(await browser.AskAsync(
            "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.target.join(' ')).join(', ')))"))!;
        Assert.True(violations.Count == 0, name + ": " + string.Join("; ", violations.Select(v => v!.GetValue<string>())));
    }
}
