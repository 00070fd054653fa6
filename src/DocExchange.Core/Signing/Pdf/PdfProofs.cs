namespace DocExchange.Core.Signing.Pdf;

/// <summary>
/// Proofs of certificates that may be replaced by more of them (ETSI EN 319 142-1 §5.4.2). Whatever their name, what is taken for one must be nothing a page could use: a
/// list of streams is no colour space, and a dictionary with digests for keys says nothing to a program that draws.
/// </summary>
internal sealed class PdfProofs(PdfObjects objects, PdfReferences references)
{
    private static readonly string[] DssKeys = ["Type", "Certs", "OCSPs", "CRLs", "VRI"];

    public bool MayBecome(int number, PdfItem old, PdfItem now, long from, long to)
    {
        if (old.Kind == PdfKind.Array) return references.AreOnly(number, "Certs", "OCSPs", "CRLs", "Cert", "OCSP", "CRL") && HoldsStreams(old, from, to) && HoldsStreams(now, from, to);
        if (references.AreOnly(number, "VRI") && IsBySignature(old) && IsBySignature(now)) return true;
        return references.AreOnly(number, "DSS") && old.Members.Keys.All(DssKeys.Contains) && now.Members.Keys.All(DssKeys.Contains);
    }

    private bool HoldsStreams(PdfItem list, long from, long to) =>
        list.Items.All(item => item.Kind == PdfKind.Reference && objects.Meanings(item, from, to).All(held => held.StreamStart is not null));

    /// <summary>By the SHA-1 of the signature each entry is about, in hex.</summary>
    private static bool IsBySignature(PdfItem item) => item.Members.Keys.All(key => key == "Type" || (key.Length == 40 && key.All(char.IsAsciiHexDigit)));
}
