namespace DocExchange.IntegrationTests.Durability;

/// <summary>
/// A failing system call, made by the tracer without any hook in the product. Counting is per thread of the traced process: <c>when: 3</c> is the third
/// matching call of each thread.
/// </summary>
/// <param name="Calls">System calls, comma separated.</param>
/// <param name="Error">An errno name: EIO, ENOSPC, EROFS.</param>
/// <param name="When">strace's expression: <c>N</c> only the N-th, <c>N+</c> from the N-th on, <c>N..M</c>.</param>
/// <param name="OnlyPaths">Files concerned, by full path; empty for all. They need not exist yet.</param>
public sealed record DiskFault(string Calls, string Error, string When, params string[] OnlyPaths)
{
    // Not write and writev: they also carry sockets and the runtime's own pipes, while SQLite and FileStream write files with pwrite64 and pwritev.
    private const string Writes = "pwrite64,pwritev,pwritev2,ftruncate,fallocate";
    private const string Names = "mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,linkat";

    public IEnumerable<string> Options =>
        ["-e", $"inject={Calls}:error={Error}:when={When}", .. OnlyPaths.SelectMany(path => new[] { "-P", path })];

    /// <summary>The disk refuses to make the file durable.</summary>
    public static DiskFault SyncFails(int when, params string[] onlyPaths) => new("fsync,fdatasync", "EIO", when.ToString(), onlyPaths);

    /// <summary>No room: every write from the given one on fails.</summary>
    public static DiskFault DiskFull(int from, params string[] onlyPaths) => new(Writes, "ENOSPC", $"{from}+", onlyPaths);

    /// <summary>The file system turned read-only under the running process.</summary>
    public static DiskFault ReadOnly(int from, params string[] onlyPaths) => new(Writes + "," + Names, "EROFS", $"{from}+", onlyPaths);
}
