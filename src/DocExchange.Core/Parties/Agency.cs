namespace DocExchange.Core.Parties;

/// <summary>Local agencies belong to the province; external ones are reached through a peer system or an axis.</summary>
public enum AgencyKind { Local = 0, External = 1 }

/// <summary>
/// An organisation or unit that can be addressed. It has no credentials: systems have, and serve agencies.
/// </summary>
/// <param name="Id">The store's own number; 0 for one not stored yet.</param>
/// <param name="Code">The code it is known by today; earlier and parallel codes are <paramref name="Aliases"/>.</param>
/// <param name="SuccessorId">Who takes its post after <paramref name="ValidTo"/> (mergers of ministries and provinces).</param>
/// <param name="LockedSince">Set while nothing may be sent to it.</param>
/// <param name="RefuseRepeatedNumber">Number + notation + issuer + year used again is refused instead of warned about (NĐ 30/2020 annex VI I.III.1h).</param>
public sealed record Agency(
    long Id, string Code, string Name, long? ParentId, AgencyKind Kind,
    DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidTo = null, long? SuccessorId = null, DateTimeOffset? LockedSince = null,
    string? Mail = null, bool RefuseRepeatedNumber = false)
{
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The axis connection its copies travel over (<c>axis:NAME</c> in files); null for a mailbox of this hub.</summary>
    public string? Axis { get; init; }

    public IReadOnlyList<FocalPoint> FocalPoints { get; init; } = [];

    /// <summary>Grows with every change of the entry, from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Index of the log entry that witnesses the last change; 0 for entries older than this column.</summary>
    public long Changed { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    public bool IsValidAt(DateTimeOffset time) => (ValidFrom is null || ValidFrom <= time) && (ValidTo is null || time < ValidTo);
}

/// <summary>Whom to turn to in an agency (QĐ 28/2018 art. 7.3). Personal data: shown to systems and operators, never logged.</summary>
public sealed record FocalPoint(string Name, string? Role = null, string? Mail = null, string? Phone = null);
