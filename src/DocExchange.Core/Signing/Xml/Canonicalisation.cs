using System.Security.Cryptography;
using System.Xml;

namespace DocExchange.Core.Signing.Xml;

/// <summary>How XML becomes bytes before it is hashed.</summary>
internal sealed record Canonicalisation(bool IsExclusive, IReadOnlyCollection<string> Prefixes)
{
    /// <summary>What applies where nothing is said (xmldsig-core1 §4.4.3.2).</summary>
    public static readonly Canonicalisation Unsaid = new(false, []);

    /// <exception cref="XmlSignatureException">A limit is reached.</exception>
    public byte[] Digest(XmlReader reader, HashAlgorithmName algorithm, XmlLimits limits, Func<XmlReader, bool> isLeftOut)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        new CanonicalXml(IsExclusive, Prefixes, limits).Write(reader, new CanonicalSink(hash.AppendData), isLeftOut);
        return hash.GetHashAndReset();
    }

    /// <summary>The canonical bytes themselves, of what is small.</summary>
    /// <exception cref="XmlSignatureException">A limit is reached.</exception>
    public byte[] Bytes(XmlReader reader, XmlLimits limits)
    {
        var bytes = new MemoryStream();
        new CanonicalXml(IsExclusive, Prefixes, limits).Write(reader, new CanonicalSink(bytes.Write), _ => false);
        return bytes.ToArray();
    }
}
