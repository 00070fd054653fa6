using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace DocExchange.UnitTests.Soap;

/// <summary>Signs envelopes the way stacks do, with the framework's own SignedXml: another hand than the one that verifies.</summary>
internal sealed class EnvelopeSigner : IDisposable
{
    public const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    public const string Wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

    private readonly RSA _key;

    /// <param name="key">Of the caller's, who keeps it: making one takes longer than most tests; null makes one that nobody else has.</param>
    public EnvelopeSigner(RSA? key = null)
    {
        _key = RSA.Create();
        if (key is null) _key.KeySize = 2048;
        else _key.ImportParameters(key.ExportParameters(includePrivateParameters: true));
        var request = new CertificateRequest("CN=signer", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>An envelope with what is to be signed, in the places where it belongs.</summary>
    public static string Envelope(string body, string created = "2024-01-05T01:00:00Z") =>
        $"<e:Envelope xmlns:e=\"{Soap}\" xmlns:u=\"{Wsu}\" xmlns:d=\"urn:docexchange:soap:1\"><e:Header><w:Security xmlns:w=\"{Wsse}\">"
        + $"<u:Timestamp u:Id=\"time\"><u:Created>{created}</u:Created></u:Timestamp></w:Security></e:Header><e:Body u:Id=\"body\">{body}</e:Body></e:Envelope>";

    public XmlDocument Sign(string envelope, params string[] ids) => Sign(envelope, _ => { }, ids);

    public XmlDocument Sign(string envelope, Action<SignedXml> change, params string[] ids)
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        document.LoadXml(envelope);
        var signed = new ById(document) { SigningKey = _key };
        signed.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        signed.SignedInfo.SignatureMethod = SignedXml.XmlDsigRSASHA256Url;
        foreach (var id in ids)
        {
            var reference = new Reference("#" + id) { DigestMethod = SignedXml.XmlDsigSHA256Url };
            reference.AddTransform(new XmlDsigExcC14NTransform());
            signed.AddReference(reference);
        }
        signed.KeyInfo = new KeyInfo();
        signed.KeyInfo.AddClause(new KeyInfoX509Data(Certificate));
        change(signed);
        signed.ComputeSignature();
        Security(document).AppendChild(document.ImportNode(signed.GetXml(), deep: true));
        return document;
    }

    public static XmlElement Security(XmlDocument document) => (XmlElement)document.GetElementsByTagName("Security", Wsse)[0]!;

    public static XmlElement Body(XmlDocument document) => (XmlElement)document.GetElementsByTagName("Body", Soap)[0]!;

    public static byte[] Bytes(XmlDocument document) => Encoding.UTF8.GetBytes(document.OuterXml);

    public void Dispose()
    {
        _key.Dispose();
        Certificate.Dispose();
    }

    private sealed class ById(XmlDocument document) : SignedXml(document)
    {
        public override XmlElement? GetIdElement(XmlDocument? document, string idValue) => document?.SelectSingleNode($"//*[@*[local-name()='Id']='{idValue}']") as XmlElement;
    }
}
