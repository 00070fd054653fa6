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
    /// <summary>What is judged of a signer whatever the signature is made of.</summary>
    public SignerJudge Signers { get; } = new(trust, revocations, policy, now);

    /// <param name="found">What is known of the signature so far; its remarks are kept.</param>
    /// <param name="hashOf">The digest of what is signed, by an algorithm.</param>
    /// <param name="provenBy">When a time-stamp over the document proves that the signature was there; null without one.</param>
    public SignatureVerdict Judge(SignatureVerdict found, ReadOnlyMemory<byte> contents, Func<HashAlgorithmName, byte[]> hashOf, DateTimeOffset? provenBy = null)
    {
        try
        {
            using var message = CmsMessage.Read(contents);
            return JudgeMessage(found, message, hashOf, provenBy);
        }
        catch (Exception unreadable) when (unreadable is AsnContentException or CryptographicException or ArgumentException)
        {
            return found.With(Remark.Unreadable);
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
            return found.With(Remark.Unreadable);
        }
    }

    private SignatureVerdict JudgeToken(SignatureVerdict found, ReadOnlyMemory<byte> contents, Func<HashAlgorithmName, byte[]> hashOf)
    {
        if (!Rfc3161TimestampToken.TryDecode(contents, out var token, out _)) return found.With(Remark.Unreadable);
        if (SignatureAlgorithms.Hash(token.TokenInfo.HashAlgorithmId.Value ?? "") is not { } hash) return found.With(Remark.Unsupported);
        if (!hashOf(hash).AsSpan().SequenceEqual(token.TokenInfo.GetMessageHash().Span)) return found.With(Remark.Altered);
        if (!token.VerifySignatureForHash(token.TokenInfo.GetMessageHash().Span, hash, out var signer) || signer is null) return found.With(Remark.WrongSignature);
        using (signer)
        {
            found = SignerJudge.Named(found, signer) with { Role = SignerRole.TimeStamp, SignedAt = token.TokenInfo.Timestamp, IsTimeProven = true };
            return Signers.MayStamp(signer, token) ? found : found.With(Remark.Untrusted);
        }
    }

    private SignatureVerdict JudgeMessage(SignatureVerdict found, CmsMessage message, Func<HashAlgorithmName, byte[]> hashOf, DateTimeOffset? provenBy)
    {
        if (message.Signer is not { } signer) return found.With(Remark.Unreadable);
        found = SignerJudge.Named(found, signer);
        if (SignatureAlgorithms.Hash(message.DigestAlgorithm) is not { } algorithm) return found.With(Remark.Unsupported);
        var digest = hashOf(algorithm);
        if (message.SignedAttributes is { } attributes)
        {
            if (message.Digest is not { } signed || !signed.Span.SequenceEqual(digest)) return found.With(Remark.Altered);
            digest = CryptographicOperations.HashData(algorithm, attributes);
        }
        switch (SignatureAlgorithms.Verify(signer, message.SignatureAlgorithm, algorithm, digest, message.Signature.Span))
        {
            case null: return found.With(Remark.Unsupported);
            case false: return found.With(message.SignedAttributes is null ? Remark.Altered : Remark.WrongSignature);
        }
        if (message.NamedCertificate is { } named && !named.Span.SequenceEqual(SHA256.HashData(signer.RawData))) return found.With(Remark.WrongSignature);
        if (Signers.IsWeak(algorithm, signer)) found = found.With(Remark.WeakAlgorithm);
        // A PDF may claim its time outside the message instead (ETSI EN 319 142-1 §6.3).
        var time = new SigningTime(message.ClaimedTime ?? found.SignedAt, message.TimeStamp, message.Signature, provenBy);
        return Signers.Judge(found, signer, message.Certificates, time);
    }
}
