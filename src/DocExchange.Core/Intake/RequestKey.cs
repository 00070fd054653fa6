using System.Security.Cryptography;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Intake;

/// <summary>A caller's Idempotency-Key (IETF httpapi-idempotency-key-header): what was asked under it first is what it stands for.</summary>
/// <param name="Value">1 to 255 characters, as sent.</param>
/// <param name="Parameters">What the request asks for beside its body, such as the codes it narrows delivery to.</param>
public sealed record RequestKey(string Value, ReadOnlyMemory<byte> Parameters)
{
    /// <summary>The key with the digest of the whole request, as the store remembers it.</summary>
    public KeyedRequest Of(long systemId, ReadOnlySpan<byte> bodyDigest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bodyDigest);
        hash.AppendData(Parameters.Span);
        return new KeyedRequest(systemId, Value, hash.GetHashAndReset());
    }
}
