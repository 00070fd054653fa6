using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace DocExchange.Axis.Protocol;

/// <summary>The JSON text inside the sign header, read so that it has one meaning or none.</summary>
internal static class SignedText
{
    // A call of the SDK has about ten values; the bound keeps a hostile signer from buying work with a 256 kB header.
    private const int MaxMembers = 64;

    /// <summary>Reads one object whose members are all prefixed names with string values; every other text is a fault.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> text, [NotNullWhen(true)] out Dictionary<string, string>? values, out SignatureFault fault, out string? name)
    {
        values = null;
        name = null;
        fault = SignatureFault.NotOneObject;
        // A signer that wrote Latin-1 leaves bytes that are not UTF-8: each byte is then a character.
        var utf8 = Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(text));
        var reader = new Utf8JsonReader(utf8);
        var members = new Dictionary<string, string>(16, StringComparer.OrdinalIgnoreCase);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var member = reader.GetString()!;
                if (!reader.Read() || reader.TokenType != JsonTokenType.String || members.Count == MaxMembers) return false;
                if (!member.StartsWith(VxpNames.HeaderPrefix, StringComparison.OrdinalIgnoreCase)) return false;
                if (!members.TryAdd(member[VxpNames.HeaderPrefix.Length..], reader.GetString()!))
                {
                    (fault, name) = (SignatureFault.DuplicateMember, member);
                    return false;
                }
            }
            if (reader.TokenType != JsonTokenType.EndObject || reader.Read()) return false;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape is JSON, but no text.
            return false;
        }
        values = members;
        return true;
    }

    /// <summary>
    /// Whether a header carries the signed value. HTTP drops white space at the ends; a signer that put UTF-8 bytes on the wire shows
    /// them here as one character per byte.
    /// </summary>
    public static bool SameValue(string signed, string received)
    {
        var expected = signed.AsSpan().Trim(" \t");
        var arrived = received.AsSpan().Trim(" \t");
        if (expected.SequenceEqual(arrived)) return true;
        return !Ascii.IsValid(expected) && string.Equals(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(expected.ToString())), arrived.ToString(), StringComparison.Ordinal);
    }
}
