using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Core.Signing.Files;

/// <summary>A Signature element of an XML or Office file, taken apart and not yet believed.</summary>
internal sealed class FileSignature : IDisposable
{
    private const int MostCertificates = 32;
    private readonly XmlElement _information;
    private readonly Canonicalisation _how;
    private readonly byte[] _value;

    /// <exception cref="XmlSignatureException">It signs in a way that is not looked at.</exception>
    /// <exception cref="FormatException">A value is not base64.</exception>
    /// <exception cref="CryptographicException">A certificate cannot be read.</exception>
    public FileSignature(XmlElement element, XmlLimits limits)
    {
        Element = element;
        _information = Dsig.Only(element, "SignedInfo");
        _how = Dsig.CanonicalisationOf(Dsig.Only(_information, "CanonicalizationMethod")) ?? throw new XmlSignatureException("an unknown canonicalisation");
        _value = Dsig.Bytes(Dsig.Only(element, "SignatureValue"));
        Method = XmlNames.Signature(Dsig.Algorithm(Dsig.Only(_information, "SignatureMethod"))) ?? throw new XmlSignatureException("an unknown signature method");
        var references = Dsig.Children(_information, "Reference").ToList();
        if (references.Count is 0 || references.Count > limits.References) throw new XmlSignatureException("too many references, or none");
        References = [.. references.Select(FileReference.Read)];
        var certificates = Dsig.Children(element, "KeyInfo").SelectMany(k => Dsig.Children(k, "X509Data")).SelectMany(x => Dsig.Children(x, "X509Certificate"));
        foreach (var one in certificates.Take(MostCertificates)) Certificates.Add(X509CertificateLoader.LoadCertificate(Dsig.Bytes(one)));
        // Chains stand in any order: who issued none of the others signed.
        Signer = Certificates.FirstOrDefault(one => !Certificates.Any(other => other != one && other.IssuerName.RawData.AsSpan().SequenceEqual(one.SubjectName.RawData)))
            ?? throw new XmlSignatureException("no certificate");
    }

    public XmlElement Element { get; }

    public (HashAlgorithmName Hash, bool IsRsa) Method { get; }

    public IReadOnlyList<FileReference> References { get; }

    public X509Certificate2Collection Certificates { get; } = [];

    public X509Certificate2 Signer { get; }

    /// <exception cref="XmlSignatureException">A limit is reached.</exception>
    public bool IsSigned(XmlLimits limits)
    {
        using var reader = new XmlNodeReader(Dsig.StandAlone(_information));
        return SignatureAlgorithms.VerifyXml(Signer, Method, _how.Digest(reader, Method.Hash, limits, _ => false), _value);
    }

    public void Dispose()
    {
        foreach (var certificate in Certificates) certificate.Dispose();
    }
}
