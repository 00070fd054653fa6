using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using DocExchange.Core.Signing.Trust;

namespace DocExchange.TrialTests.SecondOpinions;

/// <summary>
/// The path cases of NIST's PKITS, judged as a signature's certificate is under the policy <c>Hard</c>: a path to the anchor, and a good answer about every
/// certificate on it. DOCEXCHANGE_PKITS names the folder that holds <c>certs</c> and <c>crls</c>; docs/signatures.md says which cases do not concern us.
/// </summary>
public sealed partial class PkitsTests
{
    private static readonly DateTimeOffset At = new(2020, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>No policy is asked for: a path that is wrong by its policies alone is a path (§4.8-4.12).</summary>
    private static readonly string[] OfPolicies = ["olic", "requireExplicit", "inhibit", "Mapping", "CPSPointer", "UserNotice"];

    /// <summary>Good paths that are called unknown, never good by mistake: each by what its lists or keys are made with.</summary>
    private static readonly Dictionary<string, string[]> NotRead = new()
    {
        ["lists signed with another key than the certificates (§4.4.19, 4.5, 4.6.15, 4.6.17, 4.13.19)"] =
            ["ValidSeparateCertificateandCRLKeysTest19", "ValidBasicSelfIssued", "ValidSelfIssuedpathLenConstraint", "ValidDNnameConstraintsTest19"],
        ["lists of a part, or by others: critical extensions (§4.14)"] = ["distributionPoint", "onlyContainsCACerts", "onlySomeReasons", "IDPwithindirectCRL", "cRLIssuer"],
        ["deltas: the whole list counts, which lifts nothing (§4.15.5)"] = ["ValiddeltaCRLTest5"],
        ["DSA (§4.1.4, 4.1.5)"] = ["DSA"],
    };

    /// <summary>The whole list is believed until the next: what a delta between them revokes is not known (RFC 5280 §5.2.4 leaves that to the reader).</summary>
    private const string RevokedByDelta = "InvaliddeltaCRLTest4EE";

    [PkitsFact]
    public void No_path_that_must_fail_is_believed()
    {
        var believed = Ends("Invalid").Where(end => !OfPolicies.Any(end.Contains) && end != RevokedByDelta).Where(IsBelieved).ToList();

        Assert.True(believed.Count == 0, string.Join(' ', believed));
    }

    [PkitsFact]
    public void Every_path_that_must_pass_and_concerns_us_is_believed()
    {
        var ends = Ends("Valid").Where(end => !OfPolicies.Any(end.Contains)).ToList();
        var doubted = ends.Where(end => !NotRead.Values.Any(names => names.Any(end.Contains))).Where(end => !IsBelieved(end)).ToList();

        Assert.True(ends.Count > 60, $"{ends.Count} cases: the folder is not whole");
        Assert.True(doubted.Count == 0, string.Join(' ', doubted));
    }

    [PkitsFact]
    public void What_is_listed_as_not_read_is_indeed_not_believed()
    {
        var read = Ends("Valid").Where(end => NotRead.Values.Any(names => names.Any(end.Contains))).Where(IsBelieved).ToList();

        Assert.True(read.Count == 0, string.Join(' ', read));
    }

    [PkitsTheory]
    [InlineData("InvalidRevokedEETest3EE", "GoodCACert", "GoodCACRL", RevocationStatus.Revoked)]
    [InlineData("ValidCertificatePathTest1EE", "GoodCACert", "GoodCACRL", RevocationStatus.Good)]
    [InlineData("InvalidBadCRLSignatureTest4EE", "BadCRLSignatureCACert", "BadCRLSignatureCACRL", null)]
    [InlineData("InvalidBadCRLIssuerNameTest5EE", "BadCRLIssuerNameCACert", "BadCRLIssuerNameCACRL", null)]
    [InlineData("InvalidWrongCRLTest6EE", "WrongCRLCACert", "WrongCRLCACRL", null)]
    public void Lists_are_believed_or_not(string end, string issuer, string list, RevocationStatus? status)
    {
        using var certificate = Load(end);
        using var authority = Load(issuer);

        Assert.Equal(status, RevocationList.Read(File.ReadAllBytes(Path.Combine(PkitsFolder.Path!, "crls", list + ".crl")), certificate, authority, At)?.Status);
    }

    /// <summary>All certificates of the folder come with the signature, and all its lists were answered: whatever a sender could bring.</summary>
    private static bool IsBelieved(string end)
    {
        using var certificate = Load(end);
        var path = Book.PathOf(certificate, Issuers, At);
        return path.IsTrusted && path.Der.Zip(path.Der.Skip(1)).All(link => StatusOf(link.First, link.Second) == RevocationStatus.Good);
    }

    /// <summary>As the hub asks: the first list that can be believed, and a revocation above all.</summary>
    private static RevocationStatus? StatusOf(byte[] der, byte[] issuerDer)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        using var issuer = X509CertificateLoader.LoadCertificate(issuerDer);
        var answers = Lists.Select(list => RevocationList.Read(list, certificate, issuer, At)?.Status).OfType<RevocationStatus>().ToList();
        return answers.Contains(RevocationStatus.Revoked) ? RevocationStatus.Revoked : answers.Count > 0 ? answers[0] : null;
    }

    private static IEnumerable<string> Ends(string kind) =>
        Directory.EnumerateFiles(Path.Combine(PkitsFolder.Path!, "certs"), "*.crt").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name.StartsWith(kind, StringComparison.Ordinal) && EndName().IsMatch(name)).Order(StringComparer.Ordinal);

    private static TrustBook Book { get; } = OfFolder(() => new TrustBook([TrustedCertificate.Of(Load("TrustAnchorRootCertificate"), "pkits", At)]), TrustBook.Empty);

    private static X509Certificate2Collection Issuers { get; } = OfFolder<X509Certificate2Collection>(() => [.. Directory.EnumerateFiles(Path.Combine(PkitsFolder.Path!, "certs")).Where(file => !file.EndsWith("EE.crt", StringComparison.Ordinal) && !file.Contains("TrustAnchor")).Select(X509CertificateLoader.LoadCertificateFromFile)], []);

    private static List<byte[]> Lists { get; } = OfFolder<List<byte[]>>(() => [.. Directory.EnumerateFiles(Path.Combine(PkitsFolder.Path!, "crls"), "*.crl").Select(File.ReadAllBytes)], []);

    private static T OfFolder<T>(Func<T> read, T nothing) => PkitsFolder.Path is null ? nothing : read();

    private static X509Certificate2 Load(string name) => X509CertificateLoader.LoadCertificateFromFile(Path.Combine(PkitsFolder.Path!, "certs", name + ".crt"));

    [GeneratedRegex(@"Test\d+EE$")]
    private static partial Regex EndName();
}
