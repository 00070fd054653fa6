using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing.Trust;

namespace DocExchange.UnitTests.Signing.Trust;

/// <summary>
/// Path cases of NIST's PKITS that concern a trust list: DOCEXCHANGE_PKITS names the folder that holds <c>certs</c> and <c>crls</c>. The policy cases do not
/// concern us: no policy is asked for.
/// </summary>
public sealed class PkitsTests
{
    private static readonly DateTimeOffset At = new(2020, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [PkitsTheory]
    [InlineData("4.1.1", true, "ValidCertificatePathTest1EE", "GoodCACert")]
    [InlineData("4.1.2", false, "InvalidCASignatureTest2EE", "BadSignedCACert")]
    [InlineData("4.1.3", false, "InvalidEESignatureTest3EE", "GoodCACert")]
    [InlineData("4.2.1", false, "InvalidCAnotBeforeDateTest1EE", "BadnotBeforeDateCACert")]
    [InlineData("4.2.2", false, "InvalidEEnotBeforeDateTest2EE", "GoodCACert")]
    [InlineData("4.2.5", false, "InvalidCAnotAfterDateTest5EE", "BadnotAfterDateCACert")]
    [InlineData("4.2.6", false, "InvalidEEnotAfterDateTest6EE", "GoodCACert")]
    [InlineData("4.3.1", false, "InvalidNameChainingTest1EE", "GoodCACert")]
    [InlineData("4.6.1", false, "InvalidMissingbasicConstraintsTest1EE", "MissingbasicConstraintsCACert")]
    [InlineData("4.6.2", false, "InvalidcAFalseTest2EE", "basicConstraintsCriticalcAFalseCACert")]
    [InlineData("4.6.5", false, "InvalidpathLenConstraintTest5EE", "pathLenConstraint0CACert", "pathLenConstraint0subCACert")]
    [InlineData("4.7.1", false, "InvalidkeyUsageCriticalkeyCertSignFalseTest1EE", "keyUsageCriticalkeyCertSignFalseCACert")]
    public void Paths_end_at_the_anchor_or_do_not(string section, bool isValid, string end, params string[] issuers)
    {
        using var anchor = Load("TrustAnchorRootCertificate");
        using var certificate = Load(end);
        X509Certificate2Collection brought = [.. issuers.Select(Load)];

        Assert.True(isValid == new TrustBook([TrustedCertificate.Of(anchor, "pkits", At)]).PathOf(certificate, brought, At).IsTrusted, section);
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

        Assert.Equal(status, RevocationList.Read(File.ReadAllBytes(Path.Combine(PkitsTheoryAttribute.Folder!, "crls", list + ".crl")), certificate, authority, At)?.Status);
    }

    private static X509Certificate2 Load(string name) => X509CertificateLoader.LoadCertificateFromFile(Path.Combine(PkitsTheoryAttribute.Folder!, "certs", name + ".crt"));
}

/// <summary>Runs where the cases are, and says loudly that they are not.</summary>
public sealed class PkitsTheoryAttribute : TheoryAttribute
{
    public static readonly string? Folder = Environment.GetEnvironmentVariable("DOCEXCHANGE_PKITS");

    public PkitsTheoryAttribute()
    {
        if (Folder is null || !Directory.Exists(Path.Combine(Folder, "certs"))) Skip = "NIST PKITS is not here: set DOCEXCHANGE_PKITS to the folder with its certs and crls.";
    }
}
