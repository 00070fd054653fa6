using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Signing.Envelopes;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>
/// Signed messages: the certificate must be one that the operator gave to a system, within its validity, and no message counts twice. A
/// signature that nobody is known by is not from anybody.
/// </summary>
internal sealed class SoapSignatures(SeenMessages seen, TimeProvider time)
{
    private static readonly EnvelopeLimits Limits = new(SoapLimits.Default.MaxDepth, SoapLimits.Default.MaxElements, SoapLimits.Default.MaxAttributesPerElement);

    /// <param name="created">The time of the Timestamp that the signature covers.</param>
    public (SignedEnvelope? Signed, PartnerSystem? Signer, Problem? Problem) Verify(PartyBook book, SoapMessage message, DateTimeOffset created)
    {
        if (message.Xml.Whole is not { } envelope) return (null, null, new Problem(ProblemCatalogue.SoapEnvelopeTooLarge, "Signature", Limit: SoapLimits.Default.MaxEnvelopeBytes.ToString()));
        PartnerSystem? system = null;
        var isStranger = false;
        var signed = EnvelopeSignature.Verify(envelope, Limits, IsKnown, out var fault);
        if (isStranger) return (null, null, new Problem(ProblemCatalogue.CallerNotAuthentic));
        if (signed is null) return (null, null, new Problem(ProblemCatalogue.MessageSignatureUnsound, fault));
        signed.Certificate.Dispose();
        return seen.Take(signed.Identity, created, "SignatureValue") is { } replayed ? (null, null, replayed) : (signed, system, null);

        bool IsKnown(X509Certificate2 certificate)
        {
            system = SystemOf(book, certificate);
            isStranger = system is null;
            return !isStranger;
        }
    }

    private PartnerSystem? SystemOf(PartyBook book, X509Certificate2 certificate)
    {
        var now = time.GetUtcNow();
        var isValid = certificate.NotBefore.ToUniversalTime() <= now.UtcDateTime && now.UtcDateTime < certificate.NotAfter.ToUniversalTime();
        return isValid ? book.FindHolder(CredentialKind.Certificate, certificate.GetCertHash(HashAlgorithmName.SHA256), now) : null;
    }
}
