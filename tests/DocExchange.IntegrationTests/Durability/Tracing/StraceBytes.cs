namespace DocExchange.IntegrationTests.Durability.Tracing;

/// <summary>The <c>\xNN</c> notation.</summary>
internal static class StraceBytes
{
    /// <summary>All quoted strings of an argument, joined: one for write, several for an iovec.</summary>
    /// <exception cref="FormatException">The tracer shortened a string: its -s was too small, so the trace proves nothing.</exception>
    public static byte[] Quoted(ReadOnlySpan<byte> argument, int atMost = int.MaxValue)
    {
        var total = 0;
        for (var rest = argument; NextQuoted(ref rest, out var hex);)
        {
            total += hex.Length / 4;
        }

        var result = new byte[Math.Min(total, atMost)];
        var filled = 0;
        for (var rest = argument; filled < result.Length && NextQuoted(ref rest, out var hex);)
        {
            var count = Math.Min(hex.Length / 4, result.Length - filled);
            Decode(hex[..(count * 4)], result.AsSpan(filled));
            filled += count;
        }

        return result;
    }

    public static byte[] Decode(ReadOnlySpan<byte> hex)
    {
        var result = new byte[hex.Length / 4];
        Decode(hex, result);
        return result;
    }

    private static bool NextQuoted(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> hex)
    {
        hex = [];
        var open = rest.IndexOf((byte)'"');
        if (open < 0)
        {
            return false;
        }

        rest = rest[(open + 1)..];
        var close = rest.IndexOf((byte)'"');
        hex = rest[..close];
        rest = rest[(close + 1)..];
        return rest.StartsWith("..."u8) ? throw new FormatException("A string in the trace is shortened; raise -s.") : true;
    }

    private static void Decode(ReadOnlySpan<byte> hex, Span<byte> target)
    {
        for (var i = 0; i + 3 < hex.Length; i += 4)
        {
            if (hex[i] != '\\' || hex[i + 1] != 'x')
            {
                throw new FormatException("A string in the trace is not in \\xNN notation; -xx is missing.");
            }

            target[i / 4] = (byte)((Nibble(hex[i + 2]) << 4) | Nibble(hex[i + 3]));
        }
    }

    private static int Nibble(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
