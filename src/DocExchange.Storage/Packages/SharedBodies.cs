using System.Globalization;
using DocExchange.Core;
using Microsoft.Win32.SafeHandles;

namespace DocExchange.Storage.Packages;

/// <summary>Where a small original lies.</summary>
internal readonly record struct SharedPlace(long File, long Offset);

/// <summary>
/// Small originals, one behind the other in files that only ever grow: what a commit names is written and synced before it, once for the whole
/// batch, and never copied again as rows of the database would be. Bytes that no row names are of a commit that did not happen.
/// Appending belongs to the writer's thread; reading is anybody's.
/// </summary>
internal sealed class SharedBodies : IDisposable
{
    private readonly List<ReadOnlyMemory<byte>> _pending = [];
    private readonly FileBodies _bodies;
    private readonly StoreOptions _options;
    private readonly string _folder;
    private SafeFileHandle _file;
    private long _number;
    private long _end;
    private long _written;
    private long _pendingEnd;

    public SharedBodies(FileBodies bodies, StoreOptions options)
    {
        (_bodies, _options, _folder) = (bodies, options, Path.Combine(options.Folder, "bodies-small"));
        DurableFile.CreateDirectory(_folder);
        _number = Directory.EnumerateFiles(_folder).Select(f => long.Parse(Path.GetFileName(f), CultureInfo.InvariantCulture)).DefaultIfEmpty(1).Max();
        _file = OpenToAppend(_number);
        _pendingEnd = _written = _end = RandomAccess.GetLength(_file);
    }

    /// <summary>True when the file of this place reaches its end.</summary>
    public bool Holds(SharedPlace end) => File.Exists(PathOf(end.File)) && new FileInfo(PathOf(end.File)).Length >= end.Offset;

    /// <summary>Takes bytes into the batch and says where they will lie. They must stay as they are until the batch has ended.</summary>
    public SharedPlace Add(ReadOnlyMemory<byte> bytes)
    {
        var place = new SharedPlace(_number, _pendingEnd);
        _pending.Add(bytes);
        _pendingEnd += bytes.Length;
        return place;
    }

    /// <summary>Gives what has gathered to the system and lets the disk begin with it, so that <see cref="Sync"/> waits for less. Promises nothing.</summary>
    /// <exception cref="Core.Ports.StoreUnavailableException">The disk takes nothing: nothing may name these bytes.</exception>
    public void Write()
    {
        if (_pending.Count == 0) return;
        _bodies.Guard(() =>
        {
            RandomAccess.Write(_file, _pending, _written);
            DurableFile.StartWriting(_file, _written, _pendingEnd - _written);
        });
        _pending.Clear();
        _written = _pendingEnd;
    }

    /// <summary>
    /// Makes the batch's bytes durable; must return before the commit that names them begins. Whatever becomes of that commit, their room is
    /// not used again.
    /// </summary>
    /// <exception cref="Core.Ports.StoreUnavailableException">The disk takes nothing: nothing may name these bytes.</exception>
    public void Sync()
    {
        Write();
        if (_written == _end) return;
        _bodies.Guard(() =>
        {
            DurableFile.SyncFile(_file);
            _end = _written;
            if (_end >= _options.SharedFileSize) MoveOn();
        });
    }

    /// <summary>The batch will not be committed, or is to be put together again: its room is used for the next one.</summary>
    public void Abandon()
    {
        _pending.Clear();
        _pendingEnd = _written = _end;
    }

    /// <summary>The bytes at a place.</summary>
    /// <exception cref="IOException">The file is missing or too short: it was altered from outside.</exception>
    public byte[] Read(SharedPlace place, int length)
    {
        using var file = File.OpenHandle(PathOf(place.File), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[length];
        for (int read = 0, got; read < length; read += got)
        {
            got = RandomAccess.Read(file, bytes.AsSpan(read), place.Offset + read);
            if (got == 0) throw new EndOfStreamException($"{PathOf(place.File)} is shorter than its store says: it was altered. Restore a backup.");
        }
        return bytes;
    }

    public void Dispose() => _file.Dispose();

    private void MoveOn()
    {
        var next = OpenToAppend(_number + 1);
        _file.Dispose();
        (_file, _number) = (next, _number + 1);
        _pendingEnd = _written = _end = 0;
    }

    /// <summary>The name of a shared file.</summary>
    public static string NameOf(long number) => number.ToString("d10", CultureInfo.InvariantCulture);

    private string PathOf(long number) => Path.Combine(_folder, NameOf(number));

    private SafeFileHandle OpenToAppend(long number)
    {
        var file = File.OpenHandle(PathOf(number), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        // Also when it was there: the process that made it may have died before it synced the name.
        if (_options.SyncDirectories) DurableFile.SyncDirectory(_folder);
        return file;
    }
}
