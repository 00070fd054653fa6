using DocExchange.IntegrationTests.Durability.PowerCuts;
using DocExchange.IntegrationTests.Durability.Tracing;
using Microsoft.Data.Sqlite;
using Xunit;
using Xunit.Abstractions;

namespace DocExchange.IntegrationTests.Durability;

/// <summary>The power-cut model judged on programs whose promise is known: it must acquit the honest ones and convict the others.</summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    private const int Cuts = 240;
    private const int Size = 3_000;

    static PowerCutTests() => SQLitePCL.Batteries_V2.Init();

    [SkippableTheory]
    [InlineData(NameOrder.Adversarial, 1_000)]
    [InlineData(NameOrder.Adversarial, 20)]
    [InlineData(NameOrder.Journalled, 20)]
    public async Task No_acknowledged_row_is_lost_when_sqlite_syncs_fully(NameOrder names, int checkpointEvery)
    {
        var trials = await SqliteTrialsAsync("FULL", new DiskRules(names), checkpointEvery);

        Assert.Equal(Cuts, trials.Count);
        Assert.All(trials, trial => Assert.True(trial.Wrong is null, $"{trial.Wrong} by {trial.Cut}"));
        Assert.True(trials.Count(trial => trial.Promised > 0) > Cuts / 2);
    }

    [SkippableTheory]
    [InlineData(NameOrder.Adversarial)]
    [InlineData(NameOrder.Journalled)]
    public async Task Lost_rows_are_detected_when_sqlite_does_not_sync(NameOrder names)
    {
        var trials = await SqliteTrialsAsync("OFF", new DiskRules(names), 1_000);

        AssertDetected(trials, atLeast: Cuts / 3);
    }

    [SkippableFact]
    public async Task Rows_acknowledged_before_their_commit_are_detected()
    {
        var trials = await SqliteTrialsAsync("FULL", new DiskRules(), 1_000, "--ack", "early");

        AssertDetected(trials, atLeast: Cuts / 10);
    }

    [SkippableFact]
    public async Task No_acknowledged_file_is_lost_when_file_and_directory_are_synced()
    {
        var trials = await FileTrialsAsync("on", "on", new DiskRules());

        Assert.Equal(Cuts, trials.Count);
        Assert.All(trials, trial => Assert.True(trial.Wrong is null, $"{trial.Wrong} by {trial.Cut}"));
    }

    [SkippableTheory]
    [InlineData("on", "off", NameOrder.Adversarial)]
    [InlineData("off", "on", NameOrder.Adversarial)]
    [InlineData("on", "off", NameOrder.Journalled)]
    public async Task Lost_files_are_detected_when_a_sync_is_left_out(string fileSync, string directorySync, NameOrder names)
    {
        var trials = await FileTrialsAsync(fileSync, directorySync, new DiskRules(names));

        AssertDetected(trials, atLeast: Cuts / 10);
    }

    [SkippableTheory]
    [InlineData("FULL", "on", true)]
    [InlineData("OFF", "on", false)]
    [InlineData("FULL", "off", false)]
    public async Task A_server_that_keeps_rows_and_bodies_is_judged_by_its_answers(string synchronous, string directorySync, bool honest)
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var data = new TestFolder();
        await using var server = await HttpTracee.RecordAsync(
            CrashHostProgram.Verb("http-writer", data.Path, "--sync", synchronous, "--dirsync", directorySync), data.Path);
        for (var i = 1; i <= 40; i++)
        {
            await server.SendAsync(i, SizeOf(i));
        }

        var trace = await server.FinishAsync();
        var trials = Try(trace, trace.HttpAnswers(server.Port), new DiskRules(), (folder, promised) =>
            CrashHostProgram.WrongRows(folder, promised, number => SizeOf(number) > 64 * 1024 ? 0 : SizeOf(number))
            ?? CrashHostProgram.WrongFiles(folder, promised.Where(number => SizeOf(number) > 64 * 1024), SizeOf(4)));

        Assert.Equal(Cuts, trials.Count);
        Assert.True(honest == trials.TrueForAll(trial => trial.Wrong is null), trials.Find(trial => trial.Wrong is not null)?.ToString());

        static int SizeOf(int number) => number % 4 == 0 ? 100_000 : 9_000;
    }

    [SkippableFact]
    public async Task The_same_seed_lays_out_the_same_folders()
    {
        var first = await SqliteTraceAsync("FULL", 20);

        Assert.Equal(Digests(first), Digests(first));

        static List<string> Digests(SyscallTrace trace) => PowerCutModel.Cut(trace, trace.PrintedAnswers(), 20, seed: 5).Select(cut =>
        {
            using var folder = new TestFolder(inMemory: true);
            var laidOut = Path.Combine(folder.Path, "cut");
            cut.LayOut(laidOut);
            return string.Join(";", Directory.GetFiles(laidOut).Order().Select(file =>
                Path.GetFileName(file) + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))));
        }).ToList();
    }

    private async Task<List<Trial>> SqliteTrialsAsync(string synchronous, DiskRules rules, int checkpointEvery, params string[] more)
    {
        var trace = await SqliteTraceAsync(synchronous, checkpointEvery, more);
        return Try(trace, trace.PrintedAnswers(), rules, (folder, promised) => CrashHostProgram.WrongRows(folder, promised, _ => Size));
    }

    private static async Task<SyscallTrace> SqliteTraceAsync(string synchronous, int checkpointEvery, params string[] more)
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var data = new TestFolder();
        return await CrashHostProgram.RecordAsync(
            CrashHostProgram.Verb(
                "sqlite-writer", data.Path, [.. more, "--sync", synchronous, "--count", "100", "--size", $"{Size}", "--checkpoint", $"{checkpointEvery}"]), data.Path);
    }

    private async Task<List<Trial>> FileTrialsAsync(string fileSync, string directorySync, DiskRules rules)
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var data = new TestFolder();
        var trace = await CrashHostProgram.RecordAsync(
            CrashHostProgram.Verb("file-writer", data.Path, "--filesync", fileSync, "--dirsync", directorySync, "--count", "50", "--size", $"{Size}"), data.Path);
        return Try(trace, trace.PrintedAnswers(), rules, (folder, promised) => CrashHostProgram.WrongFiles(folder, promised, Size));
    }

    private List<Trial> Try(SyscallTrace trace, IReadOnlyList<Answer> answers, DiskRules rules, Func<string, IEnumerable<int>, string?> judge)
    {
        var trials = new List<Trial>();
        foreach (var cut in PowerCutModel.Cut(trace, answers, Cuts, seed: 1, rules))
        {
            using var folder = new TestFolder(inMemory: true);
            var laidOut = Path.Combine(folder.Path, "cut");
            cut.LayOut(laidOut);
            trials.Add(new Trial(judge(laidOut, cut.Answered.Select(answer => answer.Number)), cut.Answered.Count, cut.ToString()));
        }

        var wrong = trials.FindAll(trial => trial.Wrong is not null);
        output.WriteLine($"{wrong.Count} of {trials.Count} cuts lost something; first: {wrong.FirstOrDefault()}");
        return trials;
    }

    private static void AssertDetected(List<Trial> trials, int atLeast)
    {
        var detected = trials.Count(trial => trial.Wrong is not null);
        Assert.True(detected >= atLeast, $"only {detected} of {trials.Count} cuts lost anything");
    }

    private sealed record Trial(string? Wrong, int Promised, string Cut);
}
