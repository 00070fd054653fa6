using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace DocExchange.Core.Evidence;

/// <summary>
/// Compact JSON with one spelling for ever: members in the order written, strings as RFC 8785 §3.2.2.2 (only quote, backslash and
/// U+0000-U+001F are escaped). The framework's encoders follow the Unicode version of the runtime, so their bytes may change with it.
/// </summary>
internal sealed class CanonicalJson
{
    [ThreadStatic] private static CanonicalJson? kept;

    /// <summary>What does not stand for itself in a string. A literal, because every start of a command waits for it.</summary>
    internal static readonly SearchValues<byte> Escaped = SearchValues.Create(
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\"\\"u8);

    private const int KeepAtMost = 64 * 1024;
    private byte[] buffer = new byte[4096];
    private int length;
    private bool first = true;

    /// <summary>This thread's writer, emptied: one document at a time.</summary>
    public static CanonicalJson Start()
    {
        var json = kept ??= new CanonicalJson();
        json.length = 0;
        json.first = true;
        json.Raw("{"u8);
        return json;
    }

    public byte[] Finish()
    {
        Raw("}"u8);
        var bytes = buffer.AsSpan(0, length).ToArray();
        if (buffer.Length > KeepAtMost) kept = null;
        return bytes;
    }

    /// <param name="name">With its quotes and colon: <c>"name":</c>.</param>
    public void Name(ReadOnlySpan<byte> name)
    {
        if (!first) Raw(","u8);
        first = false;
        Raw(name);
    }

    public void Member(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null) return;
        Name(name);
        Text(value);
    }

    public void Member(ReadOnlySpan<byte> name, long? value)
    {
        if (value is null) return;
        Name(name);
        Utf8Formatter.TryFormat(value.Value, Room(20), out var written);
        length += written;
    }

    public void Member(ReadOnlySpan<byte> name, DateTimeOffset value)
    {
        Name(name);
        Raw("\""u8);
        EvidenceTime.Write(value, Room(EvidenceTime.Length));
        length += EvidenceTime.Length;
        Raw("\""u8);
    }

    public void Hex(ReadOnlySpan<byte> name, ReadOnlySpan<byte> prefix, byte[]? value)
    {
        if (value is null) return;
        Name(name);
        Raw("\""u8);
        Raw(prefix);
        Convert.TryToHexStringLower(value, Room(value.Length * 2), out var written);
        length += written;
        Raw("\""u8);
    }

    public void Base64(ReadOnlySpan<byte> value)
    {
        Raw("\""u8);
        System.Buffers.Text.Base64.EncodeToUtf8(value, Room(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(value.Length)), out _, out var written);
        length += written;
        Raw("\""u8);
    }

    public void Texts(ReadOnlySpan<byte> name, IReadOnlyList<string>? values)
    {
        if (values is null) return;
        Name(name);
        Raw("["u8);
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0) Raw(","u8);
            Text(values[i]);
        }
        Raw("]"u8);
    }

    public void Base64s(ReadOnlySpan<byte> name, IReadOnlyList<byte[]> values)
    {
        Name(name);
        Raw("["u8);
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0) Raw(","u8);
            Base64(values[i]);
        }
        Raw("]"u8);
    }

    /// <summary>An array of objects, each with the members that <paramref name="write"/> writes.</summary>
    public void Objects<T>(ReadOnlySpan<byte> name, IReadOnlyList<T> values, Action<CanonicalJson, T> write)
    {
        Name(name);
        Raw("["u8);
        for (var i = 0; i < values.Count; i++)
        {
            Raw(i > 0 ? ",{"u8 : "{"u8);
            first = true;
            write(this, values[i]);
            Raw("}"u8);
        }
        first = false;
        Raw("]"u8);
    }

    /// <summary>A string value; a lone surrogate is written as U+FFFD.</summary>
    public void Text(string value)
    {
        var room = Room(Encoding.UTF8.GetMaxByteCount(value.Length) + 2);
        var written = Encoding.UTF8.GetBytes(value, room[1..]);
        if (room.Slice(1, written).IndexOfAny(Escaped) < 0)
        {
            room[0] = room[written + 1] = (byte)'"';
            length += written + 2;
            return;
        }
        Utf8(room.Slice(1, written).ToArray());
    }

    /// <summary>A string value given as UTF-8.</summary>
    public void Utf8(ReadOnlySpan<byte> value)
    {
        Raw("\""u8);
        for (int next; (next = value.IndexOfAny(Escaped)) >= 0; value = value[(next + 1)..])
        {
            Raw(value[..next]);
            Escape(value[next]);
        }
        Raw(value);
        Raw("\""u8);
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        length += bytes.Length;
    }

    private void Escape(byte value)
    {
        switch (value)
        {
            case (byte)'"': Raw("\\\""u8); break;
            case (byte)'\\': Raw("\\\\"u8); break;
            case (byte)'\b': Raw("\\b"u8); break;
            case (byte)'\t': Raw("\\t"u8); break;
            case (byte)'\n': Raw("\\n"u8); break;
            case (byte)'\f': Raw("\\f"u8); break;
            case (byte)'\r': Raw("\\r"u8); break;
            default:
                Raw("\\u00"u8);
                Convert.TryToHexStringLower([value], Room(2), out var written);
                length += written;
                break;
        }
    }

    private Span<byte> Room(int bytes)
    {
        if (buffer.Length - length < bytes) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes));
        return buffer.AsSpan(length);
    }
}
