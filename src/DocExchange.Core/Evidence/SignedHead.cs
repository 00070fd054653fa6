namespace DocExchange.Core.Evidence;

/// <summary>A checkpoint as it was signed: what is published, time-stamped and co-signed.</summary>
/// <param name="Note">The checkpoint's text, exactly as signed.</param>
/// <param name="Signature">Detached CMS over <paramref name="Note"/>, DER.</param>
/// <param name="Chain">Certificates in DER, signer first.</param>
public sealed record SignedHead(byte[] Note, byte[] Signature, IReadOnlyList<byte[]> Chain)
{
    /// <exception cref="FormatException">The note is no checkpoint.</exception>
    public Checkpoint Checkpoint { get; } = Checkpoint.TryParse(Note, out var checkpoint) ? checkpoint : throw new FormatException("The note is no checkpoint.");
}

/// <summary>One life of a data folder, with a log of its own.</summary>
/// <param name="Ordinal">From 1, in the order of the lives.</param>
/// <param name="Tag">8 random hex digits; names the log's folder.</param>
/// <param name="Started">When this life began, and the one before it ended.</param>
public sealed record LogEpoch(int Ordinal, string Tag, string Origin, DateTimeOffset Started);

/// <summary>A time-stamp token (RFC 3161) over a head's signature.</summary>
/// <param name="Time">As the token says.</param>
public sealed record HeadStamp(long Size, string Authority, DateTimeOffset Time, byte[] Token);

/// <summary>A witness' signature over the same note.</summary>
/// <param name="Chain">The witness' certificates in DER, signer first.</param>
public sealed record Cosignature(long Size, string Witness, DateTimeOffset Time, byte[] Signature, IReadOnlyList<byte[]> Chain);
