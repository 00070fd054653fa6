namespace DocExchange.Core.Evidence.Supplements;

/// <summary>What became known about a receipt after it was fixed: later heads that hold its leaf, and what others said of them.</summary>
/// <param name="Receipt">Id of the receipt.</param>
/// <param name="Heads">By size; empty while nobody has stamped or co-signed anything behind the receipt.</param>
public sealed record Supplement(string Receipt, IReadOnlyList<SupplementHead> Heads);

/// <param name="Path">From the receipt's leaf to this head's root.</param>
/// <param name="Stamps">RFC 3161 tokens over the head's signature, DER.</param>
public sealed record SupplementHead(SignedHead Head, IReadOnlyList<byte[]> Path, IReadOnlyList<byte[]> Stamps, IReadOnlyList<WitnessProof> Cosignatures)
{
    /// <summary>What authorities said of the hub's certificates: OCSP responses and CRLs in DER. Stands with the last head.</summary>
    public IReadOnlyList<byte[]> Revocation { get; init; } = [];
}

/// <param name="Signature">Detached CMS over the head's note, DER; its signing-time says when the witness saw it.</param>
/// <param name="Chain">The witness' certificates, signer first.</param>
public sealed record WitnessProof(byte[] Signature, IReadOnlyList<byte[]> Chain);
