using System.Text;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>
/// Overwrites a token in the bytes of a message. What is kept as the original must vouch for the document, and must not be able to open the
/// door again for whoever reads it.
/// </summary>
internal static class TokenBlanking
{
    /// <summary>Replaces every element text that is the token. False when there is none: it may be written with character references.</summary>
    public static bool TryBlank(Span<byte> message, string token)
    {
        var wanted = Encoding.UTF8.GetBytes(token);
        var blanked = false;
        for (var from = 0; message[from..].IndexOf(wanted) is >= 0 and var found;)
        {
            var start = from + found;
            var end = start + wanted.Length;
            if (EndsWith(message[..start], (byte)'>') && StartsWith(message[end..], (byte)'<'))
            {
                message[start..end].Fill((byte)'*');
                blanked = true;
            }
            from = end;
        }
        return blanked;
    }

    private static bool EndsWith(ReadOnlySpan<byte> before, byte mark) => before.TrimEnd(" \t\r\n"u8) is { Length: > 0 } text && text[^1] == mark;

    private static bool StartsWith(ReadOnlySpan<byte> after, byte mark) => after.TrimStart(" \t\r\n"u8) is { Length: > 0 } text && text[0] == mark;
}
