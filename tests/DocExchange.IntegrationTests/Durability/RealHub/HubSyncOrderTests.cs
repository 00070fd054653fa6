using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using DocExchange.IntegrationTests.Durability.Tracing;
using Xunit.Abstractions;

namespace DocExchange.IntegrationTests.Durability.RealHub;

/// <summary>Proof (b): no byte of an answer leaves the hub before body, name and log file are on the disk; judged by the hub's own system calls.</summary>
public sealed partial class HubSyncOrderTests(ITestOutputHelper output)
{
    private const int Submissions = 100;

    [SkippableTheory]
    [InlineData("FULL", "on", "")]
    [InlineData("OFF", "on", "exchange\\.db-wal were made durable")]
    [InlineData("FULL", "off", "the name bodies/[0-9a-f]{2}/[0-9a-f]{64} was made durable")]
    public async Task A_hundred_submissions_are_answered_after_their_syncs_and_only_an_honest_hub_passes(string synchronous, string directorySync, string expected)
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var data = new TestFolder();
        await using var hub = await HubTracee.RecordAsync(data.Path, "--sync", synchronous, "--dirsync", directorySync, "--checkpoint", "300");
        var watch = Stopwatch.StartNew();
        for (var i = 1; i <= Submissions; i++)
        {
            var answer = await hub.SendAsync(TestPackage.Document(i, i % 2 == 0 ? TestPackage.FileSize : 3_000));
            Assert.True(answer.Refusal is null, answer.Refusal?.Text);
        }
        var took = watch.Elapsed;
        var trace = await hub.FinishAsync();
        var answers = trace.HttpAnswers(hub.Port);

        var violations = SyncOrder.Violations(trace, answers, DocIdOf);

        output.WriteLine($"sync {synchronous}, directories {directorySync}: {Submissions} submissions in {took.TotalSeconds:f1} s under the tracer, {violations.Count} violations");
        Assert.Equal(Submissions, answers.Count);
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.True(expected.Length > 0 || violations.Count == 0, string.Join('\n', violations.Take(5)));
        Assert.True(expected.Length == 0 || violations.Any(violation => Regex.IsMatch(violation, expected)), string.Join('\n', violations.Take(5)));
        Assert.Equal(Submissions / 2, trace.Events.OfType<NameMoved>().Count(moved => moved.To.Contains("/bodies/")));
    }

    /// <summary>The hub's number of the document: nobody can write it before the commit, which puts it into the log.</summary>
    private static byte[] DocIdOf(Answer answer) =>
        DocId().Match(answer.Event.Text) is { Success: true } found ? Encoding.ASCII.GetBytes(found.Groups[1].Value) : throw new InvalidOperationException(answer.Event.Text);

    [GeneratedRegex("\"DocId\":\"([0-9a-f]{24})\"")]
    private static partial Regex DocId();
}
