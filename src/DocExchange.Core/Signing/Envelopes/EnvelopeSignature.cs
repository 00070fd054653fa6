using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;

namespace DocExchange.Core.Signing.Envelopes;

/// <summary>
/// Verifies WS-Security's X.509 signature over a SOAP envelope (OASIS WSS 1.1, X.509 token profile). What is signed is found by where it
/// stands, never by its id: the very Body of the very Envelope and the Timestamp of its Security header, and at most other blocks of that
/// header. An id that occurs twice, or that stands anywhere else, is no signature.
/// </summary>
public static class EnvelopeSignature
{
    private const string Dsig = "http://www.w3.org/2000/09/xmldsig#";
    private const string Security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private const string Utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private const string XopInclude = "http://www.w3.org/2004/08/xop/include";

    // Stands for the package in the canonical text; XML forbids nothing about it, and no sender has a reason to write it.
    private const string Mark = "\uE000dx-package\uE000";

    /// <summary>The signature's statement, or null with the place at fault.</summary>
    /// <param name="isKnown">Whether the certificate is anybody's: asked before any work is done on a stranger's word. A stranger's fault is its KeyInfo.</param>
    public static SignedEnvelope? Verify(ReadOnlyMemory<byte> envelope, EnvelopeLimits limits, Func<X509Certificate2, bool> isKnown, out string fault)
    {
        try
        {
            var bytes = envelope.ToArray();
            using (var reader = Open(bytes)) limits.Check(reader);
            var result = Check(Load(bytes).DocumentElement!, limits, isKnown);
            fault = "";
            return result;
        }
        catch (UnsoundSignatureException unsound)
        {
            fault = unsound.Message;
        }
        catch (Exception broken) when (broken is XmlException or CryptographicException or FormatException)
        {
            fault = "Signature";
        }
        return null;
    }

    private static SignedEnvelope Check(XmlElement root, EnvelopeLimits limits, Func<X509Certificate2, bool> isKnown)
    {
        var children = root.ChildNodes.OfType<XmlElement>().ToList();
        if (children.Count != 2 || children[0].LocalName != "Header" || children[1].LocalName != "Body" || children.Any(c => c.NamespaceURI != root.NamespaceURI)) throw new UnsoundSignatureException("Envelope");
        var (header, body) = (children[0], children[1]);
        var security = Only(header, "Security", Security);
        var signature = Only(security, "Signature", Dsig);
        var timestamp = Only(security, "Timestamp", Utility);
        var info = Only(signature, "SignedInfo", Dsig);
        var value = Only(signature, "SignatureValue", Dsig).InnerText;
        var certificate = FindCertificate(security, Only(signature, "KeyInfo", Dsig));
        if (!isKnown(certificate)) throw new UnsoundSignatureException("KeyInfo");
        var references = Children(info, "Reference", Dsig).Take(limits.MaxReferences + 1).ToList();
        if (references.Count > limits.MaxReferences) throw new UnsoundSignatureException("Reference");
        var statement = CheckSignature(info, Convert.FromBase64String(value), certificate);

        var signed = new SignedParts(root, [body, timestamp, .. header.ChildNodes.OfType<XmlElement>(), .. security.ChildNodes.OfType<XmlElement>().Where(e => e != signature)]);
        PendingBody? pending = null;
        var leavesOut = false;
        foreach (var reference in references)
        {
            var target = signed.Take(reference.GetAttribute("URI"));
            var (digest, algorithm, prefixes) = SignedReference.Read(reference);
            var matches = CryptographicOperations.FixedTimeEquals(CryptographicOperations.HashData(algorithm, CanonicalElement.Bytes(target, prefixes)), digest);
            var include = target == body ? Descendants(body, "Include", XopInclude) : [];
            if (matches) leavesOut |= include.Count > 0;
            else if (include.Count == 1) pending = Pending(include[0], body, prefixes, digest, algorithm);
            else throw new UnsoundSignatureException(target.LocalName);
        }
        if (!signed.Took(body)) throw new UnsoundSignatureException("Body");
        if (!signed.Took(timestamp)) throw new UnsoundSignatureException("Timestamp");
        return new SignedEnvelope(certificate, IdentityOf(statement, certificate), pending, leavesOut);
    }

    private static XmlReader Open(byte[] envelope) =>
        XmlReader.Create(new MemoryStream(envelope, writable: false), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });

    private static XmlDocument Load(byte[] envelope)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using var reader = Open(envelope);
        document.Load(reader);
        return document;
    }

    /// <summary>Of what was signed and by which key, so that neither another spelling of the signature nor another certificate of the key makes it another message.</summary>
    private static string IdentityOf(byte[] statement, X509Certificate2 certificate) =>
        Convert.ToHexString(SHA256.HashData([.. SHA256.HashData(statement), .. SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())]));

    /// <summary>The canonical text that is signed.</summary>
    private static byte[] CheckSignature(XmlElement info, byte[] value, X509Certificate2 certificate)
    {
        var method = Only(info, "CanonicalizationMethod", Dsig);
        if (method.GetAttribute("Algorithm") != CanonicalElement.Algorithm) throw new UnsoundSignatureException("CanonicalizationMethod");
        var text = CanonicalElement.Bytes(info, SignedReference.PrefixesOf(method));
        var valid = Only(info, "SignatureMethod", Dsig).GetAttribute("Algorithm") switch
        {
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" => Rsa(HashAlgorithmName.SHA256),
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384" => Rsa(HashAlgorithmName.SHA384),
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512" => Rsa(HashAlgorithmName.SHA512),
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256" => Ecdsa(HashAlgorithmName.SHA256),
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384" => Ecdsa(HashAlgorithmName.SHA384),
            _ => throw new UnsoundSignatureException("SignatureMethod"),
        };
        if (!valid) throw new UnsoundSignatureException("SignatureValue");
        return text;

        bool Rsa(HashAlgorithmName hash)
        {
            using var key = certificate.GetRSAPublicKey();
            return key is { KeySize: >= 2048 } && key.VerifyData(text, value, hash, RSASignaturePadding.Pkcs1);
        }

        bool Ecdsa(HashAlgorithmName hash)
        {
            using var key = certificate.GetECDsaPublicKey();
            return key is not null && key.VerifyData(text, value, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <summary>In the message, as a token of the same Security header that KeyInfo refers to, or in KeyInfo itself.</summary>
    private static X509Certificate2 FindCertificate(XmlElement security, XmlElement keyInfo)
    {
        string? text = null;
        if (Descendants(keyInfo, "Reference", Security) is [var reference])
        {
            var tokens = Children(security, "BinarySecurityToken", Security).Where(t => "#" + t.GetAttribute("Id", Utility) == reference.GetAttribute("URI")).ToList();
            if (tokens is [var token]) text = token.InnerText;
        }
        else if (Descendants(keyInfo, "X509Certificate", Dsig) is [var inside])
        {
            text = inside.InnerText;
        }
        if (text is null) throw new UnsoundSignatureException("KeyInfo");
        return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text));
    }

    private static PendingBody Pending(XmlElement include, XmlElement body, string? prefixes, byte[] digest, HashAlgorithmName algorithm)
    {
        var mark = include.OwnerDocument.CreateTextNode(Mark);
        include.ParentNode!.ReplaceChild(mark, include);
        var canonical = CanonicalElement.Bytes(body, prefixes);
        mark.ParentNode!.ReplaceChild(include, mark);
        var text = Encoding.UTF8.GetBytes(Mark);
        var at = canonical.AsSpan().IndexOf(text);
        if (at != canonical.AsSpan().LastIndexOf(text)) throw new UnsoundSignatureException("Body");
        return new PendingBody(canonical[..at], canonical[(at + text.Length)..], digest, algorithm);
    }

    internal static XmlElement Only(XmlElement parent, string name, string ns) => Children(parent, name, ns).ToList() is [var only] ? only : throw new UnsoundSignatureException(name);

    internal static IEnumerable<XmlElement> Children(XmlElement parent, string name, string ns) =>
        parent.ChildNodes.OfType<XmlElement>().Where(e => e.LocalName == name && e.NamespaceURI == ns);

    private static List<XmlElement> Descendants(XmlElement parent, string name, string ns) => [.. parent.GetElementsByTagName(name, ns).OfType<XmlElement>()];
}
