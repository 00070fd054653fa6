using System.Buffers;
using DocExchange.Core;
using DocExchange.Core.Ports;
using Microsoft.Win32.SafeHandles;

namespace DocExchange.Storage.Packages;

/// <summary>
/// Arriving bytes: in a pooled buffer while they are few, in a staging file from then on. A reader may follow the writer through the
/// file, so that a large package is judged while it arrives and costs no memory.
/// </summary>
internal sealed class StagedPackage(FileBodies bodies, int inlineLimit) : IStagedPackage
{
    private const int WriteSize = 64 * 1024;

    private readonly object _gate = new();
    // Holds a small package whole; of a larger one, what goes into its file next.
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(inlineLimit, WriteSize));
    private int _buffered;
    private SafeFileHandle? _file;
    private string? _path;
    private string? _pinned;
    private long _length;
    private bool _ended;

    public long Length => _length + _buffered;

    // The cast matters: a bare null would become an empty memory, and a large package would be kept as nothing.
    public ReadOnlyMemory<byte>? InMemory => _file is null && _buffer is not null ? _buffer.AsMemory(0, _buffered) : (ReadOnlyMemory<byte>?)null;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_file is null && _buffered + bytes.Length > inlineLimit) Spill();
        while (!bytes.IsEmpty)
        {
            if (_buffered == _buffer!.Length) Flush();
            var room = Math.Min(bytes.Length, _buffer.Length - _buffered);
            bytes[..room].CopyTo(_buffer.AsSpan(_buffered));
            _buffered += room;
            bytes = bytes[room..];
        }
    }

    public void End()
    {
        if (_ended) return;
        if (_file is not null) Flush();
        Close();
    }

    public Stream OpenTail()
    {
        if (_file is null) Spill();
        return new TailStream(this);
    }

    public Stream OpenRead() => InMemory is { } memory
        ? new MemoryStream(_buffer!, 0, memory.Length, writable: false)
        : new FileStream(_path!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);

    public ReadOnlyMemory<byte>? Keep(ReadOnlyMemory<byte> digest)
    {
        if (InMemory is { } few) return few;
        var name = Convert.ToHexStringLower(digest.Span);
        bodies.Guard(() =>
        {
            DurableFile.SyncFile(_file!);
            _file!.Dispose();
            _file = null;
            _pinned = name;
            bodies.Keep(_path!, name);
            _path = null;
        });
        return null;
    }

    public void Dispose()
    {
        Close();
        _file?.Dispose();
        if (_path is not null) Unlink(_path);
        if (_pinned is not null) bodies.Unpin(_pinned);
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        (_file, _path, _pinned, _buffer) = (null, null, null, null);
    }

    private void Spill() => bodies.Guard(() =>
    {
        var path = Path.Combine(bodies.Staging, Ids.New());
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        (_path, _file) = (path, file);
    });

    /// <summary>Writes what is buffered to the file and tells a waiting reader.</summary>
    private void Flush()
    {
        if (_buffered == 0) return;
        Write(_buffer.AsSpan(0, _buffered), _length);
        lock (_gate)
        {
            _length += _buffered;
            _buffered = 0;
            Monitor.PulseAll(_gate);
        }
    }

    private void Close()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(_file!, bytes, offset);
        }
        catch (IOException fault)
        {
            bodies.Guard(() => throw fault);
        }
    }

    /// <summary>A file that cannot be unlinked now (the disk turned read-only) goes at the next start, with all that was left in staging.</summary>
    private static void Unlink(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The request has its answer; its bytes are named by nothing.
        }
    }

    /// <summary>Waits until there is something at <paramref name="position"/>; false at the end.</summary>
    private bool WaitFor(long position, out long available)
    {
        lock (_gate)
        {
            while (_length <= position && !_ended) Monitor.Wait(_gate);
            available = _length - position;
            return available > 0;
        }
    }

    private sealed class TailStream(StagedPackage package) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (buffer.IsEmpty || !package.WaitFor(_position, out var available)) return 0;
            var read = RandomAccess.Read(package._file!, buffer[..(int)Math.Min(buffer.Length, available)], _position);
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
