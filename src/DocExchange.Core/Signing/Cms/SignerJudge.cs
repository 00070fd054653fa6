using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.Core.Signing.Cms;

/// <summary>Judges who made a signature that fits: the time, the certificate as of then, and its revocation. The same for PDF, XML and Office files.</summary>
/// <param name="now">When the document arrived.</param>
internal sealed class SignerJudge(TrustBook trust, RevocationBook revocations, SignaturePolicy policy, DateTimeOffset now)
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    public SignatureVerdict Judge(SignatureVerdict found, X509Certificate2 signer, X509Certificate2Collection brought, SigningTime time) =>
        JudgeCertificate(WithTime(found, time), signer, brought);

    public bool IsWeak(HashAlgorithmName digest, X509Certificate2 signer) =>
        (SignatureAlgorithms.IsWeak(digest) && !policy.AllowSha1) || SignatureAlgorithms.IsWeak(signer);

    /// <summary>Whether a token's signer is a trusted authority for time-stamps, and not known to be revoked, as of the time it says.</summary>
    public bool MayStamp(X509Certificate2 authority, Rfc3161TimestampToken token)
    {
        var at = token.TokenInfo.Timestamp;
        var path = trust.PathOf(authority, token.AsSignedCms().Certificates, at, TimeStamping);
        return path.IsTrusted && (policy.Revocation == RevocationPolicy.Off || !Answers(path).Exists(answer => IsRevoked(answer) && !(answer!.RevokedAt > at)));
    }

    public static SignatureVerdict Named(SignatureVerdict found, X509Certificate2 signer)
    {
        var names = SignerNames.Of(signer);
        return found with
        {
            Role = names.Role,
            Signer = names.Name,
            Organisation = names.Organisation,
            Issuer = signer.GetNameInfo(X509NameType.SimpleName, forIssuer: true),
            Serial = signer.SerialNumber,
            Certificate = RevocationBook.KeyOf(signer),
        };
    }

    private SignatureVerdict WithTime(SignatureVerdict found, SigningTime time)
    {
        var stamped = time.Stamp is { } token ? ProvenTime(token, time.Stamped) : null;
        if (time.Stamp is not null && stamped is null) found = found.With(Remark.TimeStampInvalid);
        // The signature's own stamp is the nearer one.
        if ((stamped ?? time.ProvenBy) is { } proven) return found with { SignedAt = proven, IsTimeProven = true };
        if (time.Claimed > now + TimeSpan.FromMinutes(10)) return (found with { SignedAt = now }).With(Remark.FutureTime);
        return (found with { SignedAt = time.Claimed }).With(Remark.ClaimedTime);
    }

    private DateTimeOffset? ProvenTime(ReadOnlyMemory<byte> token, ReadOnlyMemory<byte> stamped)
    {
        if (!Rfc3161TimestampToken.TryDecode(token, out var stamp, out _)) return null;
        if (!stamp.VerifySignatureForData(stamped.Span, out var authority) || authority is null) return null;
        using (authority) return MayStamp(authority, stamp) ? stamp.TokenInfo.Timestamp : null;
    }

    private SignatureVerdict JudgeCertificate(SignatureVerdict found, X509Certificate2 signer, X509Certificate2Collection brought)
    {
        if (signer.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage
            && (usage.KeyUsages & (X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation)) == 0) found = found.With(Remark.WrongUsage);
        var at = found.SignedAt ?? now;
        var path = trust.PathOf(signer, brought, at);
        if (!path.IsTrusted) return found.With(path.OnlyTimeIsWrong ? Remark.NotValidThen : path.UsageIsWrong ? Remark.WrongUsage : Remark.Untrusted);
        found = found with { Chain = [.. path.Der.Skip(1).Select(der => Convert.ToHexStringLower(SHA256.HashData(der)))] };
        if (!found.IsTimeProven && signer.NotAfter.ToUniversalTime() < now.UtcDateTime) return found.With(Remark.ExpiredUnproven);
        return policy.Revocation == RevocationPolicy.Off ? found : JudgeRevocation(found, path, at);
    }

    private SignatureVerdict JudgeRevocation(SignatureVerdict found, TrustedPath path, DateTimeOffset at)
    {
        var answers = Answers(path);
        // After the signature's proven time a certificate may be revoked without touching it.
        if (answers.Exists(answer => IsRevoked(answer) && !(found.IsTimeProven && answer!.RevokedAt > at))) return found.With(Remark.Revoked);
        if (!answers.Exists(answer => answer is null or { Status: RevocationStatus.Unknown })) return found;
        return found.With(policy.Revocation == RevocationPolicy.Hard ? Remark.RevocationUnknown : Remark.RevocationPending);
    }

    private static bool IsRevoked(RevocationAnswer? answer) => answer is { Status: RevocationStatus.Revoked };

    /// <summary>What is known of each certificate of a path below its root; what is missing is noted to be asked for.</summary>
    private List<RevocationAnswer?> Answers(TrustedPath path)
    {
        var answers = new List<RevocationAnswer?>();
        for (var i = 0; i + 1 < path.Der.Count; i++)
        {
            using var certificate = X509CertificateLoader.LoadCertificate(path.Der[i]);
            using var issuer = X509CertificateLoader.LoadCertificate(path.Der[i + 1]);
            var answer = revocations.Find(certificate, issuer, now);
            if (answer is null && RevocationPlaces.Permitted(certificate, policy.RevocationHosts).Any()) revocations.Want(certificate, issuer);
            answers.Add(answer);
        }
        return answers;
    }
}
