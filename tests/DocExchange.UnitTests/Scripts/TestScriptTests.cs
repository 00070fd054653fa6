using System.Diagnostics;
using Xunit;

namespace DocExchange.UnitTests.Scripts;

/// <summary>
/// Guards against the worst failure of a test command: to say that all is well when a runner crashed or nothing ran. Runs the real
/// <c>./test</c> in a folder of its own, against a stand-in for dotnet that leaves the given result file and exit code.
/// </summary>
public sealed class TestScriptTests : IDisposable
{
    private const string Passed = """<UnitTestResult executionId="1" testName="A.Passes(text: &quot;a &lt; b&quot;)" duration="00:00:00.1" outcome="Passed" />""";

    private const string Skipped = """
        <UnitTestResult executionId="2" testName="A.Skips" outcome="NotExecuted">
          <Output><StdOut>noise</StdOut><ErrorInfo><Message>strace is &lt;absent&gt; here.</Message></ErrorInfo></Output>
        </UnitTestResult>
        """;

    private const string Failed = """
        <UnitTestResult executionId="3" testName="A.Fails" outcome="Failed"><Output><ErrorInfo><Message>outcome="Passed"</Message></ErrorInfo></Output></UnitTestResult>
        """;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "dx-" + Guid.NewGuid().ToString("N"));

    [SkippableFact]
    public void The_last_line_counts_every_outcome()
    {
        var (code, lines) = Run(Passed + Passed + Skipped, exitCode: 0);
        Assert.Equal("2 passed, 0 failed, 1 skipped", lines[^1]);
        Assert.Equal(0, code);
        Assert.Equal(["Skipped:", "  strace is <absent> here.", "    A.Skips"], lines[^4..^1]);
    }

    [SkippableFact]
    public void What_a_test_measured_stands_before_the_last_line()
    {
        const string measured = """
            <UnitTestResult executionId="4" testName="A.Kills" outcome="Passed"><Output><StdOut>200 kills
            figure: ready again: p50 0.70 s, max 1.90 s
            more</StdOut></Output></UnitTestResult>
            """;
        Assert.Equal(["Figures:", "  ready again: p50 0.70 s, max 1.90 s", "1 passed, 0 failed, 0 skipped"], Run(measured, 0).Lines[^3..]);
    }

    [SkippableFact]
    public void A_failed_test_fails_the_command_and_is_named()
    {
        var (code, lines) = Run(Passed + Failed, exitCode: 1);
        Assert.Equal("1 passed, 1 failed, 0 skipped", lines[^1]);
        Assert.NotEqual(0, code);
        Assert.Contains("  A.Fails", lines);
    }

    [SkippableFact]
    public void A_failed_test_fails_the_command_even_if_the_runner_says_otherwise() => Assert.NotEqual(0, Run(Passed + Failed, exitCode: 0).Code);

    [SkippableFact]
    public void A_runner_that_crashes_after_passing_tests_fails_the_command()
    {
        var (code, lines) = Run(Passed, exitCode: 134);
        Assert.Equal("1 passed, 0 failed, 0 skipped", lines[^1]);
        Assert.NotEqual(0, code);
    }

    [SkippableTheory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Skipped)]
    public void A_run_of_nothing_fails_the_command(string? results)
    {
        var (code, lines) = Run(results, exitCode: 0);
        Assert.StartsWith("0 passed, 0 failed", lines[^1], StringComparison.Ordinal);
        Assert.NotEqual(0, code);
    }

    [SkippableFact]
    public void Help_is_the_comment_at_the_top()
    {
        var (code, lines) = Run(null, 0, "--help");
        Assert.Equal(0, code);
        Assert.StartsWith("./test", lines[0], StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private (int Code, string[] Lines) Run(string? results, int exitCode, string option = "--unit")
    {
        Skip.If(OperatingSystem.IsWindows(), "The commands are shell scripts.");
        var source = Root();
        Directory.CreateDirectory(Path.Combine(_folder, "tools"));
        Directory.CreateDirectory(Path.Combine(_folder, "bin"));
        foreach (var file in new[] { "test", "tools/shell.sh", "tools/trx.awk" }) File.Copy(Path.Combine(source, file), Path.Combine(_folder, file));
        if (results is not null)
        {
            File.WriteAllText(
                Path.Combine(_folder, "results.trx"), $"""<?xml version="1.0"?><TestRun><Results>{results}</Results><ResultSummary outcome="Completed"/></TestRun>""");
        }
        var dotnet = Path.Combine(_folder, "bin", "dotnet");
        File.WriteAllText(dotnet, $$"""
            #!/usr/bin/env bash
            [ "$1" = test ] || exit 0
            folder=
            while [ $# -gt 0 ]; do if [ "$1" = --results-directory ]; then folder="$2"; fi; shift; done
            if [ -e '{{_folder}}/results.trx' ]; then cp '{{_folder}}/results.trx' "$folder/DocExchange.UnitTests.trx"; fi
            exit {{exitCode}}
            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var start = new ProcessStartInfo("bash", [Path.Combine(_folder, "test"), option]) { RedirectStandardOutput = true, WorkingDirectory = "/" };
        start.Environment["PATH"] = $"{Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return (process.ExitCode, lines);
    }

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "DocExchange.sln"))) return at.FullName;
        Skip.If(true, "The tests run outside the repository, where there are no commands.");
        return "";
    }
}
