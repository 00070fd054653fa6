using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Ocsp;

namespace DocExchange.Sandbox.Authorities;

/// <summary>Answers what has become of certificates (RFC 6960): good, unless the authority's list of revoked serial numbers names them.</summary>
internal sealed class OcspResponder(SandboxAuthority authority, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    public byte[] Answer(byte[] request)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var answers = new OCSPRespGenerator();
        try
        {
            var asked = new OcspReq(request);
            var certificate = BouncyCertificate.Of(authority.Responder);
            var basic = new BasicOcspRespGenerator(new RespID(certificate.SubjectDN));
            foreach (var one in asked.GetRequestList())
            {
                var id = one.GetCertID();
                CertificateStatus? status = !id.MatchesIssuer(BouncyCertificate.Of(authority.Root)) ? new UnknownStatus()
                    : authority.IsRevoked(id.SerialNumber.ToString(16)) ? new RevokedStatus(now, CrlReason.KeyCompromise)
                    : CertificateStatus.Good;
                basic.AddResponse(id, status, now, now + Fresh, null);
            }
            if (asked.RequestExtensions?.GetExtension(OcspObjectIdentifiers.PkixOcspNonce) is { } nonce)
            {
                var extensions = new X509ExtensionsGenerator();
                extensions.AddExtension(OcspObjectIdentifiers.PkixOcspNonce, nonce.IsCritical, nonce.GetParsedValue());
                basic.SetResponseExtensions(extensions.Generate());
            }
            return answers.Generate(OcspRespStatus.Successful, basic.Generate("SHA256withRSA", BouncyCertificate.KeyOf(authority.Responder), [certificate], now)).GetEncoded();
        }
        catch (Exception unreadable) when (unreadable is IOException or ArgumentException or InvalidCastException)
        {
            return answers.Generate(OcspRespStatus.MalformedRequest, null).GetEncoded();
        }
    }
}
