using System.Text.Json;
using System.Text.Json.Nodes;
using DocExchange.IntegrationTests.Clerk.Browser;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>docs/verify.html as a person uses it.</summary>
internal static class VerifyPageCalls
{
    public static Task OpenVerifyPageAsync(this Chromium browser) => browser.OpenAsync(new Uri(RepositoryFiles.PathOf("docs", "verify.html")).AbsoluteUri);

    /// <summary>Puts files into the page's own fields, and waits for its answer.</summary>
    public static async Task<string> ShownAsync(this Chromium browser, (string Name, byte[] Bytes)[] files, byte[] root, params (string Name, byte[] Bytes)[] held) =>
        (await browser.AskAsync($$"""
            (async () => {
              document.getElementById("answer").hidden = true;
              const put = (id, files) => { const all = new DataTransfer(); for (const [name, bytes] of files) all.items.add(new File([base64(bytes)], name)); document.getElementById(id).files = all.files; };
              put("files", {{Files(files)}}); put("roots", {{Files(root.Length == 0 ? [] : [("root.pem", root)])}}); put("held", {{Files(held)}});
              document.getElementById("files").dispatchEvent(new Event("change"));
              while (document.getElementById("answer").hidden) await new Promise(shown => requestAnimationFrame(shown));
              return document.getElementById("sum").className;
            })()
            """))!.GetValue<string>();

    /// <summary>Ticks or unticks the check of every batch.</summary>
    public static Task TickDeepAsync(this Chromium browser, bool on) => browser.AskAsync($"document.getElementById('deep').checked = {(on ? "true" : "false")}");

    public static Task WitnessRootAsync(this Chromium browser, byte[] pem) =>
        browser.AskAsync($$"""(() => { const all = new DataTransfer(); all.items.add(new File([base64("{{Convert.ToBase64String(pem)}}")], "witness.pem")); document.getElementById("witnesses").files = all.files; })()""");

    /// <summary>Gives the page a folder: files below a name, as the browser gives those of a folder that was chosen.</summary>
    public static async Task<string> FolderShownAsync(this Chromium browser, string folder, byte[] root)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => ("mirror/" + Path.GetRelativePath(folder, file), File.ReadAllBytes(file)));
        return (await browser.AskAsync($$"""
            (async () => {
              const folder = {{Files(files)}}.map(([path, bytes]) => Object.defineProperty(new File([base64(bytes)], path.split("/").at(-1)), "webkitRelativePath", { value: path }));
              const claims = await verify([], [new File([base64("{{Convert.ToBase64String(root)}}")], "root.pem")], [], { folder });
              show(claims);
              return claims.sum;
            })()
            """))!.GetValue<string>();
    }

    public static async Task<IReadOnlyList<string>> ClaimsAsync(this Chromium browser) =>
        [.. ((JsonArray)(await browser.AskAsync("[...document.querySelectorAll('#claims strong')].map(one => one.textContent)"))!).Select(one => one!.GetValue<string>())];

    private static string Files(IEnumerable<(string Name, byte[] Bytes)> files) => JsonSerializer.Serialize(files.Select(file => new[] { file.Name, Convert.ToBase64String(file.Bytes) }));
}
