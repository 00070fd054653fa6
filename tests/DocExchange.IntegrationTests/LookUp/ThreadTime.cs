using System.Runtime.InteropServices;

namespace DocExchange.IntegrationTests.LookUp;

/// <summary>Processor time of the calling thread: what something costs on a machine that is busy with other things.</summary>
internal static class ThreadTime
{
    private const int ThreadClock = 3;

    public static double Milliseconds => GetTime(ThreadClock, out var time) == 0
        ? (time.Seconds * 1000.0) + (time.Nanoseconds / 1_000_000.0)
        : throw new InvalidOperationException("The system does not tell a thread's processor time.");

#pragma warning disable SYSLIB1054 // Generated marshalling needs unsafe blocks in the whole project.
    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Timespec time);
#pragma warning restore SYSLIB1054

    private readonly struct Timespec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
