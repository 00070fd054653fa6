using DocExchange.Core.Parties.Import;

namespace DocExchange.Hub.Agencies;

/// <param name="Kind"><c>ended</c>, <c>revived</c>, <c>changed</c> or <c>added</c>.</param>
/// <param name="Fields">What differs, as text; empty for a new entry.</param>
public sealed record ChangeView(string Kind, string Code, string Name, IReadOnlyList<FieldChange> Fields);

/// <summary>What a file changes, or has changed.</summary>
/// <param name="Import">Names the import in the evidence log; absent when nothing was applied.</param>
/// <param name="Missing">How many of the ended ones end because the file lacks them, of <paramref name="Compared"/>.</param>
/// <param name="Overtaken">Codes that somebody else changed meanwhile: left alone, import again.</param>
/// <param name="Changes">The first thousand, ended ones first.</param>
/// <param name="Wrong">The first thousand.</param>
public sealed record ImportReport(
    bool Applied, string? Import, int Added, int Changed, int Ended, int Revived, int Unchanged, int WrongRows, int Missing, int Compared,
    IReadOnlyList<string> Overtaken, IReadOnlyList<ChangeView> Changes, IReadOnlyList<RowProblem> Wrong)
{
    private const int Most = 1000;

    private static readonly AgencyChangeKind[] Order = [AgencyChangeKind.Ended, AgencyChangeKind.Revived, AgencyChangeKind.Changed, AgencyChangeKind.Added];

    public static ImportReport Of(DirectoryDifference difference, ImportOutcome? outcome = null) => new(
        outcome is not null, outcome?.Import, difference.Count(AgencyChangeKind.Added), difference.Count(AgencyChangeKind.Changed), difference.Count(AgencyChangeKind.Ended),
        difference.Count(AgencyChangeKind.Revived), difference.Unchanged, difference.Wrong.Count, difference.Missing, difference.Compared, outcome?.Overtaken ?? [],
        [.. Order.SelectMany(kind => difference.Changes.Where(c => c.Kind == kind)).Take(Most)
            .Select(c => new ChangeView(c.Kind.ToString().ToLowerInvariant(), c.After.Code, c.After.Name, c.Fields))],
        [.. difference.Wrong.Take(Most)]);
}
