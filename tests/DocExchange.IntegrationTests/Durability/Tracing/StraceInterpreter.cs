namespace DocExchange.IntegrationTests.Durability.Tracing;

/// <summary>
/// Turns calls into events, keeping those that touch the data folder or answer somebody. What it cannot follow (shared writable mappings, O_SYNC, O_TMPFILE,
/// io_uring, splice) inside the data folder ends the analysis: a proof over half the writes would be none.
/// </summary>
internal sealed class StraceInterpreter(string root, Func<string, bool> notDurable)
{
    private const int AnswerBytesKept = 512;
    private readonly string inside = root + "/";
    private readonly FilePositions positions = new();

    /// <summary>The calls the tracer must report; reads are left out because they change nothing.</summary>
    public const string Calls =
        "openat,open,creat,openat2,close,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,truncate,fallocate,rename,renameat,renameat2,"
        + "unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,fsync,fdatasync,sync,syncfs,mmap,sendto,sendmsg,sendfile,copy_file_range,splice,io_uring_setup";

    public SyscallEvent? Interpret(StraceCall call, int thread, int line) => call.Name switch
    {
        "openat" => Opened(call, thread, line, PathAt(call, 0, 1), call.Text(2)),
        "open" => Opened(call, thread, line, Absolute(call.Path(0)), call.Text(1)),
        "creat" => Opened(call, thread, line, Absolute(call.Path(0)), "O_CREAT|O_TRUNC|O_WRONLY"),
        "close" => positions.Closed(call.Descriptor(0)),
        "lseek" => positions.Seeking(call.Descriptor(0), thread),
        "write" or "writev" or "sendto" or "sendmsg" => Wrote(call, thread, line),
        "pwrite64" => WroteAt(call, thread, line, 3),
        "pwritev" or "pwritev2" => WroteAt(call, thread, line, 3),
        "ftruncate" => Resized(call, thread, line, Open(call), call.Number(1), onlyGrows: false),
        "truncate" => Resized(call, thread, line, Absolute(call.Path(0)), call.Number(1), onlyGrows: false),
        "fallocate" => Allocated(call, thread, line),
        "fsync" or "fdatasync" => Synced(call, thread, line),
        "sync" or "syncfs" => new FileSynced(call.Name, thread, line, root, Everything: true),
        "rename" => Moved(call, thread, line, Absolute(call.Path(0)), Absolute(call.Path(1))),
        "renameat" or "renameat2" => Moved(call, thread, line, PathAt(call, 0, 1), PathAt(call, 2, 3)),
        "link" => Linked(call, thread, line, Absolute(call.Path(0)), Absolute(call.Path(1))),
        "linkat" => Linked(call, thread, line, PathAt(call, 0, 1), PathAt(call, 2, 3)),
        "unlink" or "rmdir" => Removed(call, thread, line, Absolute(call.Path(0))),
        "unlinkat" => Removed(call, thread, line, PathAt(call, 0, 1)),
        "mkdir" => Made(call, thread, line, Absolute(call.Path(0))),
        "mkdirat" => Made(call, thread, line, PathAt(call, 0, 1)),
        "mmap" => Mapped(call),
        "symlink" or "openat2" => Unfollowed(call, Absolute(call.Path(1))),
        "symlinkat" => Unfollowed(call, PathAt(call, 1, 2)),
        "sendfile" => Unfollowed(call, call.Descriptor(0).Target),
        "copy_file_range" or "splice" => Unfollowed(call, call.Descriptor(2).Target),
        "io_uring_setup" => Unfollowed(call, inside),
        _ => null,
    };

    /// <summary>Keeps the position of descriptors that are written without an offset.</summary>
    public void Returned(int thread, SyscallEvent? call, long result) => positions.Returned(thread, call, result);

    private FileOpened? Opened(StraceCall call, int thread, int line, string path, string flags)
    {
        if (!Durable(path) || flags.Contains("O_DIRECTORY"))
        {
            return null;
        }

        if (flags.Contains("SYNC") || flags.Contains("O_TMPFILE"))
        {
            throw new NotSupportedException($"{path} is opened with {flags}: this analysis knows only plain files made durable by fsync.");
        }

        positions.Opening(thread, append: flags.Contains("O_APPEND"));
        return new FileOpened(call.Name, thread, line, path) { MayCreate = flags.Contains("O_CREAT"), Truncates = flags.Contains("O_TRUNC") };
    }

    private SyscallEvent? Wrote(StraceCall call, int thread, int line)
    {
        var target = call.Descriptor(0);
        if (target.IsChannel)
        {
            return new AnswerWritten(call.Name, thread, line, target.Number, target.Target, StraceBytes.Quoted(call.Raw(1), AnswerBytesKept));
        }

        return target is { IsPath: true, Deleted: false } && Durable(target.Target)
            ? new FileWritten(call.Name, thread, line, target.Target, positions.Of(target, thread), call.Data(1))
            : null;
    }

    private FileWritten? WroteAt(StraceCall call, int thread, int line, int offset)
    {
        var target = call.Descriptor(0);
        return target is { IsPath: true, Deleted: false } && Durable(target.Target)
            ? new FileWritten(call.Name, thread, line, target.Target, call.Number(offset), call.Data(1))
            : null;
    }

    private FileResized? Resized(StraceCall call, int thread, int line, string path, long size, bool onlyGrows) =>
        Durable(path) ? new FileResized(call.Name, thread, line, path, size, onlyGrows) : null;

    private FileResized? Allocated(StraceCall call, int thread, int line)
    {
        var path = Open(call);
        return !Durable(path) || call.Text(1) is "0"
            ? Resized(call, thread, line, path, call.Number(2) + call.Number(3), onlyGrows: true)
            : throw new NotSupportedException($"{path}: fallocate with {call.Text(1)} is not followed by this analysis.");
    }

    private FileSynced? Synced(StraceCall call, int thread, int line)
    {
        var path = Open(call);
        return Durable(path) || path == root ? new FileSynced(call.Name, thread, line, path, Everything: false) : null;
    }

    private NameMoved? Moved(StraceCall call, int thread, int line, string from, string to) =>
        BothInside(call, from, to) ? new NameMoved(call.Name, thread, line, from, to) : null;

    private NameLinked? Linked(StraceCall call, int thread, int line, string from, string to) =>
        BothInside(call, from, to) ? new NameLinked(call.Name, thread, line, from, to) : null;

    private NameRemoved? Removed(StraceCall call, int thread, int line, string path) =>
        Durable(path) ? new NameRemoved(call.Name, thread, line, path) : null;

    private DirectoryMade? Made(StraceCall call, int thread, int line, string path) =>
        Durable(path) ? new DirectoryMade(call.Name, thread, line, path) : null;

    private bool BothInside(StraceCall call, string from, string to) => (Durable(from), Durable(to)) switch
    {
        (false, false) => false,
        (true, true) when call.Name != "renameat2" || call.Text(4) is "0" or "RENAME_NOREPLACE" => true,
        _ => throw new NotSupportedException($"{call.Name} {from} to {to} is not followed by this analysis."),
    };

    private SyscallEvent? Mapped(StraceCall call)
    {
        if (call.Count < 5 || call.Text(4) is not { Length: > 0 } || !call.Text(3).Contains("MAP_SHARED") || !call.Text(2).Contains("PROT_WRITE"))
        {
            return null;
        }

        var target = call.Descriptor(4);
        return target is { IsPath: true, Deleted: false } && Durable(target.Target)
            ? throw new NotSupportedException($"{target.Target} is written through a shared mapping: its writes cannot be seen, so nothing can be proved about it.")
            : null;
    }

    private SyscallEvent? Unfollowed(StraceCall call, string changed) =>
        Durable(changed) || changed == inside ? throw new NotSupportedException($"{call.Name} of {changed} is not followed by this analysis.") : null;

    /// <summary>The open file of the first argument, or nothing when it has no name any more.</summary>
    private static string Open(StraceCall call) => call.Descriptor(0) is { IsPath: true, Deleted: false } file ? file.Target : "";

    private bool Durable(string path) => path.StartsWith(inside, StringComparison.Ordinal) && !notDurable(path[inside.Length..]);

    private static string PathAt(StraceCall call, int directory, int name) => Path.GetFullPath(call.Path(name), call.Descriptor(directory).Target);

    private static string Absolute(string path) => Path.IsPathRooted(path) ? Path.GetFullPath(path) : path;
}
