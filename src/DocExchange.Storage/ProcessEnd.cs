using System.Runtime.InteropServices;

namespace DocExchange.Storage;

/// <summary>The end after a lost write: no handler runs, no request is finished, nothing more is written to the failing disk, no core file either.</summary>
internal static class ProcessEnd
{
    /// <summary>EX_IOERR of sysexits.h, which service managers show and restart after.</summary>
    public const int ExitCode = 74;

    public static void AtOnce(string reason)
    {
        if (OperatingSystem.IsWindows()) Environment.FailFast(reason);
        Console.Error.WriteLine(reason);
        Exit(ExitCode);
    }

#pragma warning disable SYSLIB1054 // Generated marshalling needs unsafe blocks in the whole project.
    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Exit(int code);
#pragma warning restore SYSLIB1054
}
