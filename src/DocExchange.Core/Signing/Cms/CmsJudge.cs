using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.Core.Signing.Cms;

/// <summary>Judges one signature message over content that somebody else hashes: digest, signature, certificate, time and revocation.</summary>
/// <param name="now">When the document arrived.</param>
internal sealed class CmsJudge(TrustBook trust, RevocationBook revocations, SignaturePolicy policy, DateTimeOffset now)
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <param name="found">What is known of the signature so far; its remarks are kept.</param>
    /// <param name="hashOf">The digest of what is signed, by an algorithm.</param>
    public SignatureVerdict Judge(SignatureVerdict found, ReadOnlyMemory<byte> contents, Func<HashAlgorithmName, byte[]> hashOf)
    {
        try
        {
            using var message = CmsMessage.Read(contents);
            return JudgeMessage(found, message, hashOf);
        }
        catch (Exception unreadable) when (unreadable is AsnContentException or CryptographicException or ArgumentException)
        {
            return With(found, Remark.Unreadable);
        }
    }

    /// <summary>A time-stamp over the document itself (ETSI EN 319 142-1 §5.4.3).</summary>
    public SignatureVerdict JudgeTimeStamp(SignatureVerdict found, ReadOnlyMemory<byte> contents, Func<HashAlgorithmName, byte[]> hashOf)
    {
        found = found with { Role = SignerRole.TimeStamp };
        try
        {
            return JudgeToken(found, contents, hashOf);
        }
        catch (Exception unreadable) when (unreadable is AsnContentException or CryptographicException or ArgumentException)
        {
            return With(found, Remark.Unreadable);
        }
    }

    private SignatureVerdict JudgeToken(SignatureVerdict found, ReadOnlyMemory<byte> contents, Func<HashAlgorithmName, byte[]> hashOf)
    {
        if (!Rfc3161TimestampToken.TryDecode(contents, out var token, out _)) return With(found, Remark.Unreadable);
        if (SignatureAlgorithms.Hash(token.TokenInfo.HashAlgorithmId.Value ?? "") is not { } hash) return With(found, Remark.Unsupported);
        if (!hashOf(hash).AsSpan().SequenceEqual(token.TokenInfo.GetMessageHash().Span)) return With(found, Remark.Altered);
        if (!token.VerifySignatureForHash(token.TokenInfo.GetMessageHash().Span, hash, out var signer) || signer is null) return With(found, Remark.WrongSignature);
        using (signer)
        {
            found = Named(found, signer) with { Role = SignerRole.TimeStamp, SignedAt = token.TokenInfo.Timestamp, IsTimeProven = true };
            var path = trust.PathOf(signer, token.AsSignedCms().Certificates, token.TokenInfo.Timestamp, TimeStamping);
            return path.IsTrusted ? found : With(found, Remark.Untrusted);
        }
    }

    private SignatureVerdict JudgeMessage(SignatureVerdict found, CmsMessage message, Func<HashAlgorithmName, byte[]> hashOf)
    {
        if (message.Signer is not { } signer) return With(found, Remark.Unreadable);
        found = Named(found, signer);
        if (SignatureAlgorithms.Hash(message.DigestAlgorithm) is not { } algorithm) return With(found, Remark.Unsupported);
        var digest = hashOf(algorithm);
        if (message.SignedAttributes is { } attributes)
        {
            if (message.Digest is not { } signed || !signed.Span.SequenceEqual(digest)) return With(found, Remark.Altered);
            digest = CryptographicOperations.HashData(algorithm, attributes);
        }
        switch (SignatureAlgorithms.Verify(signer, message.SignatureAlgorithm, algorithm, digest, message.Signature.Span))
        {
            case null: return With(found, Remark.Unsupported);
            case false: return With(found, message.SignedAttributes is null ? Remark.Altered : Remark.WrongSignature);
        }
        if (message.NamedCertificate is { } named && !named.Span.SequenceEqual(SHA256.HashData(signer.RawData))) return With(found, Remark.WrongSignature);
        var weak = (SignatureAlgorithms.IsWeak(algorithm) && !policy.AllowSha1) || SignatureAlgorithms.IsWeak(signer);
        found = weak ? With(found, Remark.WeakAlgorithm) : found;
        return JudgeCertificate(WithTime(found, message), message, signer);
    }

    private SignatureVerdict WithTime(SignatureVerdict found, CmsMessage message)
    {
        if (message.TimeStamp is { } token)
        {
            if (ProvenTime(token, message) is { } proven) return found with { SignedAt = proven, IsTimeProven = true };
            found = With(found, Remark.TimeStampInvalid);
        }
        // A PDF may claim its time outside the message instead (ETSI EN 319 142-1 §6.3).
        var claimed = message.ClaimedTime ?? found.SignedAt;
        if (claimed > now + TimeSpan.FromMinutes(10)) return With(found with { SignedAt = now }, Remark.FutureTime);
        return With(found with { SignedAt = claimed }, Remark.ClaimedTime);
    }

    private DateTimeOffset? ProvenTime(ReadOnlyMemory<byte> token, CmsMessage message)
    {
        if (!Rfc3161TimestampToken.TryDecode(token, out var stamp, out _)) return null;
        if (!stamp.VerifySignatureForData(message.Signature.Span, out var authority) || authority is null) return null;
        using (authority)
        {
            return trust.PathOf(authority, stamp.AsSignedCms().Certificates, stamp.TokenInfo.Timestamp, TimeStamping).IsTrusted ? stamp.TokenInfo.Timestamp : null;
        }
    }

    private SignatureVerdict JudgeCertificate(SignatureVerdict found, CmsMessage message, X509Certificate2 signer)
    {
        if (signer.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage
            && (usage.KeyUsages & (X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation)) == 0) found = With(found, Remark.WrongUsage);
        var at = found.SignedAt ?? now;
        var path = trust.PathOf(signer, message.Certificates, at);
        if (!path.IsTrusted) return With(found, path.OnlyTimeIsWrong ? Remark.NotValidThen : path.UsageIsWrong ? Remark.WrongUsage : Remark.Untrusted);
        found = found with { Chain = [.. path.Der.Skip(1).Select(der => Convert.ToHexStringLower(SHA256.HashData(der)))] };
        if (!found.IsTimeProven && signer.NotAfter.ToUniversalTime() < now.UtcDateTime) return With(found, Remark.ExpiredUnproven);
        return policy.Revocation == RevocationPolicy.Off ? found : JudgeRevocation(found, path, at);
    }

    private SignatureVerdict JudgeRevocation(SignatureVerdict found, TrustedPath path, DateTimeOffset at)
    {
        var unknown = false;
        for (var i = 0; i + 1 < path.Der.Count; i++)
        {
            using var certificate = X509CertificateLoader.LoadCertificate(path.Der[i]);
            using var issuer = X509CertificateLoader.LoadCertificate(path.Der[i + 1]);
            var answer = revocations.Find(certificate, issuer, now);
            if (answer is null && RevocationPlaces.Permitted(certificate, policy.RevocationHosts).Any()) revocations.Want(certificate, issuer);
            // After the signature's proven time a certificate may be revoked without touching it.
            if (answer is { Status: RevocationStatus.Revoked } && !(found.IsTimeProven && answer.RevokedAt > at)) return With(found, Remark.Revoked);
            unknown |= answer is null or { Status: RevocationStatus.Unknown };
        }
        return !unknown ? found : With(found, policy.Revocation == RevocationPolicy.Hard ? Remark.RevocationUnknown : Remark.RevocationPending);
    }

    internal static SignatureVerdict Named(SignatureVerdict found, X509Certificate2 signer)
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

    private static SignatureVerdict With(SignatureVerdict found, Remark remark) => found with { Remarks = [.. found.Remarks, remark] };
}
