using System.Diagnostics;
using DocExchange.CrashHost;
using DocExchange.IntegrationTests.Durability.Tracing;
using Microsoft.Data.Sqlite;

namespace DocExchange.IntegrationTests.Durability;

/// <summary>Starts tests/DocExchange.CrashHost and judges the folders it leaves.</summary>
internal static class CrashHostProgram
{
    public static ProcessStartInfo Verb(string verb, string dataFolder, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "DocExchange.CrashHost.dll"), verb, "--data", dataFolder, .. options])
        {
            start.ArgumentList.Add(argument);
        }

        // No diagnostics pipes and no tiering: less noise in the trace.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }

    /// <summary>Runs a printing verb to its end under the recorder.</summary>
    public static async Task<SyscallTrace> RecordAsync(ProcessStartInfo program, string dataFolder, DiskFault? fault = null)
    {
        using var recorder = SyscallRecorder.Start(program, dataFolder, fault);
        recorder.Process.StandardInput.Close();
        await recorder.Process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(5));
        return await recorder.FinishAsync();
    }

    /// <summary>What tells the submission of an answer from all others: the beginning of its payload.</summary>
    public static byte[] Mark(Answer answer) => Payload.For(answer.Number, 16);

    /// <summary>Null when every promised row is there with its bytes, nothing is damaged and nothing came twice; otherwise what is wrong.</summary>
    public static string? WrongRows(string folder, IEnumerable<int> promised, Func<int, int> size)
    {
        var file = Path.Combine(folder, RowStore.FileName);
        if (!File.Exists(file))
        {
            return promised.Any() ? "the database is gone" : null;
        }

        try
        {
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            var found = ReadRows(connection);
            var damaged = found.Where(row => !row.Value.AsSpan().SequenceEqual(Payload.For(row.Key, size(row.Key)))).Select(row => row.Key).ToList();
            var lost = promised.Where(number => !found.ContainsKey(number)).ToList();
            return lost.Count > 0 ? "lost rows " + string.Join(",", lost.Take(5)) : damaged.Count > 0 ? "damaged rows " + string.Join(",", damaged.Take(5)) : null;
        }
        catch (SqliteException error)
        {
            return error.Message;
        }
    }

    public static string? WrongFiles(string folder, IEnumerable<int> promised, int size)
    {
        foreach (var number in promised)
        {
            var file = Path.Combine(folder, BodyFolder.RelativePath($"body-{number:d6}"));
            if (!File.Exists(file))
            {
                return "lost " + file;
            }

            if (!File.ReadAllBytes(file).AsSpan().SequenceEqual(Payload.For(number, size)))
            {
                return "damaged " + file;
            }
        }

        return null;
    }

    private static Dictionary<int, byte[]> ReadRows(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous=OFF; PRAGMA integrity_check";
        if (command.ExecuteScalar() is not "ok")
        {
            throw new SqliteException("integrity_check failed", 11);
        }

        var rows = new Dictionary<int, byte[]>();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'row'";
        if (command.ExecuteScalar() is 0L)
        {
            return rows;
        }

        command.CommandText = "SELECT id, body FROM row";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(reader.GetInt32(0), (byte[])reader[1]);
        }

        return rows;
    }
}

/// <summary>A folder of a test's own, gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    /// <param name="inMemory">For folders that are laid out and looked at hundreds of times: the speed of the disk is no part of the question.</param>
    public TestFolder(bool inMemory = false)
    {
        Path = System.IO.Path.Combine(inMemory && Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath(), "durability-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
