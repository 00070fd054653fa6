using System.Security.Cryptography;
using System.Text;
using System.Xml;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.Core.Signing.Xml;

/// <summary>
/// A copy of a package with the hub's enveloped signature in its header (xmldsig-core1: SHA-256, exclusive canonicalisation), every other byte as it
/// was. Made at the last hop: whoever writes the package anew afterwards breaks it. Read three times, never held as a whole.
/// </summary>
public sealed class HubSignedPackage
{
    private readonly SignaturePlace _place;
    private readonly byte[] _signature;

    private HubSignedPackage(SignaturePlace place, byte[] signature) => (_place, _signature) = (place, signature);

    /// <summary>
    /// Null for what is left as it is: a package that bears a signature this hub can vouch for, has no place for one, or is larger than what is
    /// canonicalised (<see cref="XmlLimits"/>).
    /// </summary>
    /// <param name="package">Seekable; left anywhere.</param>
    public static HubSignedPackage? Make(Stream package, HubKey key, TrustBook trust, DateTimeOffset now)
    {
        if (package.Length > XmlLimits.Default.Bytes) return null;
        try
        {
            if (SignaturePlace.Find(package) is not { } place) return null;
            var judge = new PackageSignatureJudge(trust, new SignaturePolicy(RevocationPolicy.Off, AllowSha1: false), now);
            if (place.IsTaken && judge.Judge(package, package.Length, wasRelayed: false) == PackageSignature.Valid) return null;
            return DigestOf(package) is { } digest ? new HubSignedPackage(place, Encoding.UTF8.GetBytes(Write(digest, key))) : null;
        }
        catch (Exception unfit) when (unfit is XmlException or XmlSignatureException)
        {
            return null;
        }
    }

    /// <summary>Writes the copy.</summary>
    public void Write(Stream package, Action<ReadOnlySpan<byte>> target)
    {
        package.Position = 0;
        PackageBytes.Copy(package, _place.From, target);
        target(_signature);
        package.Position = _place.To;
        PackageBytes.Copy(package, long.MaxValue, target);
    }

    /// <summary>Of the whole package without the signature that is to be replaced; null when another one stands elsewhere.</summary>
    private static byte[]? DigestOf(Stream package)
    {
        package.Position = 0;
        using var reader = XmlReader.Create(package, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = false });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var isAlone = true;
        new CanonicalXml(exclusive: true, [], XmlLimits.Default).Write(reader, new CanonicalSink(hash.AppendData), element =>
        {
            if (SignaturePlace.Is(element)) return true;
            isAlone &= !(element.LocalName == "Signature" && element.NamespaceURI == XmlNames.Namespace);
            return false;
        });
        return isAlone ? hash.GetHashAndReset() : null;
    }

    /// <summary>SignedInfo is written as it is canonicalised, so that what is signed is what stands there.</summary>
    private static string Write(byte[] digest, HubKey key)
    {
        var method = key.IsRsa ? XmlNames.RsaSha256 : XmlNames.EcdsaSha256;
        var inside = $"<CanonicalizationMethod Algorithm=\"{XmlNames.Exclusive}\"></CanonicalizationMethod><SignatureMethod Algorithm=\"{method}\"></SignatureMethod>"
            + $"<Reference URI=\"\"><Transforms><Transform Algorithm=\"{XmlNames.Enveloped}\"></Transform><Transform Algorithm=\"{XmlNames.Exclusive}\"></Transform></Transforms>"
            + $"<DigestMethod Algorithm=\"{XmlNames.Sha256}\"></DigestMethod><DigestValue>{Convert.ToBase64String(digest)}</DigestValue></Reference></SignedInfo>";
        var value = key.SignPlain(Encoding.UTF8.GetBytes($"<SignedInfo xmlns=\"{XmlNames.Namespace}\">{inside}"));
        var certificates = string.Concat(key.Chain.SkipLast(key.Chain.Count > 1 ? 1 : 0).Select(der => $"<X509Certificate>{Convert.ToBase64String(der)}</X509Certificate>"));
        return $"<Signature xmlns=\"{XmlNames.Namespace}\"><SignedInfo>{inside}"
            + $"<SignatureValue>{Convert.ToBase64String(value)}</SignatureValue><KeyInfo><X509Data>{certificates}</X509Data></KeyInfo></Signature>";
    }
}
