using System.Security.Cryptography;
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
    public (SignedEnvelope? Signed, PartnerSystem? Signer, Problem? Problem) Verify(PartyBook book, SoapMessage message)
    {
        if (message.Xml.Whole is not { } envelope) return (null, null, new Problem(ProblemCatalogue.SoapEnvelopeTooLarge, "Signature", Limit: SoapLimits.Default.MaxEnvelopeBytes.ToString()));
        var signed = EnvelopeSignature.Verify(envelope, out var fault);
        if (signed is null) return (null, null, new Problem(ProblemCatalogue.MessageSignatureUnsound, fault));
        var now = time.GetUtcNow();
        using var certificate = signed.Certificate;
        var isValid = certificate.NotBefore.ToUniversalTime() <= now.UtcDateTime && now.UtcDateTime < certificate.NotAfter.ToUniversalTime();
        var system = isValid ? book.FindHolder(CredentialKind.Certificate, certificate.GetCertHash(HashAlgorithmName.SHA256), now) : null;
        if (system is null) return (null, null, new Problem(ProblemCatalogue.CallerNotAuthentic));
        return seen.TryAdd(signed.SignatureValue) ? (signed, system, null) : (null, null, SoapSecurity.NotFresh("SignatureValue"));
    }
}
