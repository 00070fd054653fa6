using System.Globalization;
using System.Text;

namespace DocExchange.Core.Evidence;

/// <summary>
/// The state of a log at a moment, in the text form of a C2SP checkpoint: origin, size, base64 root and one extension line with the
/// time, each ended by LF. Exactly these bytes are signed.
/// </summary>
/// <param name="Origin"><c>hub/epoch</c>: which log. No white space, no plus sign.</param>
/// <param name="Size">Leaves covered.</param>
/// <param name="Root">32 bytes.</param>
/// <param name="Time">When it was made; written to the millisecond.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root, DateTimeOffset Time)
{
    private const string TimeName = "time ";
    private static readonly UTF8Encoding Strict = new(false, true);

    public byte[] ToText() => Encoding.UTF8.GetBytes(
        $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(Root)}\n{TimeName}{EvidenceTime.Write(Time)}\n");

    /// <summary>True for exactly what <see cref="ToText"/> can write: a checkpoint has one spelling.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Checkpoint checkpoint)
    {
        checkpoint = null!;
        if (text.Length > 1024 || !TryDecode(text, out var decoded)) return false;
        var lines = decoded.Split('\n');
        if (lines.Length != 5 || lines[4].Length != 0 || !IsOrigin(lines[0])) return false;
        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return false;
        var root = new byte[MerkleHash.Size];
        if (lines[2].Length != 44 || !Convert.TryFromBase64String(lines[2], root, out var length) || length != root.Length) return false;
        if (!lines[3].StartsWith(TimeName, StringComparison.Ordinal)) return false;
        if (!EvidenceTime.TryParse(lines[3][TimeName.Length..], out var time)) return false;
        var candidate = new Checkpoint(lines[0], size, root, time);
        if (!text.SequenceEqual(candidate.ToText())) return false;
        checkpoint = candidate;
        return true;
    }

    /// <summary>What may stand as an origin.</summary>
    public static bool IsOrigin(string origin) =>
        origin.Length is > 0 and <= 255 && !origin.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');

    private static bool TryDecode(ReadOnlySpan<byte> text, out string decoded)
    {
        decoded = "";
        try
        {
            decoded = Strict.GetString(text);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
