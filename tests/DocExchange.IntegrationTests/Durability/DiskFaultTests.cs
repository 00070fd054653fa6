using System.Net;
using DocExchange.CrashHost;
using DocExchange.IntegrationTests.Durability.Tracing;
using Xunit;

namespace DocExchange.IntegrationTests.Durability;

/// <summary>The faults judged on a plain SQLite writer: they must really hit, and what was acknowledged before must be there afterwards.</summary>
public sealed class DiskFaultTests
{
    private const int Size = 3_000;
    private const int BodySize = 9_000;

    static DiskFaultTests() => SQLitePCL.Batteries_V2.Init();

    public static TheoryData<string, DiskFault, string> Faults => new()
    {
        { "fsync fails once", DiskFault.SyncFails(20), "disk I/O error" },
        { "disk full", DiskFault.DiskFull(60), "full" },
        { "read-only", DiskFault.ReadOnly(60), "readonly|I/O error" },
    };

    [SkippableTheory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_refused_and_what_was_acknowledged_before_is_there(string name, DiskFault fault, string message)
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var data = new TestFolder();
        using var process = SyscallRecorder.StartFaulty(CrashHostProgram.Verb("sqlite-writer", data.Path, "--count", "100", "--size", $"{Size}"), fault);
        process.StandardInput.Close();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();

        Assert.Equal(3, process.ExitCode);
        Assert.Matches($"^refused .*({message})", lines[^1]);
        Assert.True(lines.Length > 5, $"{name}: only {lines.Length} lines");
        Assert.Null(CrashHostProgram.WrongRows(data.Path, Enumerable.Range(1, lines.Length - 1), _ => Size));
    }

    [SkippableFact]
    public async Task A_fault_for_one_file_leaves_the_others_alone()
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var data = new TestFolder();
        var fault = DiskFault.SyncFails(5, Path.Combine(data.Path, RowStore.FileName + "-wal"));
        using var process = SyscallRecorder.StartFaulty(CrashHostProgram.Verb("sqlite-writer", data.Path, "--count", "100"), fault);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        // Syncs of the WAL: its header, the table's commit, rows 1 and 2; the fifth is row 3.
        Assert.Equal("ack 1\nack 2\nrefused 3: 1034 SQLite Error 10: 'disk I/O error'.\n", output);
    }

    [SkippableFact]
    public async Task The_record_shows_a_failed_sync_as_no_sync()
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var data = new TestFolder();
        var trace = await CrashHostProgram.RecordAsync(CrashHostProgram.Verb("sqlite-writer", data.Path, "--count", "100"), data.Path, DiskFault.SyncFails(20));

        var failed = Assert.IsType<FileSynced>(Assert.Single(trace.Events, call => call is FileSynced { Error: "EIO" }));
        Assert.Empty(SyncOrder.Violations(trace, trace.PrintedAnswers(), CrashHostProgram.Mark));
        var hasty = new Answer(99, new AnswerWritten("write", 0, failed.End, 1, "pipe:[1]", "ack 99"u8.ToArray()), 0, 0);
        Assert.Contains("whose sync failed", Assert.Single(SyncOrder.Violations(trace, [hasty], _ => [])));
    }

    [SkippableFact]
    public async Task On_a_full_disk_a_server_refuses_and_goes_on_when_there_is_room_again()
    {
        using var disk = TinyDisk.TryMount(16, out var whyNot);
        Skip.If(disk is null, whyNot);
        await using var server = await HttpTracee.StartAsync(CrashHostProgram.Verb("http-writer", Path.Combine(disk.Path, "data")));

        Assert.Equal(HttpStatusCode.OK, await server.SendAsync(1, BodySize));
        disk.Fill();
        var refused = Enumerable.Range(2, 30).ToList();
        var statuses = new List<HttpStatusCode>();
        foreach (var number in refused)
        {
            statuses.Add(await server.SendAsync(number, BodySize));
        }

        disk.Free();

        Assert.Contains(HttpStatusCode.InternalServerError, statuses);
        Assert.Equal(HttpStatusCode.OK, await server.SendAsync(100, BodySize));
        await server.StopAsync();
        Assert.Null(CrashHostProgram.WrongRows(
            Path.Combine(disk.Path, "data"), refused.Where((_, i) => statuses[i] == HttpStatusCode.OK).Append(1).Append(100), _ => BodySize));
    }

    [SkippableFact]
    public async Task On_a_disk_that_turned_read_only_nothing_more_is_accepted()
    {
        using var disk = TinyDisk.TryMount(16, out var whyNot);
        Skip.If(disk is null, whyNot);
        Skip.If(!disk.IsExt4, "Loop devices are not permitted here, and tmpfs cannot turn read-only under open files.");
        await using var server = await HttpTracee.StartAsync(CrashHostProgram.Verb("http-writer", Path.Combine(disk.Path, "data")));

        Assert.Equal(HttpStatusCode.OK, await server.SendAsync(1, BodySize));
        disk.TurnReadOnly();

        Assert.Equal(HttpStatusCode.InternalServerError, await server.SendAsync(2, BodySize));
        Assert.Equal(HttpStatusCode.InternalServerError, await server.SendAsync(3, BodySize));
    }
}
