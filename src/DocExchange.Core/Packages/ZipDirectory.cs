using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DocExchange.Core.Packages;

internal enum ZipFault { None, Damaged, TooManyEntries }

/// <summary>One line of a ZIP's central directory.</summary>
internal readonly record struct ZipEntry(string Name, bool Encrypted, int Method, long Packed, long Expanded, long HeaderOffset);

/// <summary>
/// The central directory of a ZIP (APPNOTE 4.3), the only place where streamed ZIPs tell their sizes. Read by hand because the count of
/// entries must be bounded before anything is allocated for them, and because encryption and names must be seen before anything expands.
/// </summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int LineBytes = 46;
    private const int AverageLine = 512;

    public static (ZipFault Fault, List<ZipEntry> Entries) Read(Stream zip, int maxEntries)
    {
        var tailLength = (int)Math.Min(zip.Length, EndBytes + ushort.MaxValue);
        var tail = ArrayPool<byte>.Shared.Rent(tailLength);
        try
        {
            zip.Position = zip.Length - tailLength;
            zip.ReadExactly(tail, 0, tailLength);
            var end = tail.AsSpan(0, tailLength).LastIndexOf("PK\u0005\u0006"u8);
            if (end < 0 || tailLength - end < EndBytes) return (ZipFault.Damaged, []);
            var record = tail.AsSpan(end, EndBytes);
            var count = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
            if (count > maxEntries || size > (long)maxEntries * AverageLine) return (ZipFault.TooManyEntries, []);
            if (offset + (long)size > zip.Length - tailLength + end) return (ZipFault.Damaged, []);
            return ReadLines(zip, count, offset, (int)size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(tail);
        }
    }

    private static (ZipFault, List<ZipEntry>) ReadLines(Stream zip, int count, long offset, int size)
    {
        var lines = ArrayPool<byte>.Shared.Rent(Math.Max(size, 1));
        try
        {
            zip.Position = offset;
            zip.ReadExactly(lines, 0, size);
            ReadOnlySpan<byte> rest = lines.AsSpan(0, size);
            var entries = new List<ZipEntry>(count);
            for (var i = 0; i < count; i++)
            {
                if (rest.Length < LineBytes || !rest.StartsWith("PK\u0001\u0002"u8)) return (ZipFault.Damaged, entries);
                var name = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
                var extra = BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]);
                var comment = BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]);
                if (rest.Length < LineBytes + name + extra + comment) return (ZipFault.Damaged, entries);
                entries.Add(ReadLine(rest, name, extra));
                rest = rest[(LineBytes + name + extra + comment)..];
            }
            return (rest.IsEmpty ? ZipFault.None : ZipFault.Damaged, entries);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(lines);
        }
    }

    private static ZipEntry ReadLine(ReadOnlySpan<byte> line, int name, int extra)
    {
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(line[20..]);
        long expanded = BinaryPrimitives.ReadUInt32LittleEndian(line[24..]);
        long header = BinaryPrimitives.ReadUInt32LittleEndian(line[42..]);
        ReadLong(line.Slice(LineBytes + name, extra), ref expanded, ref packed, ref header);
        return new ZipEntry(
            Encoding.UTF8.GetString(line.Slice(LineBytes, name)), (BinaryPrimitives.ReadUInt16LittleEndian(line[8..]) & 1) != 0,
            BinaryPrimitives.ReadUInt16LittleEndian(line[10..]), packed, expanded, header);
    }

    /// <summary>ZIP64 puts what does not fit, and some writers everything, into an extra field, in this order.</summary>
    private static void ReadLong(ReadOnlySpan<byte> extra, ref long expanded, ref long packed, ref long header)
    {
        while (extra.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (extra.Length < 4 + length) return;
            var field = extra.Slice(4, length);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
            {
                Take(ref field, ref expanded);
                Take(ref field, ref packed);
                Take(ref field, ref header);
                return;
            }
            extra = extra[(4 + length)..];
        }
    }

    private static void Take(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue || field.Length < 8) return;
        value = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[8..];
    }
}
