using DocExchange.Core.Parties;

namespace DocExchange.Core.Routing;

/// <summary>Agencies with everything they are found by. Made once, never changed.</summary>
internal sealed class AgencySet
{
    public static readonly AgencySet Empty = new([]);

    private readonly Dictionary<string, Agency> _byAlias;
    private readonly Dictionary<string, Agency> _byCode;
    private readonly Dictionary<long, Agency> _byId;
    private readonly ILookup<long, Agency> _children;
    private readonly Lazy<NameIndex> _names;

    public AgencySet(IReadOnlyCollection<Agency> agencies)
    {
        InOrder = [.. agencies];
        Array.Sort(InOrder, static (one, other) => StringComparer.OrdinalIgnoreCase.Compare(one.Code, other.Code));
        _byId = new Dictionary<long, Agency>(InOrder.Length);
        _byCode = new Dictionary<string, Agency>(InOrder.Length, StringComparer.OrdinalIgnoreCase);
        _byAlias = new Dictionary<string, Agency>(InOrder.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var agency in InOrder)
        {
            _byId[agency.Id] = agency;
            _byCode[agency.Code] = agency;
            foreach (var alias in agency.Aliases) _byAlias.TryAdd(alias, agency);
            LastChange = Math.Max(LastChange, agency.Changed);
        }
        _children = InOrder.Where(a => a.ParentId is not null).ToLookup(a => a.ParentId!.Value);
        _names = new Lazy<NameIndex>(() => new NameIndex(InOrder));
    }

    /// <summary>By code, letters' case aside.</summary>
    public Agency[] InOrder { get; }

    /// <summary>The newest log index that witnesses a change of one of them.</summary>
    public long LastChange { get; }

    public IReadOnlyDictionary<long, Agency> ById => _byId;

    /// <summary>Words of the names; made when it is first asked for, because the hub starts without it.</summary>
    public NameIndex Names => _names.Value;

    public Agency? WithCode(string code) => _byCode.GetValueOrDefault(code);

    public Agency? WithAlias(string alias) => _byAlias.GetValueOrDefault(alias);

    public IEnumerable<Agency> ChildrenOf(long parent) => _children[parent];

    /// <summary>Those whose code comes after this one; all for null.</summary>
    public ReadOnlySpan<Agency> After(string? code) => InOrder.AsSpan(code is null ? 0 : FirstFrom(code, include: false));

    /// <summary>Those whose code begins so.</summary>
    public IEnumerable<Agency> Beginning(string with) =>
        InOrder.Skip(FirstFrom(with, include: true)).TakeWhile(a => a.Code.StartsWith(with, StringComparison.OrdinalIgnoreCase));

    private int FirstFrom(string code, bool include)
    {
        var (low, high) = (0, InOrder.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = StringComparer.OrdinalIgnoreCase.Compare(InOrder[middle].Code, code);
            if (order < 0 || (order == 0 && !include)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
