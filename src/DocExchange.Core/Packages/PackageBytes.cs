using System.Buffers;
using System.Text;

namespace DocExchange.Core.Packages;

/// <summary>Where in a package's bytes something stands that an XML reader reported by line and column, and copies of parts. For UTF-8.</summary>
internal static class PackageBytes
{
    /// <summary>The offset of a line and column; -1 when the package ends before it.</summary>
    public static long OffsetOf(Stream package, int line, int column)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            package.Position = 0;
            var mark = new byte[3];
            var hasMark = package.ReadAtLeast(mark, 3, throwOnEndOfStream: false) == 3 && mark.AsSpan().SequenceEqual(Encoding.UTF8.Preamble);
            var at = new TextPosition(hasMark ? 3 : 0);
            while (true)
            {
                package.Position = at.Offset;
                var read = package.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                if (read == 0) return -1;
                var before = at.Offset;
                if (at.PassTo(bytes.AsSpan(0, read), line, column)) return at.Offset;
                // A line longer than the buffer.
                if (at.Offset == before) at.Pass(bytes.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>True when these bytes stand at an offset.</summary>
    public static bool StandsAt(Stream package, long offset, ReadOnlySpan<byte> text)
    {
        if (offset < 0) return false;
        var there = new byte[text.Length];
        package.Position = offset;
        return package.ReadAtLeast(there, there.Length, throwOnEndOfStream: false) == there.Length && text.SequenceEqual(there);
    }

    /// <summary>Behind the <c>&gt;</c> that ends the tag in which <paramref name="inside"/> lies; -1 when there is none.</summary>
    public static long EndOfTag(Stream package, long inside)
    {
        package.Position = inside;
        for (int next, quote = 0; (next = package.ReadByte()) >= 0;)
        {
            if (quote != 0) quote = next == quote ? 0 : quote;
            else if (next is '"' or '\'') quote = next;
            else if (next == '>') return package.Position;
        }
        return -1;
    }

    /// <summary>Copies so many bytes, or all that are left, from where the package stands.</summary>
    public static void Copy(Stream package, long count, Action<ReadOnlySpan<byte>> target)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read; count > 0 && (read = package.Read(buffer, 0, (int)Math.Min(buffer.Length, count))) > 0; count -= read) target(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
