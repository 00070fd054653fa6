namespace DocExchange.IntegrationTests.Durability.Tracing;

/// <summary>
/// One system call of the traced process that matters to durability. <see cref="Begin"/> and <see cref="End"/> are line numbers of the trace: the call was
/// issued at Begin and returned at End (<see cref="Never"/>: the trace ended first). Line order is a true order: the tracer stops a thread at both moments.
/// </summary>
public abstract record SyscallEvent(string Call, int Thread, int Begin)
{
    public const int Never = int.MaxValue;

    public int End { get; init; } = Never;

    /// <summary>The value returned; meaningless before the call returned.</summary>
    public long Result { get; init; }

    /// <summary>The errno name when the call failed, e.g. <c>EIO</c>.</summary>
    public string? Error { get; init; }

    public bool Failed => Error is not null;

    public sealed override string ToString() =>
        $"line {Begin}: {Call} {Subject}"
        + (End == Never ? " (never returned)" : Failed ? $" = {Error} at line {End}" : End == Begin ? "" : $" (returned at line {End})");

    protected abstract string Subject { get; }
}

public sealed record FileOpened(string Call, int Thread, int Begin, string Path) : SyscallEvent(Call, Thread, Begin)
{
    public bool MayCreate { get; init; }

    public bool Truncates { get; init; }

    protected override string Subject => Path;
}

/// <summary>Bytes given to the system for a file. <see cref="Offset"/> -1 means at the end (O_APPEND).</summary>
public sealed record FileWritten(string Call, int Thread, int Begin, string Path, long Offset, byte[] Data) : SyscallEvent(Call, Thread, Begin)
{
    /// <summary>What was written: a short write counts only as far as it went.</summary>
    public ReadOnlyMemory<byte> Written => End == Never ? Data : Data.AsMemory(0, (int)Math.Clamp(Result, 0, Data.Length));

    protected override string Subject => $"{Path} [{Offset}, +{Data.Length}]";
}

/// <summary>ftruncate, or fallocate (<see cref="OnlyGrows"/>).</summary>
public sealed record FileResized(string Call, int Thread, int Begin, string Path, long Size, bool OnlyGrows) : SyscallEvent(Call, Thread, Begin)
{
    protected override string Subject => $"{Path} to {Size}";
}

/// <summary>fsync or fdatasync of a file or directory; with <see cref="Everything"/> sync or syncfs.</summary>
public sealed record FileSynced(string Call, int Thread, int Begin, string Path, bool Everything) : SyscallEvent(Call, Thread, Begin)
{
    protected override string Subject => Path;
}

public sealed record NameMoved(string Call, int Thread, int Begin, string From, string To) : SyscallEvent(Call, Thread, Begin)
{
    protected override string Subject => $"{From} to {To}";
}

public sealed record NameLinked(string Call, int Thread, int Begin, string Existing, string Added) : SyscallEvent(Call, Thread, Begin)
{
    protected override string Subject => $"{Added} beside {Existing}";
}

public sealed record NameRemoved(string Call, int Thread, int Begin, string Path) : SyscallEvent(Call, Thread, Begin)
{
    protected override string Subject => Path;
}

public sealed record DirectoryMade(string Call, int Thread, int Begin, string Path) : SyscallEvent(Call, Thread, Begin)
{
    protected override string Subject => Path;
}

/// <summary>
/// Bytes sent to a socket or pipe: what an acknowledgement is made of. <see cref="Channel"/> is the tracer's name, e.g. <c>TCP:[127.0.0.1:80->127.0.0.1:42]</c>.
/// </summary>
public sealed record AnswerWritten(string Call, int Thread, int Begin, int Descriptor, string Channel, byte[] Head) : SyscallEvent(Call, Thread, Begin)
{
    /// <summary>As much of <see cref="Head"/> as was kept, read as Latin-1.</summary>
    public string Text => System.Text.Encoding.Latin1.GetString(Head);

    protected override string Subject => $"{Channel} \"{Text.Split('\r', '\n')[0]}\"";
}
