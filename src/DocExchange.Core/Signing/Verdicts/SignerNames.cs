using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing.Verdicts;

/// <summary>What a certificate's subject says of its holder. Vietnamese authorities mark persons and organisations in UID: identity card or tax number.</summary>
internal sealed record SignerNames(string? Name, string? Organisation, SignerRole Role)
{
    private const string CommonName = "2.5.4.3";
    private const string OrganizationName = "2.5.4.10";
    private const string OrganizationalUnit = "2.5.4.11";
    private const string OrganizationIdentifier = "2.5.4.97";
    private const string UserId = "0.9.2342.19200300.100.1.1";
    private static readonly string[] PersonOnly = ["2.5.4.4", "2.5.4.42", "2.5.4.12"];
    private static readonly string[] PersonIds = ["CMND:", "CCCD:", "CC:", "HC:", "PID:"];
    private static readonly string[] OrganisationIds = ["MST:", "MNS:", "QD:", "BHXH:", "MDV:"];
    private static readonly string[] OrganisationWords =
        ["bo ", "so ", "cuc ", "chi cuc ", "tong cuc ", "uy ban ", "ubnd ", "van phong ", "thanh uy", "tinh uy", "huyen uy", "hoi dong ", "trung tam ", "truong ", "cong ty ", "tap doan ", "ban quan ly ", "benh vien ", "toa an ", "vien kiem sat ", "cong an ", "chinh phu", "kho bac ", "ngan hang "];

    public static SignerNames Of(X509Certificate2 certificate)
    {
        var parts = new List<(string Oid, string Value)>();
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false))
        {
            if (part.HasMultipleElements) continue;
            try
            {
                if (part.GetSingleElementValue() is { Length: > 0 } value) parts.Add((part.GetSingleElementType().Value ?? "", value));
            }
            catch (Exception unreadable) when (unreadable is AsnContentException or System.Security.Cryptography.CryptographicException)
            {
                // A part of another form names nobody.
            }
        }
        string? First(string oid) => parts.FirstOrDefault(p => p.Oid == oid).Value;
        var (name, organisation) = (First(CommonName), First(OrganizationName) ?? First(OrganizationalUnit));
        return new SignerNames(name, organisation, RoleOf(parts, name, organisation));
    }

    private static SignerRole RoleOf(List<(string Oid, string Value)> parts, string? name, string? organisation)
    {
        var ids = parts.Where(p => p.Oid == UserId).Select(p => p.Value).ToList();
        bool Has(string[] prefixes) => ids.Any(id => prefixes.Any(prefix => id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
        if (Has(PersonIds)) return SignerRole.Person;
        if (Has(OrganisationIds)) return SignerRole.Organisation;
        if (parts.Any(p => PersonOnly.Contains(p.Oid))) return SignerRole.Person;
        if (parts.Any(p => p.Oid == OrganizationIdentifier)) return SignerRole.Organisation;
        if (name is null) return SignerRole.Unknown;
        var folded = FoldedText.Fold(name) + " ";
        return OrganisationWords.Any(word => folded.StartsWith(word, StringComparison.Ordinal)) || name.Equals(organisation, StringComparison.OrdinalIgnoreCase)
            ? SignerRole.Organisation : SignerRole.Unknown;
    }
}
