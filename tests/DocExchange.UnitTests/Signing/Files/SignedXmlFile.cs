using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace DocExchange.UnitTests.Signing.Files;

/// <summary>XML files signed by the platform's SignedXml, which shares nothing with the judge.</summary>
internal static class SignedXmlFile
{
    public const string Plain = """<report xmlns="urn:report"><total id="t" unit="đồng" xml:lang="vi">12 &amp; 3</total><!-- unseen --></report>""";

    /// <param name="uri">What is signed: all of it, or the element of an id.</param>
    /// <param name="more">The SignedXml before it signs.</param>
    public static string Enveloped(X509Certificate2 signer, string xml = Plain, string uri = "", Action<SignedXml, Reference>? more = null)
    {
        var document = Load(xml);
        var reference = new Reference(uri) { DigestMethod = SignedXml.XmlDsigSHA256Url };
        if (uri.Length == 0) reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform());
        document.DocumentElement!.AppendChild(document.ImportNode(Sign(new WithObjects(document), signer, reference, more), true));
        return document.OuterXml;
    }

    /// <summary>The signature is around what it signs.</summary>
    public static string Enveloping(X509Certificate2 signer, string xml = Plain)
    {
        var signed = new SignedXml(new XmlDocument { XmlResolver = null });
        signed.AddObject(new DataObject("content", "text/xml", "", Load(xml).DocumentElement!));
        var reference = new Reference("#content") { DigestMethod = SignedXml.XmlDsigSHA256Url };
        reference.AddTransform(new XmlDsigC14NTransform());
        return Sign(signed, signer, reference).OuterXml;
    }

    /// <summary>XAdES: properties that are signed with the file, and name the certificate that signs.</summary>
    public static void WithProperties(SignedXml signed, X509Certificate2 named, string time)
    {
        var properties = Load($"""
            <xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#sig"><xades:SignedProperties Id="props"><xades:SignedSignatureProperties><xades:SigningTime>{time}</xades:SigningTime>
            <xades:SigningCertificate><xades:Cert><xades:CertDigest><ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue xmlns:ds="http://www.w3.org/2000/09/xmldsig#">{Convert.ToBase64String(SHA256.HashData(named.RawData))}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificate></xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties>
            """);
        signed.AddObject(new DataObject { Data = properties.SelectNodes("/*")! });
        var reference = new Reference("#props") { DigestMethod = SignedXml.XmlDsigSHA256Url, Type = "http://uri.etsi.org/01903#SignedProperties" };
        reference.AddTransform(new XmlDsigExcC14NTransform());
        signed.AddReference(reference);
    }

    public static XmlElement Sign(SignedXml signed, X509Certificate2 signer, Reference reference, Action<SignedXml, Reference>? more = null)
    {
        using var key = signer.GetRSAPrivateKey()!;
        signed.SigningKey = key;
        signed.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        signed.SignedInfo.SignatureMethod = SignedXml.XmlDsigRSASHA256Url;
        signed.AddReference(reference);
        more?.Invoke(signed, reference);
        signed.KeyInfo = new KeyInfo();
        signed.KeyInfo.AddClause(new KeyInfoX509Data(signer));
        signed.ComputeSignature();
        return signed.GetXml();
    }

    /// <summary>Finds what is signed within its own objects, too, as XAdES and OpenDocument have it.</summary>
    public sealed class WithObjects(XmlDocument document) : SignedXml(document)
    {
        public override XmlElement? GetIdElement(XmlDocument? document, string idValue) => base.GetIdElement(document, idValue)
            ?? Signature.ObjectList.Cast<DataObject>().Select(one => one.GetXml().SelectSingleNode($"//*[@Id='{idValue}']")).OfType<XmlElement>().FirstOrDefault();
    }

    public static XmlDocument Load(string xml)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.LoadXml(xml);
        return document;
    }

    public static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
