using System.Buffers.Binary;
using System.Globalization;

namespace DocExchange.Core.Signing.Pdf;

/// <summary>
/// The cross-reference sections between two places (ISO 32000-1 §7.5.4, 7.5.8). What they say must agree with where objects are seen to begin: a table
/// that leads elsewhere shows another document than the one signed.
/// </summary>
internal sealed class PdfTables(PdfFile file, PdfIndex index, PdfObjects objects)
{
    private const long LongestTable = 4 * 1024 * 1024;

    /// <summary>The trailer that counts at the end of the version ending at <paramref name="end"/>; null when it cannot be found.</summary>
    public PdfItem? TrailerAt(long end)
    {
        var pointer = index.TablePointers.FindLastIndex(p => p < end);
        return pointer < 0 ? null : Trailer(PointedTo(index.TablePointers[pointer]), end);
    }

    /// <summary>Whether every section between the places only tells of objects that stand between them, and goes on from the version before.</summary>
    public bool Agree(long from, long to)
    {
        var pointers = index.TablePointers.Where(p => p >= from && p < to).ToList();
        if (pointers.Count == 0 || TrailerAt(from) is not { } before) return false;
        var previous = PointedTo(index.TablePointers.Last(p => p < from));
        foreach (var pointer in pointers)
        {
            var at = PointedTo(pointer);
            if (at < from || at >= to || !Entries(at, from, to) || Trailer(at, to) is not { } trailer) return false;
            if (trailer["Prev"].Number != previous || trailer.IsAmbiguous || trailer["XRefStm"].Kind != PdfKind.Null) return false;
            if (!trailer["Root"].Means(before["Root"]) || !trailer["Encrypt"].Means(before["Encrypt"])) return false;
            previous = at;
        }
        return true;
    }

    private long PointedTo(long pointer) => file.ReadWith(pointer, (ref PdfParser parser) =>
    {
        parser.ReadKeyword();
        return parser.Read();
    }) is { Kind: PdfKind.Number } number ? number.Number : -1;

    private bool IsClassic(long at)
    {
        Span<byte> word = stackalloc byte[4];
        return at >= 0 && at < file.Length && file.Read(at, word) == 4 && word.SequenceEqual("xref"u8);
    }

    private PdfItem? Trailer(long at, long end)
    {
        if (at < 0 || at >= end) return null;
        if (!IsClassic(at)) return file.ReadObject(at) is { StreamStart: not null } stream && stream["Type"].IsName("XRef") ? stream : null;
        return WalkClassic(at, end, (_, _, _) => true);
    }

    private bool Entries(long at, long from, long to)
    {
        bool IsHere(int number, long offset, bool used) => used ? offset >= from && objects.Begins(number, offset) : number == 0;
        if (IsClassic(at)) return WalkClassic(at, to, IsHere) is not null;
        return file.ReadObject(at) is { StreamStart: not null } stream && stream["Type"].IsName("XRef") && WalkStream(stream, from, to, IsHere);
    }

    /// <summary>Gives every entry to <paramref name="accept"/>; the trailer behind the table, or null when an entry was not accepted.</summary>
    private PdfItem? WalkClassic(long at, long end, Func<int, long, bool, bool> accept)
    {
        at += 4;
        var piece = new byte[256 * 20];
        for (var begin = at; at < end && at - begin < LongestTable;)
        {
            var count = file.Read(at, piece.AsSpan(0, (int)Math.Min(64, end - at)));
            file.Count(count);
            var head = new PdfParser(piece.AsSpan(0, count), at, 1);
            var first = head.ReadKeyword();
            if (first == "trailer") return file.ReadItem(head.Position);
            if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !int.TryParse(head.ReadKeyword(), NumberStyles.None, CultureInfo.InvariantCulture, out var entries)) return null;
            head.SkipSpace();
            at = head.Position;
            for (var done = 0; done < entries;)
            {
                var some = Math.Min(entries - done, 256);
                if (file.Read(at, piece.AsSpan(0, some * 20)) < some * 20) return null;
                for (var i = 0; i < some; i++)
                {
                    if (!TryEntry(piece.AsSpan(i * 20, 20), out var offset, out var used) || !accept(number + done + i, offset, used)) return null;
                }
                done += some;
                at += some * 20L;
            }
        }
        return null;
    }

    private static bool TryEntry(ReadOnlySpan<byte> entry, out long offset, out bool used)
    {
        used = entry[17] == 'n';
        return long.TryParse(entry[..10], NumberStyles.None, CultureInfo.InvariantCulture, out offset) && entry[17] is (byte)'n' or (byte)'f';
    }

    private bool WalkStream(PdfItem stream, long from, long to, Func<int, long, bool, bool> accept)
    {
        var widths = stream["W"].Items.Select(w => (int)w.Number).ToArray();
        if (widths is not [>= 0 and <= 4, > 0 and <= 8, >= 0 and <= 8]) return false;
        var sections = stream["Index"].Kind == PdfKind.Array ? stream["Index"].Items.Select(i => i.Number).ToArray() : [0, stream["Size"].Number];
        var rows = file.ReadStream(stream, stream["Length"]);
        var (at, width) = (0, widths.Sum());
        for (var section = 0; section + 1 < sections.Length; section += 2)
        {
            for (long number = sections[section], end = number + sections[section + 1]; number < end; number++, at += width)
            {
                if (at + width > rows.Length || number is < 0 or > int.MaxValue) return false;
                var row = rows.AsSpan(at, width);
                var type = widths[0] == 0 ? 1 : Field(row[..widths[0]]);
                var value = Field(row.Slice(widths[0], widths[1]));
                // Type 2: packed in the stream whose number is the value; that stream must be of this version too.
                if (type == 2 ? !objects.DefinedIn((int)Math.Min(value, int.MaxValue), from, to) : !accept((int)number, value, type == 1)) return false;
            }
        }
        return true;
    }

    private static long Field(ReadOnlySpan<byte> bytes)
    {
        Span<byte> wide = stackalloc byte[8];
        wide.Clear();
        bytes.CopyTo(wide[(8 - bytes.Length)..]);
        return BinaryPrimitives.ReadInt64BigEndian(wide);
    }
}
