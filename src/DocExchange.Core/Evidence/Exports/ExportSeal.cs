using System.Globalization;
using System.Text;

namespace DocExchange.Core.Evidence.Exports;

/// <summary>What the last line signs: the digest of every byte before it, the counts, and when it was made. Four lines, each ended by LF.</summary>
/// <param name="Digest">SHA-256, 32 bytes.</param>
public sealed record ExportSeal(byte[] Digest, long Shown, long Withheld, DateTimeOffset Time)
{
    public byte[] ToText() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{ExportFormat.Name}\nsha256:{Convert.ToHexStringLower(Digest)}\nshown {Shown} withheld {Withheld}\ntime {EvidenceTime.Write(Time)}\n"));

    /// <summary>Null for anything <see cref="ToText"/> does not write.</summary>
    public static ExportSeal? TryParse(ReadOnlySpan<byte> text)
    {
        if (text.Length > 512 || Encoding.ASCII.GetString(text).Split('\n') is not [_, { Length: 71 } digest, var counts, var time, ""]) return null;
        if (counts.Split(' ') is not [_, var shown, _, var withheld] || time.Length < 5 || !EvidenceTime.TryParse(time[5..], out var made)) return null;
        if (!long.TryParse(shown, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) || !long.TryParse(withheld, NumberStyles.None, CultureInfo.InvariantCulture, out var unseen)) return null;
        var hash = new byte[MerkleHash.Size];
        if (Convert.FromHexString(digest.AsSpan(7), hash, out _, out _) != System.Buffers.OperationStatus.Done) return null;
        var seal = new ExportSeal(hash, seen, unseen, made);
        return text.SequenceEqual(seal.ToText()) ? seal : null;
    }
}
