using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DocExchange.IntegrationTests.Docs;

/// <summary>
/// A newcomer types what docs/tutorial.md says and sees what it says: the hub is started by ./run, every block marked <c>sh</c> is run by one
/// shell in order, and the lines of a <c>text</c> block must stand in the output of the block before it (<c>...</c> = anything).
/// </summary>
public sealed partial class TutorialTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("docexchange-tutorial-").FullName;
    private readonly StringBuilder _said = new();
    private readonly Process _hub;

    public TutorialTests()
    {
        var start = new ProcessStartInfo("bash", ["./run", "--port", Ports.Free(inARow: 2).ToString(CultureInfo.InvariantCulture), "--data", Data])
        {
            WorkingDirectory = RepositoryFiles.PathOf(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _hub = Process.Start(start)!;
        _hub.OutputDataReceived += (_, line) => Note(line.Data);
        _hub.ErrorDataReceived += (_, line) => Note(line.Data);
        _hub.BeginOutputReadLine();
        _hub.BeginErrorReadLine();
    }

    private string Data => Path.Combine(_folder, "data");

    public void Dispose()
    {
        _hub.Kill(entireProcessTree: true);
        _hub.WaitForExit();
        _hub.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_command_of_the_tutorial_does_what_the_tutorial_says()
    {
        var hub = await AddressAsync();
        var blocks = BlocksOf(await File.ReadAllTextAsync(RepositoryFiles.PathOf("docs", "tutorial.md")));
        Assert.True(blocks.Count > 10, "The tutorial has hardly any commands.");

        var (output, code) = await RunAsync(ScriptOf(blocks), hub);

        Assert.True(code == 0, $"The tutorial's shell ended with {code}:\n{output}");
        var parts = output.Split(Marker);
        for (var i = 0; i < blocks.Count; i++)
        {
            foreach (var line in blocks[i].Expected)
            {
                var pattern = string.Join(".*", Spaces().Split(line.Trim()).Select(word => word == "..." ? ".*" : Regex.Escape(word).Replace(@"\.\.\.", ".*")));
                Assert.True(Regex.IsMatch(parts[i], pattern), $"After\n{blocks[i].Commands}\nthere should stand\n{line}\nbut it was\n{parts[i]}");
            }
        }
    }

    private const string Marker = "=== next block ===\n";

    /// <summary>The commands as they are, but for the address and the folders, in a directory of their own with the repository's files in view.</summary>
    private string ScriptOf(IEnumerable<Block> blocks)
    {
        var script = new StringBuilder("set -eu\nfor entry in dex schemas certs-sample; do ln -s \"$REPOSITORY/$entry\" .; done\n");
        foreach (var block in blocks) script.Append(block.Commands).Append("\necho \"").Append(Marker.TrimEnd()).Append("\"\n");
        return script.ToString().Replace("\nHUB=http://127.0.0.1:8080\nDATA=data\n", "\nHUB=$DEX_HUB\nDATA=$DEX_DATA\n").Replace("./dex ", "bash $REPOSITORY/dex ");
    }

    private async Task<(string Output, int Code)> RunAsync(string script, string hub)
    {
        var work = Directory.CreateDirectory(Path.Combine(_folder, "work")).FullName;
        var start = new ProcessStartInfo("bash", ["-c", "exec 2>&1\n" + script]) { WorkingDirectory = work, RedirectStandardOutput = true };
        start.Environment["REPOSITORY"] = RepositoryFiles.PathOf();
        start.Environment["DEX_HUB"] = hub;
        start.Environment["DEX_DATA"] = Data;
        using var shell = Process.Start(start)!;
        using var late = new CancellationTokenSource(Patience);
        var output = await shell.StandardOutput.ReadToEndAsync(late.Token);
        await shell.WaitForExitAsync(late.Token);
        return (output, shell.ExitCode);
    }

    private async Task<string> AddressAsync()
    {
        var late = Stopwatch.StartNew();
        while (late.Elapsed < Patience)
        {
            lock (_said)
            {
                if (Address().Match(_said.ToString()) is { Success: true } found) return found.Groups[1].Value;
            }
            Assert.False(_hub.HasExited, "./run ended: " + _said);
            await Task.Delay(100);
        }
        throw new TimeoutException("./run was not ready: " + _said);
    }

    private void Note(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }

    private static List<Block> BlocksOf(string page)
    {
        var blocks = new List<Block>();
        foreach (var fence in Fences().Matches(page).Cast<Match>())
        {
            if (fence.Groups["kind"].Value == "sh") blocks.Add(new Block(fence.Groups["text"].Value, []));
            else blocks[^1] = blocks[^1] with { Expected = [.. blocks[^1].Expected, .. fence.Groups["text"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)] };
        }
        return blocks;
    }

    private sealed record Block(string Commands, IReadOnlyList<string> Expected);

    [GeneratedRegex("^```(?<kind>sh|text)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"look-up page\s+(http://\S+?)/\s")]
    private static partial Regex Address();
}
