namespace DocExchange.TrialTests.SecondOpinions;

/// <summary>Where NIST's PKITS lies: <c>./test</c> finds Debian's package and sets DOCEXCHANGE_PKITS.</summary>
internal static class PkitsFolder
{
    private static readonly string? Named = Environment.GetEnvironmentVariable("DOCEXCHANGE_PKITS");

    public static string? Path { get; } = Named is not null && Directory.Exists(System.IO.Path.Combine(Named, "certs")) && Directory.Exists(System.IO.Path.Combine(Named, "crls")) ? Named : null;

    /// <summary>Why a test does not run, said loudly; null where it does.</summary>
    public static string? Missing => Path is not null ? null : "NIST PKITS is not here: set DOCEXCHANGE_PKITS to the folder with its certs and crls (Debian: python3-cryptography-vectors, cryptography_vectors/x509/PKITS_data).";
}

public sealed class PkitsTheoryAttribute : TheoryAttribute
{
    public PkitsTheoryAttribute() => Skip = PkitsFolder.Missing;
}

public sealed class PkitsFactAttribute : FactAttribute
{
    public PkitsFactAttribute() => Skip = PkitsFolder.Missing;
}
