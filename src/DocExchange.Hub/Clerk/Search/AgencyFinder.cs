using DocExchange.Core.Routing;

namespace DocExchange.Hub.Clerk.Search;

/// <summary>Agencies by what a clerk types: a code of today or of old, or words of the name without marks.</summary>
internal sealed class AgencyFinder(AgencyDirectory directory)
{
    /// <summary>More matches than this are cut: each costs the search a term.</summary>
    private const int Most = 20;

    public IReadOnlyCollection<long> Find(string text) =>
        directory.Find(text) is { } exact ? [exact.Id] : [.. directory.Search(text, Most).Select(a => a.Id)];
}
