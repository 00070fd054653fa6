using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing;

namespace DocExchange.Core.Evidence.Stamping;

/// <summary>
/// RFC 3161 tokens. The data stamped is a head's CMS signature: only who had that signature could have it stamped, so the token also says
/// that the key had signed by then.
/// </summary>
public static class TimestampToken
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <summary>A request over <paramref name="data"/> with a nonce; asks for the authority's certificate inside the token.</summary>
    public static TimestampQuery Ask(ReadOnlySpan<byte> data) =>
        new(Rfc3161TimestampRequest.CreateFromData(data, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(16), requestSignerCertificates: true));

    /// <summary>Whether the token is over exactly this data, signed by an authority for time-stamps whose chain ends at one of the roots.</summary>
    /// <param name="roots">Null: whose token it is is not checked.</param>
    /// <returns>The token's time, or null and a sentence.</returns>
    public static DateTimeOffset? Check(byte[] token, ReadOnlySpan<byte> data, X509Certificate2Collection? roots, out string error)
    {
        try
        {
            if (Rfc3161TimestampToken.TryDecode(token, out var decoded, out var read) && read == token.Length) return Check(decoded, data, roots, out error);
            error = "it is no RFC 3161 token";
        }
        catch (CryptographicException fault)
        {
            error = fault.Message;
        }
        return null;
    }

    private static DateTimeOffset? Check(Rfc3161TimestampToken token, ReadOnlySpan<byte> data, X509Certificate2Collection? roots, out string error)
    {
        if (token.TokenInfo.HashAlgorithmId.Value is not { } hash || !StrongHashes.Contains(hash))
        {
            error = "its digest algorithm is not SHA-256, SHA-384 or SHA-512";
            return null;
        }
        if (!token.VerifySignatureForData(data, out var signer))
        {
            error = "its signature or imprint does not fit what was to be stamped, or its signer may not stamp";
            return null;
        }
        using (signer)
        {
            var time = token.TokenInfo.Timestamp;
            error = "";
            if (roots is null || TrustedChain.EndsAt(roots, signer, token.AsSignedCms().Certificates, time, TimeStamping)) return time;
            error = $"its signer ({signer.Subject}) does not chain to a trusted root";
            return null;
        }
    }

    private static readonly HashSet<string> StrongHashes = ["2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"];
}

/// <summary>A request that waits for its answer.</summary>
public sealed class TimestampQuery
{
    private readonly Rfc3161TimestampRequest request;

    internal TimestampQuery(Rfc3161TimestampRequest request) => this.request = request;

    /// <summary>TimeStampReq, DER.</summary>
    public byte[] Encoded => request.Encode();

    /// <summary>The token of a TimeStampResp that grants exactly this request (status, nonce, imprint); null and a sentence otherwise.</summary>
    public byte[]? TokenOf(byte[] response, out string error)
    {
        error = "";
        try
        {
            var token = request.ProcessResponse(response, out var read);
            if (read == response.Length) return token.AsSignedCms().Encode();
            error = "something follows the answer";
        }
        catch (CryptographicException fault)
        {
            error = fault.Message;
        }
        return null;
    }
}
