using System.Runtime.CompilerServices;
using DocExchange.Core;
using DocExchange.Core.Routing;

namespace DocExchange.Hub.Clerk.Search;

/// <summary>Agencies by what a clerk types: a code of today or of old, or words of the name without marks.</summary>
internal sealed class AgencyFinder(AgencyDirectory directory)
{
    /// <summary>More matches than this are cut: each costs the search a term.</summary>
    private const int Most = 20;

    // Names are folded once per state of the directory, not once per search.
    private static readonly ConditionalWeakTable<AgencyDirectory, List<(long Id, string Name)>> Folded = [];

    public IReadOnlyCollection<long> Find(string text)
    {
        if (directory.Find(text) is { } exact) return [exact.Id];
        var words = FoldedText.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return [];
        var names = Folded.GetValue(directory, d => [.. d.All.Select(a => (a.Id, FoldedText.Fold(a.Name)))]);
        return [.. names.Where(n => words.All(w => n.Name.Contains(w, StringComparison.Ordinal))).OrderBy(n => n.Name.Length).Take(Most).Select(n => n.Id)];
    }
}
