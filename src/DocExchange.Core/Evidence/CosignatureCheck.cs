using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing;

namespace DocExchange.Core.Evidence;

/// <summary>A witness' signature over a head's note.</summary>
public static class CosignatureCheck
{
    /// <param name="trusted">The witnesses' certificates or roots; null: whose signature it is is not checked.</param>
    /// <returns>When the witness says it saw the head; null and a sentence when the signature is not genuine.</returns>
    public static DateTimeOffset? TimeOf(SignedHead head, byte[] signature, IReadOnlyList<byte[]> chain, X509Certificate2Collection? trusted, out string error)
    {
        error = "it names no time";
        if (DetachedCms.SigningTimeOf(signature) is not { } time) return null;
        error = HeadCheck.SignatureFault(head.Note, signature, chain, time, trusted) ?? "";
        return error.Length == 0 ? time : null;
    }
}
