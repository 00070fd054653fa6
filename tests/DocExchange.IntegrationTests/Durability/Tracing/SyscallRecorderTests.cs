using System.Diagnostics;
using DocExchange.IntegrationTests.Durability.PowerCuts;
using Xunit;
using Xunit.Abstractions;

namespace DocExchange.IntegrationTests.Durability.Tracing;

/// <summary>The recorder against the machine: what it saw must be what happened.</summary>
public sealed class SyscallRecorderTests(ITestOutputHelper output)
{
    [SkippableTheory]
    [InlineData("sqlite-writer", "--checkpoint", "20")]
    [InlineData("sqlite-writer", "--sync", "OFF")]
    [InlineData("file-writer", "--dirsync", "off")]
    public async Task The_replayed_folder_equals_the_real_one_byte_for_byte(string verb, string option, string value)
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var data = new TestFolder();
        var trace = await CrashHostProgram.RecordAsync(CrashHostProgram.Verb(verb, data.Path, "--count", "60", option, value), data.Path);

        Assert.Equal(Contents(data.Path), Replayed(trace));
    }

    [SkippableFact]
    public async Task A_killed_program_leaves_a_record_up_to_its_last_call()
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var data = new TestFolder();
        using var recorder = SyscallRecorder.Start(CrashHostProgram.Verb("file-writer", data.Path, "--count", "1000000"), data.Path);
        for (var line = 0; line < 20; line++)
        {
            Assert.Equal($"ack {line + 1}", await recorder.Process.StandardOutput.ReadLineAsync());
        }

        using (var program = Process.GetProcessById(recorder.ProgramId))
        {
            program.Kill();
        }

        var trace = await recorder.FinishAsync();

        Assert.True(trace.PrintedAnswers().Count >= 20);
        Assert.Empty(SyncOrder.Violations(trace, trace.PrintedAnswers(), CrashHostProgram.Mark));
    }

    [SkippableFact]
    public async Task Recording_a_hundred_submissions_costs_seconds_not_minutes()
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var plainData = new TestFolder();
        using var tracedData = new TestFolder();
        await using var plain = await HttpTracee.StartAsync(CrashHostProgram.Verb("http-writer", plainData.Path));
        await using var traced = await HttpTracee.RecordAsync(CrashHostProgram.Verb("http-writer", tracedData.Path), tracedData.Path);

        var without = await SubmitAsync(plain);
        var with = await SubmitAsync(traced);

        output.WriteLine($"100 submissions of 10 kB: {without.TotalMilliseconds:f0} ms alone, {with.TotalMilliseconds:f0} ms recorded");
        Assert.InRange(with, TimeSpan.Zero, without * 20 + TimeSpan.FromSeconds(60));

        static async Task<TimeSpan> SubmitAsync(HttpTracee server)
        {
            await server.SendAsync(1_000, 10_000);
            var watch = Stopwatch.StartNew();
            for (var i = 1; i <= 100; i++)
            {
                await server.SendAsync(i, 10_000);
            }

            return watch.Elapsed;
        }
    }

    private static SortedDictionary<string, string> Replayed(SyscallTrace trace)
    {
        var disk = new DiskModel(trace.Root, new DiskRules());
        new Replay(trace, disk).To(int.MaxValue);
        disk.Returned(new FileSynced("sync", 0, int.MaxValue, trace.Root, Everything: true) { End = int.MaxValue });
        using var folder = new TestFolder();
        var laidOut = Path.Combine(folder.Path, "all");
        new PowerCut(int.MaxValue, 1, disk, new DiskRules(), []).LayOut(laidOut);
        return Contents(laidOut);
    }

    private static SortedDictionary<string, string> Contents(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(folder, file),
            file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);
}
