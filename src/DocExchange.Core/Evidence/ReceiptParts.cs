namespace DocExchange.Core.Evidence;

/// <summary>What a receipt holds; everything is known at commit and never changes.</summary>
/// <param name="Id">The receipt's id; the entry names the same.</param>
/// <param name="Entry">Canonical bytes of the event.</param>
/// <param name="Salt">16 bytes.</param>
/// <param name="Index">The leaf's place in the log, from 0.</param>
/// <param name="Checkpoint">Text of the checkpoint of the batch the leaf came with.</param>
/// <param name="Path">Inclusion path from the leaf to that checkpoint's root.</param>
/// <param name="Signature">Detached CMS over the checkpoint text, DER.</param>
/// <param name="Chain">Certificates in DER, signer first, each issued by the next.</param>
public sealed record ReceiptParts(
    string Id, byte[] Entry, byte[] Salt, long Index, byte[] Checkpoint, IReadOnlyList<byte[]> Path, byte[] Signature, IReadOnlyList<byte[]> Chain);
