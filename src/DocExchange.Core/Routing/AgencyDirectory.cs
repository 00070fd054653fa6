using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;

namespace DocExchange.Core.Routing;

/// <summary>Every agency and unit with its codes; both code systems and old codes find the same agency.</summary>
public sealed class AgencyDirectory
{
    public static readonly AgencyDirectory Empty = new([]);

    private readonly Dictionary<string, Agency> _byCode;
    private readonly Dictionary<long, Agency> _byId;
    private readonly ILookup<long, Agency> _children;

    public AgencyDirectory(IReadOnlyCollection<Agency> agencies)
    {
        All = agencies;
        _byId = new Dictionary<long, Agency>(agencies.Count);
        _byCode = new Dictionary<string, Agency>(agencies.Count * 2, StringComparer.OrdinalIgnoreCase);
        foreach (var agency in agencies)
        {
            _byId[agency.Id] = agency;
            foreach (var alias in agency.Aliases) _byCode.TryAdd(alias, agency);
        }
        // A code in use wins over somebody else's alias.
        foreach (var agency in agencies) _byCode[agency.Code] = agency;
        _children = agencies.Where(a => a.ParentId is not null).ToLookup(a => a.ParentId!.Value);
    }

    public IReadOnlyCollection<Agency> All { get; }

    public Agency? Find(long id) => _byId.GetValueOrDefault(id);

    public Agency? Find(string? code) => AgencyCode.TryParse(code, out var parsed) ? _byCode.GetValueOrDefault(parsed.Value) : null;

    /// <summary>Parent, grandparent and so on; ends at a cycle rather than running for ever.</summary>
    public IEnumerable<Agency> AncestorsOf(Agency agency)
    {
        var next = agency.ParentId;
        for (var steps = 0; next is not null && steps < 16 && _byId.TryGetValue(next.Value, out var parent); steps++)
        {
            yield return parent;
            next = parent.ParentId;
        }
    }

    /// <summary>The agency itself and all units below it.</summary>
    public IReadOnlyCollection<long> TreeOf(long agencyId)
    {
        var seen = new HashSet<long> { agencyId };
        var open = new Queue<long>([agencyId]);
        while (open.TryDequeue(out var id))
        {
            foreach (var child in _children[id])
            {
                if (seen.Add(child.Id)) open.Enqueue(child.Id);
            }
        }
        return seen;
    }

    /// <summary>Follows successors of expired agencies to one that is valid now; null when there is none.</summary>
    public Agency? SuccessorOf(Agency agency, DateTimeOffset now)
    {
        var current = agency;
        for (var steps = 0; steps < 16 && !current.IsValidAt(now); steps++)
        {
            if (current.SuccessorId is not { } id || !_byId.TryGetValue(id, out var next)) return null;
            current = next;
        }
        return current.IsValidAt(now) ? current : null;
    }
}
