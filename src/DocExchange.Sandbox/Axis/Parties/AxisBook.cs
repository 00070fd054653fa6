using System.Text;
using DocExchange.Axis.Protocol;

namespace DocExchange.Sandbox.Axis.Parties;

/// <summary>The systems and organisations of the axis. Codes compare without case, old ones count as the new.</summary>
internal sealed class AxisBook(TimeProvider time, int seed)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, AxisSystem> _systems = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ListedOrgan> _byCode = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _servedBy = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ListedOrgan> _listed = [];
    private readonly GeneratedUnits _generated = new(seed);
    private volatile UnitSettings _units = new();

    public UnitSettings Units
    {
        get => _units;
        set => _units = value;
    }

    public IReadOnlyList<AxisSystem> Systems { get { lock (_gate) return [.. _systems.Values]; } }

    /// <summary>Every organisation there ever was, in order of arrival.</summary>
    public IReadOnlyList<ListedOrgan> Listed { get { lock (_gate) return [.. _listed]; } }

    public IEnumerable<AgencyRow> Generated(bool withDeleted) => _generated.Rows(_units, withDeleted);

    public AxisSystem? FindSystem(string id) { lock (_gate) return _systems.GetValueOrDefault(id); }

    public AxisOrgan? Find(string? code)
    {
        if (code is null) return null;
        lock (_gate)
            if (_byCode.TryGetValue(code.Trim(), out var listed)) return listed.IsDeleted ? null : listed.Organ;
        return _generated.Find(code, _units);
    }

    /// <summary>The system whose list the organisation's packages go to; null when the sandbox itself answers for it.</summary>
    public string? SystemOf(AxisOrgan organ) { lock (_gate) return _servedBy.GetValueOrDefault(organ.Code); }

    /// <summary>The secrets a caller may have signed with; none for a system nobody knows.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> SecretsOf(string? systemId) =>
        systemId is not null && FindSystem(systemId.Trim()) is { } system ? [Encoding.UTF8.GetBytes(system.Secret)] : [];

    /// <summary>Adds the system or replaces the one of that id.</summary>
    public void Save(AxisSystem system)
    {
        lock (_gate)
        {
            Remove(system.SystemId);
            _systems[system.SystemId] = system;
            foreach (var code in system.Serves.Count > 0 ? system.Serves : [system.SystemId])
            {
                if (!_byCode.ContainsKey(code)) Save(new AxisOrgan(code, code));
                _servedBy[_byCode[code].Organ.Code] = system.SystemId;
            }
        }
    }

    /// <summary>True when there was such a system. Its organisations stay, and the sandbox answers for them.</summary>
    public bool Remove(string systemId)
    {
        lock (_gate)
        {
            foreach (var code in _servedBy.Where(pair => pair.Value.Equals(systemId, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Key).ToList()) _servedBy.Remove(code);
            return _systems.Remove(systemId);
        }
    }

    /// <summary>Adds the organisation or replaces the one of that code; <paramref name="systemId"/> serves it from now on.</summary>
    public void Save(AxisOrgan organ, string? systemId = null)
    {
        lock (_gate)
        {
            Put(organ, isDeleted: false);
            if (systemId is not null) _servedBy[organ.Code] = systemId;
        }
    }

    public void Delete(AxisOrgan organ) { lock (_gate) Put(organ, isDeleted: true); }

    private void Put(AxisOrgan organ, bool isDeleted)
    {
        var earlier = _byCode.GetValueOrDefault(organ.Code);
        var listed = new ListedOrgan(earlier?.Id ?? _listed.Count + 1, organ, (earlier?.Version ?? 0) + 1, time.GetUtcNow(), isDeleted);
        if (earlier is null) _listed.Add(listed);
        else _listed[earlier.Id - 1] = listed;
        _byCode[organ.Code] = listed;
        if (organ.OldCode is { } old) _byCode[old] = listed;
    }
}
