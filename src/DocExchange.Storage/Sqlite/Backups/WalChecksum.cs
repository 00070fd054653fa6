using System.Buffers.Binary;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>The running checksum of a write-ahead log (SQLite file format §4.2): each frame's continues that of the one before.</summary>
internal struct WalChecksum(uint first, uint second)
{
    public uint First { get; private set; } = first;

    public uint Second { get; private set; } = second;

    /// <param name="bytes">A multiple of eight bytes.</param>
    /// <param name="bigEndian">As the log's magic number says.</param>
    public void Add(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var (one, two) = (First, Second);
        for (var i = 0; i < bytes.Length; i += 8)
        {
            one += Word(bytes[i..], bigEndian) + two;
            two += Word(bytes[(i + 4)..], bigEndian) + one;
        }
        (First, Second) = (one, two);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
