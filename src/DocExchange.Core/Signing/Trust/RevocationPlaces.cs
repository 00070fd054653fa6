using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing.Trust;

/// <summary>Where a certificate says that its revocation can be asked for.</summary>
public static class RevocationPlaces
{
    private const string DistributionPoints = "2.5.29.31";

    /// <summary>Responders (OCSP); addresses of http and https alone.</summary>
    public static IReadOnlyList<Uri> Responders(X509Certificate2 certificate) =>
        Addresses(certificate.Extensions.OfType<X509AuthorityInformationAccessExtension>().SelectMany(e => e.EnumerateOcspUris()));

    /// <summary>Lists (CRL).</summary>
    public static IReadOnlyList<Uri> Lists(X509Certificate2 certificate) =>
        certificate.Extensions.FirstOrDefault(e => e.Oid?.Value == DistributionPoints) is { } points ? Addresses(ReadLists(points.RawData)) : [];

    /// <summary>Those of both that may be asked, responders first.</summary>
    /// <param name="hosts">With the port where it is not the usual one.</param>
    public static IEnumerable<(Uri Uri, bool IsList)> Permitted(X509Certificate2 certificate, IReadOnlySet<string> hosts) => hosts.Count == 0 ? [] :
        Responders(certificate).Select(uri => (Uri: uri, IsList: false)).Concat(Lists(certificate).Select(uri => (Uri: uri, IsList: true))).Where(place => hosts.Contains(place.Uri.Authority));

    private static List<string> ReadLists(byte[] points)
    {
        var found = new List<string>();
        try
        {
            for (var list = new AsnReader(points, AsnEncodingRules.DER).ReadSequence(); list.HasData;)
            {
                var point = list.ReadSequence();
                if (!point.HasData || !point.PeekTag().HasSameClassAndValue(Context(0))) continue;
                var name = point.ReadSequence(Context(0));
                if (!name.HasData || !name.PeekTag().HasSameClassAndValue(Context(0))) continue;
                for (var names = name.ReadSequence(Context(0)); names.HasData;)
                {
                    var isAddress = names.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 6));
                    if (isAddress) found.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, new Asn1Tag(TagClass.ContextSpecific, 6)));
                    else names.ReadEncodedValue();
                }
            }
        }
        catch (AsnContentException)
        {
            // What was found until then may be asked.
        }
        return found;
    }

    private static List<Uri> Addresses(IEnumerable<string> texts) =>
        [.. texts.Select(text => Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null).OfType<Uri>().Where(uri => uri.Scheme is "http" or "https")];

    private static Asn1Tag Context(int value) => new(TagClass.ContextSpecific, value, true);
}
