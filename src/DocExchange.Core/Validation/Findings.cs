using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>What the rules found in one package. Costs nothing for a package without findings.</summary>
public sealed class Findings(Profile profile)
{
    private List<Problem>? problems;
    private List<PackageWarning>? warnings;

    public IReadOnlyList<Problem> Problems => problems ?? (IReadOnlyList<Problem>)[];

    public IReadOnlyList<PackageWarning> Warnings => warnings ?? (IReadOnlyList<PackageWarning>)[];

    /// <summary>Refused under both profiles.</summary>
    public void Refuse(Problem problem) => (problems ??= []).Add(problem);

    /// <summary>Refused from an agency of the province, tolerated with a warning from a peer.</summary>
    public void RefuseFromAgency(Problem problem, string warning)
    {
        if (profile == Profile.Agency) Refuse(problem);
        else Warn(warning, problem.Path, problem.Value);
    }

    /// <summary>Tolerated from everybody.</summary>
    public void Warn(string code, string path, string? value = null) => (warnings ??= []).Add(new PackageWarning(code, path, value));
}
