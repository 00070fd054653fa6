using System.Reflection;

namespace DocExchange.Core.Problems;

/// <summary>
/// Every reason for which the hub says no, one line each, grouped in files by area. Codes are never reused. docs/problems.md is generated
/// from this catalogue and compared by a test.
/// </summary>
public static partial class ProblemCatalogue
{
    private static readonly Lazy<IReadOnlyList<ProblemKind>> Collected = new(Collect);

    private static readonly Lazy<Dictionary<string, ProblemKind>> ByCode =
        new(() => All.ToDictionary(kind => kind.Code, StringComparer.Ordinal));

    /// <summary>All kinds of all files, by code.</summary>
    public static IReadOnlyList<ProblemKind> All => Collected.Value;

    /// <summary>The kind with this code, or null when there never was one.</summary>
    public static ProblemKind? Find(string code) => ByCode.Value.GetValueOrDefault(code);

    // Reflection, once: a kind that is declared is listed, tested and documented without a second place to forget.
    private static IReadOnlyList<ProblemKind> Collect() =>
        [.. typeof(ProblemCatalogue).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(ProblemKind))
            .Select(field => (ProblemKind)field.GetValue(null)!)
            .OrderBy(kind => kind.Code, StringComparer.Ordinal)];
}
