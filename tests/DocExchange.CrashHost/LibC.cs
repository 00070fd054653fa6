using System.Runtime.InteropServices;

namespace DocExchange.CrashHost;

/// <summary>What .NET does not offer: fsync of a directory.</summary>
internal static partial class LibC
{
    private const int ReadOnlyDirectory = 0x10000;

    /// <summary>Makes the names inside the directory durable; throws when the system cannot promise it.</summary>
    public static void SyncDirectory(string path)
    {
        var descriptor = Open(path, ReadOnlyDirectory);
        if (descriptor < 0)
        {
            throw new IOException($"open({path}): errno {Marshal.GetLastPInvokeError()}");
        }

        var result = Sync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
        {
            throw new IOException($"fsync({path}): errno {error}");
        }
    }

    /// <summary>SIGKILL to itself: no handler, no finally, no flush.</summary>
    public static void KillThisProcess() => _ = Kill(Environment.ProcessId, 9);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
