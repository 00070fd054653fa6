using System.Diagnostics;
using System.Net;
using DocExchange.IntegrationTests.Durability.Tracing;
using Xunit;
using Xunit.Abstractions;

namespace DocExchange.IntegrationTests.Durability;

/// <summary>The order check judged on programs whose order is known.</summary>
public sealed class SyncOrderTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task A_hundred_rows_each_synced_before_its_answer_pass()
    {
        var trace = await PrintedAsync("sqlite-writer", "--sync", "FULL", "--count", "100");

        Assert.Equal(100, trace.PrintedAnswers().Count);
        Assert.Empty(SyncOrder.Violations(trace, trace.PrintedAnswers(), CrashHostProgram.Mark));
    }

    [SkippableFact]
    public async Task Rows_that_are_never_synced_are_named_with_file_call_and_answer()
    {
        var trace = await PrintedAsync("sqlite-writer", "--sync", "OFF", "--count", "20");

        var violations = SyncOrder.Violations(trace, trace.PrintedAnswers(), CrashHostProgram.Mark);

        Assert.Contains(violations, violation =>
            violation.StartsWith("answer 7 (", StringComparison.Ordinal) && violation.Contains("rows.db-wal") && violation.Contains("pwrite64"));
    }

    [SkippableFact]
    public async Task An_answer_given_before_the_commit_is_named()
    {
        var trace = await PrintedAsync("sqlite-writer", "--ack", "early", "--count", "20");

        Assert.Contains(
            SyncOrder.Violations(trace, trace.PrintedAnswers(), CrashHostProgram.Mark),
            violation => violation.Contains("left before its submission was written"));
    }

    [SkippableTheory]
    [InlineData("on", "on", "")]
    [InlineData("on", "off", "the name bodies/b1/body-000001 was made durable")]
    [InlineData("off", "on", "bodies/b1/body-000001 were made durable")]
    public async Task A_file_counts_only_with_its_content_and_its_name_synced(string fileSync, string directorySync, string expected)
    {
        var trace = await PrintedAsync("file-writer", "--filesync", fileSync, "--dirsync", directorySync, "--count", "10");

        var violations = SyncOrder.Violations(trace, trace.PrintedAnswers(), CrashHostProgram.Mark);

        Assert.Equal(10, trace.PrintedAnswers().Count);
        Assert.Equal(expected.Length > 0, violations.Count > 0);
        Assert.True(expected.Length == 0 || violations.Any(violation => violation.Contains(expected)), string.Join('\n', violations));
    }

    [SkippableTheory]
    [InlineData("FULL", "on", true)]
    [InlineData("OFF", "on", false)]
    [InlineData("FULL", "off", false)]
    public async Task A_many_threaded_server_is_judged_by_the_first_byte_of_each_answer(string synchronous, string directorySync, bool honest)
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var data = new TestFolder();
        await using var server = await HttpTracee.RecordAsync(
            CrashHostProgram.Verb("http-writer", data.Path, "--sync", synchronous, "--dirsync", directorySync), data.Path);
        var watch = Stopwatch.StartNew();
        for (var i = 1; i <= 100; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await server.SendAsync(i, i % 5 == 0 ? 100_000 : 10_000, expectContinue: i % 3 == 0));
        }

        var took = watch.Elapsed;
        var trace = await server.FinishAsync();
        var answers = trace.HttpAnswers(server.Port);
        var violations = SyncOrder.Violations(trace, answers, CrashHostProgram.Mark);

        output.WriteLine($"100 submissions {took.TotalMilliseconds:f0} ms, {violations.Count} violations");
        Assert.Equal(100, answers.Count);
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.True(honest == (violations.Count == 0), string.Join('\n', violations.Take(5)));
    }

    private static async Task<SyscallTrace> PrintedAsync(string verb, params string[] options)
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var data = new TestFolder();
        return await CrashHostProgram.RecordAsync(CrashHostProgram.Verb(verb, data.Path, options), data.Path);
    }
}
