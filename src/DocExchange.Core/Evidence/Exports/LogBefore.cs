using System.Globalization;

namespace DocExchange.Core.Evidence.Exports;

/// <summary>What the first entry of a log says of the log it goes on from (docs/evidence-format.md §8, <c>LogStarted</c>).</summary>
/// <param name="Size">How far that log was known; null when its head was not known.</param>
internal sealed record LogBefore(string Origin, long? Size, byte[]? Root)
{
    /// <summary>Null when the entry is no first entry, or the log is the hub's first.</summary>
    public static LogBefore? Of(EvidenceEntry? entry)
    {
        if (entry is not { Event: EvidenceEvents.LogStarted, Detail: { } detail } || detail.Split(' ') is not [_, "after", var origin, .. var rest]) return null;
        if (rest is [var size, var root, ..] && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var known)
            && Base64Of(root.TrimEnd(':')) is { Length: MerkleHash.Size } hash) return new LogBefore(origin, known, hash);
        return new LogBefore(origin.TrimEnd(','), null, null);
    }

    /// <summary>The name <c>--log</c> takes.</summary>
    public string Tag => Publishing.LogSource.TagOf(Origin);

    public bool IsLastHead(HeldHead head) => head.Checkpoint.Origin == Origin && head.Checkpoint.Size == Size;

    public bool Fits(HeldHead head) => head.Checkpoint.Root.AsSpan().SequenceEqual(Root);

    /// <summary>Whether that many entries of a log are more than went on.</summary>
    public bool Lost(string origin, long size) => origin == Origin && size > Size;

    private static byte[]? Base64Of(string text)
    {
        var bytes = new byte[MerkleHash.Size + 2];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
