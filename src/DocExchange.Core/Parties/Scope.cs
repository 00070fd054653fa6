namespace DocExchange.Core.Parties;

/// <summary>
/// The agencies whose documents a caller may see. Every store read takes one; only operator and auditor code may build an unscoped
/// one, which an architecture test holds.
/// </summary>
public sealed class Scope
{
    private readonly IReadOnlySet<long>? _agencies;

    private Scope(IReadOnlySet<long>? agencies, long? systemId) => (_agencies, SystemId) = (agencies, systemId);

    /// <summary>Set when the caller is a system: its mailbox and its own receipts.</summary>
    public long? SystemId { get; }

    /// <summary>The agencies; null = all.</summary>
    public IReadOnlySet<long>? Agencies => _agencies;

    public bool IsUnscoped => _agencies is null;

    public static Scope OfSystem(PartnerSystem system, IReadOnlySet<long> agencies) => new(agencies, system.Id);

    public static Scope OfAgencies(IReadOnlySet<long> agencies) => new(agencies, null);

    /// <summary>Everything. For operators and auditors only.</summary>
    public static Scope Everything() => new(null, null);

    public bool Allows(long agencyId) => _agencies is null || _agencies.Contains(agencyId);
}
