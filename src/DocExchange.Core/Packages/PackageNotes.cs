using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>Findings and warnings gathered while a package streams by.</summary>
internal sealed class PackageNotes
{
    private List<Problem>? _findings;
    private List<PackageWarning>? _warnings;

    public IReadOnlyList<Problem> Findings => _findings is null ? [] : _findings;

    public IReadOnlyList<PackageWarning> Warnings => _warnings is null ? [] : _warnings;

    // A file of a hundred thousand repeated elements must not become a hundred thousand findings.
    private const int Most = 200;

    public void Refuse(ProblemKind kind, string path, string? value = null, string? limit = null, int ordinal = 0) =>
        Refuse(new Problem(kind, path, value, limit, ordinal));

    public void Refuse(Problem problem)
    {
        _findings ??= [];
        if (_findings.Count < Most && !_findings.Contains(problem)) _findings.Add(problem);
    }

    public void Warn(string code, string path, string? value = null)
    {
        _warnings ??= [];
        var warning = new PackageWarning(code, path, value);
        if (_warnings.Count < Most && !_warnings.Contains(warning)) _warnings.Add(warning);
    }
}
