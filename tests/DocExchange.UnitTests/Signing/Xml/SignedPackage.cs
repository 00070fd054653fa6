using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace DocExchange.UnitTests.Signing.Xml;

/// <summary>Packages signed by the platform's SignedXml: an implementation that shares nothing with ours.</summary>
internal static class SignedPackage
{
    private const string Edxml = "http://www.mic.gov.vn/TBT/QCVN_102_2016";

    public static string Plain(string more = "", string header = "") => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- seen by nobody --><edXML xmlns="{Edxml}"><edXML:edXMLEnvelope xmlns:edXML="{Edxml}" xmlns:unused="urn:unused"><edXML:edXMLHeader>
        <edXML:MessageHeader b="2" a='1 &quot;&#9;' edXML:z="0"><edXML:Subject>Một &amp; hai&#13;<![CDATA[<ba>]]> <?target  data?></edXML:Subject>{header}<x:Other xmlns:x="urn:x" x:k=""/><Empty xmlns=""/></edXML:MessageHeader>
        </edXML:edXMLHeader></edXML:edXMLEnvelope>{more}</edXML>
        """;

    /// <param name="change">The SignedXml before it signs, to make it another than ours.</param>
    public static string Sign(string package, X509Certificate2 certificate, bool exclusive, Action<SignedXml, Reference>? change = null)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.LoadXml(package);
        using var key = certificate.GetRSAPrivateKey()!;
        var signed = new SignedXml(document) { SigningKey = key };
        signed.SignedInfo!.CanonicalizationMethod = exclusive ? SignedXml.XmlDsigExcC14NTransformUrl : SignedXml.XmlDsigC14NTransformUrl;
        signed.SignedInfo.SignatureMethod = SignedXml.XmlDsigRSASHA256Url;
        var reference = new Reference("") { DigestMethod = SignedXml.XmlDsigSHA256Url };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(exclusive ? new XmlDsigExcC14NTransform() : new XmlDsigC14NTransform());
        change?.Invoke(signed, reference);
        signed.AddReference(reference);
        signed.KeyInfo = new KeyInfo();
        signed.KeyInfo.AddClause(new KeyInfoX509Data(certificate));
        signed.ComputeSignature();
        var header = document.GetElementsByTagName("edXMLHeader", Edxml)[0]!;
        header.AppendChild(document.ImportNode(signed.GetXml(), true));
        return document.OuterXml;
    }

    public static MemoryStream Stream(string package) => new(Encoding.UTF8.GetBytes(package));
}
