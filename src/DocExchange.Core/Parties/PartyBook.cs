using System.Collections.Concurrent;
using DocExchange.Core.Routing;

namespace DocExchange.Core.Parties;

/// <summary>
/// Who may and who is where: one immutable picture of agencies, systems and credentials. Readers keep the picture they started with;
/// a change makes a new one.
/// </summary>
public sealed class PartyBook
{
    public static readonly PartyBook Empty = new(AgencyDirectory.Empty, [], []);

    private readonly Dictionary<string, PartnerSystem> _byName;
    private readonly IReadOnlyList<Credential> _allCredentials;
    private readonly ILookup<long, Credential> _credentials;
    private readonly ILookup<(CredentialKind Kind, string Name), Credential> _named;
    private readonly Dictionary<long, PartnerSystem> _direct = [];
    private readonly Dictionary<long, PartnerSystem> _withUnits = [];
    private readonly Dictionary<string, PartnerSystem> _axes = [];
    private readonly ConcurrentDictionary<long, Scope> _scopes = [];
    private readonly ConcurrentDictionary<(long System, long Agency), Scope> _narrowed = [];

    public PartyBook(AgencyDirectory directory, IReadOnlyList<PartnerSystem> systems, IReadOnlyList<Credential> credentials)
    {
        Directory = directory;
        Systems = systems;
        _allCredentials = credentials;
        _byName = systems.ToDictionary(s => s.SystemId, StringComparer.OrdinalIgnoreCase);
        _credentials = credentials.ToLookup(c => c.SystemId);
        _named = credentials.Where(c => c.Kind >= CredentialKind.Certificate && c.RevokedAt is null).ToLookup(c => (c.Kind, Convert.ToHexString(c.Secret.Span)));
        HasClientCertificates = _named.Any(c => c.Key.Kind is CredentialKind.TlsCertificate or CredentialKind.TlsSubject);
        // A disabled system keeps its mailbox unless an enabled one serves the same agency: its items wait rather than go to somebody else.
        foreach (var system in systems.OrderByDescending(s => s.Enabled).ThenBy(s => s.Id))
        {
            if (system.Axis is { } axis) _axes.TryAdd(axis, system);
            foreach (var served in system.Serves)
            {
                _direct.TryAdd(served.AgencyId, system);
                if (served.WithUnits) _withUnits.TryAdd(served.AgencyId, system);
            }
        }
    }

    public AgencyDirectory Directory { get; }

    public IReadOnlyList<PartnerSystem> Systems { get; }

    /// <summary>The same systems over another directory.</summary>
    public PartyBook With(AgencyDirectory directory) => new(directory, Systems, _allCredentials);

    public PartnerSystem? FindSystem(string systemId) => _byName.GetValueOrDefault(systemId);

    public IEnumerable<Credential> CredentialsOf(PartnerSystem system) => _credentials[system.Id];

    /// <summary>True when some system may show a client certificate.</summary>
    public bool HasClientCertificates { get; }

    /// <summary>The system that a certificate or an issuer's client is bound to now; null when it is nobody's. The oldest binding wins.</summary>
    public PartnerSystem? FindHolder(CredentialKind kind, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        var binding = _named[(kind, Convert.ToHexString(name))].Where(c => c.IsUsableAt(time)).MinBy(c => (c.ValidFrom, c.Id));
        return binding is null ? null : Systems.FirstOrDefault(s => s.Id == binding.SystemId);
    }

    /// <summary>True when <paramref name="system"/> may send as, and fetch for, this agency.</summary>
    public bool Serves(PartnerSystem system, Agency agency)
    {
        if (system.Axis is not null) return MailboxOf(agency)?.Id == system.Id;
        foreach (var served in system.Serves)
        {
            if (served.AgencyId == agency.Id) return true;
            if (served.WithUnits && Directory.AncestorsOf(agency).Any(a => a.Id == served.AgencyId)) return true;
        }
        return false;
    }

    /// <summary>
    /// The system whose mailbox an agency's copies go to: that of the axis its place names, where this hub is connected to it; its own; or
    /// that of the nearest ancestor that has one, enabled or not. Null = nobody fetches for it.
    /// </summary>
    public PartnerSystem? MailboxOf(Agency agency)
    {
        if (BehindAxis(agency) is { } axis) return axis;
        if (_direct.TryGetValue(agency.Id, out var own)) return own;
        foreach (var ancestor in Directory.AncestorsOf(agency))
        {
            if (BehindAxis(ancestor) is { } above) return above;
            if (_withUnits.TryGetValue(ancestor.Id, out var system)) return system;
        }
        return null;
    }

    private PartnerSystem? BehindAxis(Agency agency) => agency.Axis is { } axis && _axes.TryGetValue(axis, out var system) ? system : null;

    /// <summary>The mailboxes that may hold items which belong into another one since <paramref name="earlier"/>; null stands for agencies nobody fetched for.</summary>
    public IReadOnlyCollection<long?> MailboxesLeftSince(PartyBook earlier)
    {
        var left = new HashSet<long?>();
        // With the same systems only what hangs elsewhere now can have another mailbox.
        var candidates = ReferenceEquals(Systems, earlier.Systems)
            ? Directory.MovedSince(earlier.Directory).SelectMany(Directory.TreeOf).Distinct().Select(id => Directory.Find(id)!)
            : Directory.All;
        foreach (var agency in candidates)
        {
            if (earlier.Directory.Find(agency.Id) is not { } then) continue;
            var mailbox = earlier.MailboxOf(then)?.Id;
            if (mailbox != MailboxOf(agency)?.Id) left.Add(mailbox);
        }
        return left;
    }

    public Scope ScopeOf(PartnerSystem system) => _scopes.GetOrAdd(system.Id, _ =>
    {
        var ids = new HashSet<long>();
        foreach (var served in system.Serves)
        {
            if (served.WithUnits) ids.UnionWith(Directory.TreeOf(served.AgencyId));
            else ids.Add(served.AgencyId);
        }
        return Scope.OfSystem(system, ids);
    });

    /// <summary>A system that calls for one of its agencies sees that one and the units below it, as far as it serves them.</summary>
    public Scope ScopeOf(PartnerSystem system, Agency agency) => _narrowed.GetOrAdd((system.Id, agency.Id), _ =>
    {
        var all = ScopeOf(system);
        return Scope.OfSystem(system, Directory.TreeOf(agency.Id).Where(all.Allows).ToHashSet());
    });

    /// <summary>A clerk sees its own agency and the units below it.</summary>
    public Scope ScopeOfAgency(long agencyId) => Scope.OfAgencies(Directory.TreeOf(agencyId).ToHashSet());
}

/// <summary>Holds the current <see cref="PartyBook"/>; a new one takes its place after every committed change.</summary>
public sealed class CurrentParties
{
    private readonly Lock _changing = new();
    private PartyBook _book = PartyBook.Empty;

    public PartyBook Book => Volatile.Read(ref _book);

    /// <summary>Makes a new picture of the current one; one change after the other, so that none is lost. Returns the one before.</summary>
    public PartyBook Change(Func<PartyBook, PartyBook> change)
    {
        lock (_changing)
        {
            var earlier = _book;
            Volatile.Write(ref _book, change(earlier));
            return earlier;
        }
    }
}
