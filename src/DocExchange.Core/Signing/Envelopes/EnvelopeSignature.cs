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
    public static SignedEnvelope? Verify(ReadOnlyMemory<byte> envelope, out string fault)
    {
        try
        {
            var document = Load(envelope);
            var result = Check(document.DocumentElement!);
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

    private static SignedEnvelope Check(XmlElement root)
    {
        var children = root.ChildNodes.OfType<XmlElement>().ToList();
        if (children.Count != 2 || children[0].LocalName != "Header" || children[1].LocalName != "Body" || children.Any(c => c.NamespaceURI != root.NamespaceURI)) throw new UnsoundSignatureException("Envelope");
        var (header, body) = (children[0], children[1]);
        var security = Only(header, "Security", Security);
        var signature = Only(security, "Signature", Dsig);
        var timestamp = Only(security, "Timestamp", Utility);
        var info = Only(signature, "SignedInfo", Dsig);
        var value = Only(signature, "SignatureValue", Dsig).InnerText.Trim();
        var certificate = FindCertificate(security, Only(signature, "KeyInfo", Dsig));
        CheckSignature(info, Convert.FromBase64String(value), certificate);

        var signed = new SignedParts(root, [body, timestamp, .. header.ChildNodes.OfType<XmlElement>(), .. security.ChildNodes.OfType<XmlElement>().Where(e => e != signature)]);
        PendingBody? pending = null;
        var leavesOut = false;
        foreach (var reference in Children(info, "Reference", Dsig))
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
        return new SignedEnvelope(certificate, value, pending, leavesOut);
    }

    private static XmlDocument Load(ReadOnlyMemory<byte> envelope)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using var reader = XmlReader.Create(new MemoryStream(envelope.ToArray(), writable: false), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        document.Load(reader);
        return document;
    }

    private static void CheckSignature(XmlElement info, byte[] value, X509Certificate2 certificate)
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
