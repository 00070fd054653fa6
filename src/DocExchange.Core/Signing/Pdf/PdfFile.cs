using System.Buffers;
using System.IO.Compression;

namespace DocExchange.Core.Signing.Pdf;

/// <summary>A PDF under its limits: every byte read as syntax or inflated is counted, and the budget is looked at now and then.</summary>
/// <param name="budget">The time that may be spent; null where what is counted alone decides, so that the outcome is the same on every machine.</param>
internal sealed class PdfFile(Stream content, PdfLimits limits, JudgingBudget? budget)
{
    private const int FirstTry = 1024;
    private long _parsed;
    private long _inflated;

    public long Length { get; } = content.Length;

    public PdfLimits Limits => limits;

    /// <summary>Bytes read as syntax so far.</summary>
    public long Parsed => _parsed;

    public void CheckTime() => budget?.Check();

    /// <summary>So many bytes are read as syntax now.</summary>
    /// <exception cref="JudgingLimitException">They are more than may be read, or it took too long.</exception>
    public void Count(long bytes)
    {
        CheckTime();
        if ((_parsed += bytes) > limits.ParsedBytes) throw new JudgingLimitException("bytes read");
    }

    /// <summary>Fills as much of <paramref name="buffer"/> as the file has from <paramref name="at"/> on.</summary>
    public int Read(long at, Span<byte> buffer)
    {
        content.Position = at;
        return content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }

    /// <summary>The object whose header <c>N G obj</c> begins at <paramref name="at"/>.</summary>
    public PdfItem ReadObject(long at) => ReadWith(at, (ref PdfParser parser) =>
    {
        parser.ReadKeyword();
        parser.ReadKeyword();
        if (parser.ReadKeyword() != "obj") throw new PdfSyntaxException(at, "no object begins here");
        var item = parser.Read();
        if (item.Kind != PdfKind.Dictionary) return item;
        parser.SkipSpace();
        return parser.ReadKeyword() == "stream" ? item with { StreamStart = parser.SkipLineEnd() } : item;
    });

    public PdfItem ReadItem(long at) => ReadWith(at, (ref PdfParser parser) => parser.Read());

    public delegate PdfItem Reading(ref PdfParser parser);

    /// <summary>Reads from a short piece first, and from longer ones as long as the object runs out of it.</summary>
    public PdfItem ReadWith(long at, Reading reading)
    {
        for (var size = FirstTry; ; size *= 4)
        {
            size = Math.Min(size, limits.ObjectBytes);
            Count(size);
            var buffer = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                var count = Read(at, buffer.AsSpan(0, size));
                var parser = new PdfParser(buffer.AsSpan(0, count), at, limits.Depth);
                try
                {
                    var item = reading(ref parser);
                    if (!parser.RanOut || count < size || size == limits.ObjectBytes) return item;
                }
                catch (PdfSyntaxException) when (parser.RanOut && count == size && size < limits.ObjectBytes)
                {
                    // With more bytes it may be an object.
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>The content of an object or cross-reference stream: plain or deflated, with or without the PNG predictor (§7.4.4.4).</summary>
    /// <exception cref="PdfSyntaxException">Another filter, or damaged data.</exception>
    /// <param name="said">Its entry Length, resolved.</param>
    public byte[] ReadStream(PdfItem stream, PdfItem said)
    {
        var start = stream.StreamStart ?? throw new PdfSyntaxException(stream.Start, "this is no stream");
        if (said is not { Kind: PdfKind.Number, Number: >= 0 and var length } || start + length > Length)
            throw new PdfSyntaxException(stream.Start, "a stream's length is not known");
        if (length > limits.ObjectBytes * 4L) throw new JudgingLimitException("bytes in a stream");
        Count(length);
        var raw = new byte[length];
        if (Read(start, raw) < length) throw new PdfSyntaxException(start, "a stream ends early");
        var filter = stream["Filter"] is { Kind: PdfKind.Array, Items.Count: 1 } list ? list.Items[0] : stream["Filter"];
        if (filter.Kind == PdfKind.Null) return raw;
        if (!filter.IsName("FlateDecode")) throw new PdfSyntaxException(stream.Start, "a stream has an unknown filter");
        var parameters = stream["DecodeParms"] is { Kind: PdfKind.Array, Items.Count: 1 } one ? one.Items[0] : stream["DecodeParms"];
        return PngPredictor.Undo(Inflate(raw), parameters);
    }

    private byte[] Inflate(byte[] raw)
    {
        using var inflater = new ZLibStream(new MemoryStream(raw), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        var piece = new byte[16 * 1024];
        try
        {
            for (int count; (count = inflater.Read(piece)) > 0;)
            {
                if ((_inflated += count) > limits.InflatedBytes) throw new JudgingLimitException("bytes inflated");
                whole.Write(piece, 0, count);
            }
        }
        catch (InvalidDataException)
        {
            throw new PdfSyntaxException(0, "a stream cannot be inflated");
        }
        return whole.ToArray();
    }
}
