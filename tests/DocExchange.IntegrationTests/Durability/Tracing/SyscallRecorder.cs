using System.Diagnostics;
using System.Globalization;

namespace DocExchange.IntegrationTests.Durability.Tracing;

/// <summary>
/// A process running under strace. <see cref="Process"/> is the tracer: its standard streams and exit code are the traced program's;
/// <see cref="ProgramId"/> is the program itself, for signals.
/// </summary>
public sealed class SyscallRecorder : IDisposable
{
    /// <summary>Longer single writes make the reader stop: the tracer would shorten them.</summary>
    public const int LongestWrite = 16 * 1024 * 1024;

    private readonly string log;
    private readonly string root;

    private SyscallRecorder(Process process, string log, string root) => (Process, this.log, this.root) = (process, log, root);

    public Process Process { get; }

    public long LogBytes => new FileInfo(log).Length;

    /// <summary>The traced program, for signals. Ask once it has answered something: the tracer begins with short-lived children of its own.</summary>
    public int ProgramId => Children() is [var program, ..] ? program : throw new InvalidOperationException("The traced program has ended.");

    /// <summary>Why nothing can be traced here, or null.</summary>
    public static string? CannotTrace { get; } = Probe();

    /// <param name="program">File, arguments, environment; its streams are redirected here.</param>
    /// <param name="dataFolder">Must exist; a real path without links.</param>
    /// <param name="fault">A fault to inject, from <see cref="DiskFault"/>.</param>
    public static SyscallRecorder Start(ProcessStartInfo program, string dataFolder, DiskFault? fault = null)
    {
        if (fault is { OnlyPaths.Length: > 0 })
        {
            throw new ArgumentException("The tracer would record only the paths of the fault; use StartFaulty.", nameof(fault));
        }

        var log = Path.Combine(Path.GetTempPath(), $"trace-{Guid.NewGuid():N}.strace");
        List<string> options =
        [
            "-f", "--seccomp-bpf", "-yy", "-xx", "-a", "1", "-s", LongestWrite.ToString(CultureInfo.InvariantCulture),
            "-e", "signal=none", "-e", "trace=" + StraceInterpreter.Calls, .. fault?.Options ?? [], "-o", log, "--",
        ];
        return new SyscallRecorder(Launch(program, options), log, dataFolder);
    }

    /// <summary>Starts the program under fault injection alone, without a record: nearly no overhead.</summary>
    public static Process StartFaulty(ProcessStartInfo program, DiskFault fault) =>
        Launch(program, ["-f", "--seccomp-bpf", "-qq", "-e", "signal=none", "-e", "trace=" + fault.Calls, .. fault.Options, "-o", "/dev/null", "--"]);

    /// <summary>Waits for the end of the program and reads the record.</summary>
    public async Task<SyscallTrace> FinishAsync(Func<string, bool>? notDurable = null, CancellationToken stop = default)
    {
        await Process.WaitForExitAsync(stop).WaitAsync(TimeSpan.FromMinutes(5), stop);
        return SyscallTrace.Read(log, root, notDurable);
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            // The program, not the tracer: a tracer that dies alone lets its program run on.
            foreach (var child in Children())
            {
                KillIfThere(child);
            }

            Process.WaitForExit();
        }

        Process.Dispose();
        File.Delete(log);
    }

    private int[] Children()
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{Process.Id}/task/{Process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static void KillIfThere(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It ended on its own in between, which is what was wanted.
        }
    }

    private static Process Launch(ProcessStartInfo program, IEnumerable<string> options)
    {
        var start = new ProcessStartInfo("strace")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = program.WorkingDirectory,
        };
        foreach (var argument in options.Append(program.FileName).Concat(program.ArgumentList))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in program.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string? Probe()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("strace", ["-f", "--seccomp-bpf", "-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "strace may not trace here: " + said.Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "strace is not installed (Debian: apt-get install strace).";
        }
    }
}
