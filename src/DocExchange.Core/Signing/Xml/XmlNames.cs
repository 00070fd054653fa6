using System.Security.Cryptography;

namespace DocExchange.Core.Signing.Xml;

/// <summary>What XML-DSig (xmldsig-core1) calls its parts and algorithms.</summary>
internal static class XmlNames
{
    public const string Namespace = "http://www.w3.org/2000/09/xmldsig#";
    public const string Enveloped = Namespace + "enveloped-signature";
    public const string Inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    public const string Inclusive11 = "http://www.w3.org/2006/12/xml-c14n11";
    public const string Exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
    public const string RsaSha256 = More + "rsa-sha256";
    public const string EcdsaSha256 = More + "ecdsa-sha256";
    public const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private const string More = "http://www.w3.org/2001/04/xmldsig-more#";

    public static HashAlgorithmName? Digest(string? uri) => uri switch
    {
        Sha256 => HashAlgorithmName.SHA256,
        More + "sha384" => HashAlgorithmName.SHA384,
        "http://www.w3.org/2001/04/xmlenc#sha512" => HashAlgorithmName.SHA512,
        Namespace + "sha1" => HashAlgorithmName.SHA1,
        _ => null,
    };

    public static (HashAlgorithmName Hash, bool IsRsa)? Signature(string? uri) => uri switch
    {
        RsaSha256 => (HashAlgorithmName.SHA256, true),
        More + "rsa-sha384" => (HashAlgorithmName.SHA384, true),
        More + "rsa-sha512" => (HashAlgorithmName.SHA512, true),
        EcdsaSha256 => (HashAlgorithmName.SHA256, false),
        More + "ecdsa-sha384" => (HashAlgorithmName.SHA384, false),
        More + "ecdsa-sha512" => (HashAlgorithmName.SHA512, false),
        Namespace + "rsa-sha1" => (HashAlgorithmName.SHA1, true),
        _ => null,
    };
}
