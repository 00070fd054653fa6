using System.Buffers;

namespace DocExchange.Core.Signing.Pdf;

/// <summary>Where an object's header stands.</summary>
internal readonly record struct PdfPlace(int Number, long At);

/// <summary>
/// Where the landmarks of a file are, found by reading every byte once. Anything that looks like an object's header counts, also inside streams: what a
/// program could be led to by a forged table is among them.
/// </summary>
internal sealed class PdfIndex
{
    private const int Piece = 64 * 1024;

    /// <summary>So far back a header's two numbers may begin, and so long a landmark may be.</summary>
    private const int Overlap = 64;

    private readonly PdfFile _file;

    private PdfIndex(PdfFile file) => _file = file;

    /// <summary>In the order of the file.</summary>
    public List<PdfPlace> Objects { get; } = [];

    /// <summary>Where <c>/ByteRange</c> stands.</summary>
    public List<long> ByteRanges { get; } = [];

    /// <summary>Where <c>/ObjStm</c> stands.</summary>
    public List<long> ObjectStreams { get; } = [];

    /// <summary>Where <c>startxref</c> stands.</summary>
    public List<long> TablePointers { get; } = [];

    public static PdfIndex Of(PdfFile file)
    {
        var index = new PdfIndex(file);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece + Overlap * 2);
        try
        {
            // Each landmark is taken in the piece it begins in; the bytes before and behind it are there to be looked at.
            for (long from = 0; from < file.Length; from += Piece)
            {
                file.CheckTime();
                var before = (int)Math.Min(from, Overlap);
                var count = file.Read(from - before, buffer.AsSpan(0, before + Piece + Overlap));
                index.Take(buffer.AsSpan(0, count), before, Math.Min(before + Piece, count), from - before);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return index;
    }

    /// <summary>The last object whose header stands before <paramref name="at"/>.</summary>
    public PdfPlace? HolderOf(long at)
    {
        int low = 0, high = Objects.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Objects[middle].At < at) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? null : Objects[low - 1];
    }

    private void Take(ReadOnlySpan<byte> bytes, int first, int end, long origin)
    {
        Find(bytes, first, end, origin, "/ByteRange"u8, ByteRanges, _file.Limits.Signatures, "signatures");
        Find(bytes, first, end, origin, "/ObjStm"u8, ObjectStreams, _file.Limits.Objects, "objects");
        Find(bytes, first, end, origin, "startxref"u8, TablePointers, _file.Limits.Objects, "objects");
        for (var at = first; Next(bytes, "obj"u8, ref at, end); at += 3)
        {
            if (HeaderBefore(bytes, at) is not (var number, var start)) continue;
            if (Objects.Count == _file.Limits.Objects) throw new JudgingLimitException("objects");
            Objects.Add(new PdfPlace(number, origin + start));
        }
    }

    private static void Find(ReadOnlySpan<byte> bytes, int first, int end, long origin, ReadOnlySpan<byte> mark, List<long> found, int most, string limit)
    {
        for (var at = first; Next(bytes, mark, ref at, end); at += mark.Length)
        {
            if (found.Count == most) throw new JudgingLimitException(limit);
            found.Add(origin + at);
        }
    }

    private static bool Next(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mark, ref int at, int end)
    {
        if (at >= end) return false;
        var next = bytes[at..].IndexOf(mark);
        if (next < 0 || at + next >= end) return false;
        at += next;
        return true;
    }

    /// <summary>The two numbers before <c>obj</c>: the object's and its generation.</summary>
    private static (int Number, int Start)? HeaderBefore(ReadOnlySpan<byte> bytes, int at)
    {
        var position = at;
        if (!Spaces(bytes, ref position, optional: true) || Digits(bytes, ref position, 5) is null || !Spaces(bytes, ref position, optional: false)) return null;
        return Digits(bytes, ref position, 9) is { } number ? (number, position) : null;
    }

    private static bool Spaces(ReadOnlySpan<byte> bytes, ref int position, bool optional)
    {
        var from = position;
        while (position > 0 && PdfParser.IsSpace(bytes[position - 1])) position--;
        return optional || position < from;
    }

    private static int? Digits(ReadOnlySpan<byte> bytes, ref int position, int most)
    {
        int value = 0, scale = 1, count = 0;
        for (; position > 0 && bytes[position - 1] is >= (byte)'0' and <= (byte)'9'; position--, scale *= 10)
        {
            if (++count > most) return null;
            value += (bytes[position - 1] - '0') * scale;
        }
        return count == 0 ? null : value;
    }
}
