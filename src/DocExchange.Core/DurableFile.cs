using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DocExchange.Core;

/// <summary>Files that are whole or absent after any crash, and that only the hub's user reads.</summary>
public static class DurableFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const uint StartOnly = 2;

    /// <summary>Creates the directory (mode 0700) and makes its existence durable.</summary>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent) SyncDirectory(parent);
    }

    /// <summary>Takes from everybody but its owner and group what they may do in a directory that others made.</summary>
    public static void CloseToOthers(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var mode = File.GetUnixFileMode(path);
        var closed = mode & ~(UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        if (closed != mode) File.SetUnixFileMode(path, closed);
    }

    /// <summary>Writes beside, syncs, renames over, syncs the directory.</summary>
    /// <exception cref="IOException">Nothing of the name has changed.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var beside = path + ".new";
        File.Delete(beside);
        using (var stream = Create(beside))
        {
            stream.Write(bytes);
            SyncFile(stream.SafeFileHandle);
        }
        File.Move(beside, path, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>A new, unbuffered file that only its owner may read.</summary>
    /// <exception cref="IOException">The name is taken.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    /// <summary>Makes a file's bytes durable. The framework's own call takes a read-only file system's refusal for success.</summary>
    /// <exception cref="SyncFailedException">The system did not confirm it.</exception>
    public static void SyncFile(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }
        if (Sync(file) != 0) throw new SyncFailedException("A file", Marshal.GetLastPInvokeError());
    }

    /// <summary>
    /// Asks the system to begin writing these bytes now, before a sync of them asks and waits. Makes nothing durable and reports nothing: an error is
    /// told by the sync. Linux only; elsewhere the sync does all of it.
    /// </summary>
    public static void StartWriting(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux()) _ = SyncFileRange(file, offset, length, StartOnly);
    }

    /// <summary>A rename is durable only once its directory is; the framework opens no directories, so the system is asked.</summary>
    /// <exception cref="SyncFailedException">The system did not confirm it.</exception>
    public static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(path, 0);
        if (descriptor < 0) throw new IOException($"The directory {path} cannot be opened to sync it (errno {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (Sync(descriptor) != 0) throw new SyncFailedException("The directory " + path, Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Makes durable all files below a directory, by one call for its whole file system where there is one: for many files at once.</summary>
    /// <exception cref="SyncFailedException">The system did not confirm it.</exception>
    public static void SyncEverything(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
                SyncFile(stream.SafeFileHandle);
            }
            return;
        }
        var descriptor = Open(path, 0);
        if (descriptor < 0) throw new IOException($"The directory {path} cannot be opened to sync it (errno {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (SyncFileSystem(descriptor) != 0) throw new SyncFailedException("The file system of " + path, Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

#pragma warning disable SYSLIB1054 // Generated marshalling needs unsafe blocks in the whole project.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(SafeFileHandle file);

    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFileSystem(int descriptor);

    [DllImport("libc", EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
#pragma warning restore SYSLIB1054
}

/// <summary>An fsync did not succeed.</summary>
public sealed class SyncFailedException(string what, int errno) : IOException($"{what} could not be synced (errno {errno}).")
{
    private const int NoRoom = 28;
    private const int ReadOnly = 30;
    private const int OverQuota = 122;

    /// <summary>
    /// False when the disk said that it has no room or takes no writes: what was to be synced is not there and is dropped. True for all
    /// else: what the disk holds is unknown, and asking again may report success falsely (Linux marks the pages clean).
    /// </summary>
    public bool IsLost { get; } = errno is not (NoRoom or ReadOnly or OverQuota);
}
