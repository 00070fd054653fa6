using System.Globalization;
using System.Security.Cryptography;
using System.Xml;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Core.Signing.Files;

/// <summary>
/// What a signature says of itself within what it signs: XAdES (ETSI EN 319 132-1), Office (ECMA-376-2 §13.2.4.22) and OpenDocument (dc:date). A stamp stands
/// outside, because it is over the signature.
/// </summary>
internal sealed class SignedProperties
{
    private readonly byte[] _signer;

    public SignedProperties(FileSignature signature, IReadOnlyList<XmlElement> signed)
    {
        _signer = signature.Signer.RawData;
        var inside = signed.Where(one => XmlTree.IsWithin(one, signature.Element)).SelectMany(one => one.SelectNodes("descendant-or-self::*")!.Cast<XmlElement>()).ToList();
        Claimed = inside.Where(IsTime).Select(one => TimeOf(one.InnerText)).FirstOrDefault(time => time is not null);
        NamesAnother = inside.FirstOrDefault(one => one.LocalName is "SigningCertificate" or "SigningCertificateV2") is { } named && !NamesSigner(named);
        var stamp = signature.Element.SelectNodes("descendant::*[local-name()='SignatureTimeStamp']")!.Cast<XmlElement>().FirstOrDefault();
        var token = stamp?.SelectNodes("*[local-name()='EncapsulatedTimeStamp']")!.Cast<XmlElement>().FirstOrDefault();
        if (stamp is null || token is null) return;
        Stamp = Dsig.Bytes(token);
        Stamped = Canonical(Dsig.Only(signature.Element, "SignatureValue"), stamp);
    }

    public DateTimeOffset? Claimed { get; }

    /// <summary>It says that another certificate signed.</summary>
    public bool NamesAnother { get; }

    /// <summary>A time-stamp token over the signature; null without one.</summary>
    public ReadOnlyMemory<byte>? Stamp { get; }

    public ReadOnlyMemory<byte> Stamped { get; }

    private static bool IsTime(XmlElement element) => element.LocalName == "SigningTime" || (element.LocalName == "Value" && element.ParentNode?.LocalName == "SignatureTime")
        || (element.LocalName == "date" && element.NamespaceURI == "http://purl.org/dc/elements/1.1/");

    private static DateTimeOffset? TimeOf(string text) =>
        DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>By its digest when that is one of ours; others are not compared.</summary>
    private bool NamesSigner(XmlElement named)
    {
        var method = named.SelectNodes("descendant::*[local-name()='DigestMethod']")!.Cast<XmlElement>().FirstOrDefault();
        var value = named.SelectNodes("descendant::*[local-name()='DigestValue']")!.Cast<XmlElement>().FirstOrDefault();
        return method is null || value is null || XmlNames.Digest(Dsig.Algorithm(method)) is not { } hash || CryptographicOperations.HashData(hash, _signer).AsSpan().SequenceEqual(Dsig.Bytes(value));
    }

    /// <summary>The value's element as it was stamped. It holds text alone, so that its canonical form is small.</summary>
    private static byte[] Canonical(XmlElement value, XmlElement stamp)
    {
        var method = Dsig.Children(stamp, "CanonicalizationMethod").FirstOrDefault();
        var how = method is null ? Canonicalisation.Unsaid : Dsig.CanonicalisationOf(method) ?? throw new XmlSignatureException("an unknown canonicalisation");
        using var reader = new XmlNodeReader(Dsig.StandAlone(value));
        return how.Bytes(reader, XmlLimits.Default);
    }
}
