using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>Puts the pages of a changes file into a copy of the store, the newest of each once.</summary>
internal static class ChangedPages
{
    /// <param name="length">Bytes of the changes file that count; they end with a commit.</param>
    public static void Apply(SafeFileHandle store, string changes, long length)
    {
        using var file = File.OpenHandle(changes, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> header = stackalloc byte[WalTail.HeaderSize];
        Read(file, header, 0);
        var pageSize = (int)BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        var (newest, pages) = Newest(file, pageSize, length);
        var page = new byte[pageSize];
        foreach (var (number, at) in newest.OrderBy(p => p.Key))
        {
            Read(file, page, at + WalTail.FrameHeaderSize);
            RandomAccess.Write(store, page, (number - 1L) * pageSize);
        }
        if (pages > 0) RandomAccess.SetLength(store, (long)pages * pageSize);
    }

    private static (Dictionary<uint, long> Newest, uint Pages) Newest(SafeFileHandle file, int pageSize, long length)
    {
        var newest = new Dictionary<uint, long>();
        var pages = 0u;
        Span<byte> frame = stackalloc byte[WalTail.FrameHeaderSize];
        for (long at = WalTail.HeaderSize; at < length; at += WalTail.FrameHeaderSize + pageSize)
        {
            Read(file, frame, at);
            newest[BinaryPrimitives.ReadUInt32BigEndian(frame)] = at;
            pages = BinaryPrimitives.ReadUInt32BigEndian(frame[4..]);
        }
        // The last frame is a commit's and says how large the store is since.
        return (newest, pages);
    }

    private static void Read(SafeFileHandle file, Span<byte> bytes, long at)
    {
        if (RandomAccess.Read(file, bytes, at) != bytes.Length) throw new StoreRefusedException("A changes file of the backup ends too early.");
    }
}
