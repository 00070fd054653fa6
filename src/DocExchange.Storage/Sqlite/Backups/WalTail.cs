using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>A piece of the log, in its order.</summary>
/// <param name="Begins">A generation's header; otherwise frames of the generation that the last header began.</param>
internal readonly record struct WalPiece(bool Begins, ReadOnlyMemory<byte> Bytes);

/// <summary>Reads what was committed to a write-ahead log since it was read last, every frame checked.</summary>
internal sealed class WalTail(SafeFileHandle log, SafeFileHandle index)
{
    public const int HeaderSize = 32;
    public const int FrameHeaderSize = 24;
    private const int ReadSize = 1024 * 1024;

    private ulong _salts;
    private uint _frames;
    private int _frameSize;
    private bool _bigEndian;
    private WalChecksum _sum;
    private byte[]? _header;

    /// <summary>Bytes read of this generation of the log.</summary>
    public long Length => HeaderSize + ((long)_frames * _frameSize);

    /// <summary>Begins behind what is committed now: it is in the store already, and nobody writes while this is called.</summary>
    public void StartHere()
    {
        var head = WalHead.Read(index);
        // A log without frames gets its header with the first of them.
        if (head.Frames == 0) return;
        _header = Begin(head);
        (_frames, _sum) = (head.Frames, new WalChecksum(head.First, head.Second));
    }

    /// <summary>Hands on everything committed by now. The caller holds a read transaction, so that none of it is overwritten meanwhile.</summary>
    /// <exception cref="FollowBrokenException">What was read does not continue what was read before.</exception>
    public void Read(Action<WalPiece> take)
    {
        var head = WalHead.Read(index);
        if (head.Frames == 0) return;
        if (head.Salts != _salts) _header = Begin(head);
        if (head.Frames < _frames) throw new FollowBrokenException("The store's log is shorter than it was.");
        if (head.Frames == _frames) return;
        if (_header is { } header) take(new WalPiece(true, header));
        _header = null;
        var buffer = new byte[Math.Max(1, ReadSize / _frameSize) * _frameSize];
        while (_frames < head.Frames)
        {
            var count = (int)Math.Min(buffer.Length / _frameSize, head.Frames - _frames);
            var piece = buffer.AsMemory(0, count * _frameSize);
            ReadFully(piece.Span, Length);
            for (var at = 0; at < piece.Length; at += _frameSize) Check(piece.Span.Slice(at, _frameSize));
            _frames += (uint)count;
            take(new WalPiece(false, piece));
        }
        if (_sum.First != head.First || _sum.Second != head.Second) throw new FollowBrokenException("The store's log does not end as its index says.");
    }

    private byte[] Begin(WalHead head)
    {
        var header = new byte[HeaderSize];
        ReadFully(header, 0);
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        _bigEndian = magic == 0x377f0683;
        _sum = new WalChecksum(0, 0);
        _sum.Add(header.AsSpan(0, 24), _bigEndian);
        if ((magic | 1) != 0x377f0683 || !IsSum(header.AsSpan(24)) || MemoryMarshal.Read<ulong>(header.AsSpan(16)) != head.Salts)
        {
            throw new FollowBrokenException("The store's log begins otherwise than its index says.");
        }
        _frameSize = FrameHeaderSize + (int)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8));
        (_salts, _frames) = (head.Salts, 0);
        return header;
    }

    private void Check(ReadOnlySpan<byte> frame)
    {
        _sum.Add(frame[..8], _bigEndian);
        _sum.Add(frame[FrameHeaderSize..], _bigEndian);
        if (MemoryMarshal.Read<ulong>(frame[8..]) != _salts || !IsSum(frame[16..])) throw new FollowBrokenException("The store's log was overwritten while it was read.");
    }

    private bool IsSum(ReadOnlySpan<byte> stored) =>
        BinaryPrimitives.ReadUInt32BigEndian(stored) == _sum.First && BinaryPrimitives.ReadUInt32BigEndian(stored[4..]) == _sum.Second;

    private void ReadFully(Span<byte> bytes, long at)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(log, bytes, at);
            if (read == 0) throw new FollowBrokenException("The store's log ends before its index says.");
            bytes = bytes[read..];
            at += read;
        }
    }
}
