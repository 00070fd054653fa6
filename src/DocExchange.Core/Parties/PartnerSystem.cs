namespace DocExchange.Core.Parties;

/// <summary>An agency, or an agency with all units below it, that a system sends and fetches for.</summary>
public sealed record Served(long AgencyId, bool WithUnits);

/// <summary>
/// A calling system: it holds credentials, speaks a dialect, is judged by a profile and serves agencies.
/// </summary>
/// <param name="MayRegisterAgencies">Without this grant, registerAgency and deleteAgency only file a request for the operator.</param>
/// <param name="AllowedAddresses">Addresses or CIDR blocks calls must come from; empty = anywhere.</param>
public sealed record PartnerSystem(
    long Id, string SystemId, Profile Profile, bool Enabled, IReadOnlyList<Served> Serves, bool MayRegisterAgencies = false)
{
    public IReadOnlyList<string> Dialects { get; init; } = Parties.Dialects.OfNewSystems;

    public IReadOnlyList<string> AllowedAddresses { get; init; } = [];

    /// <summary>
    /// The axis connection of this hub that empties this system's mailbox; null for a system that calls. It serves the agencies routed over
    /// that axis, and what comes from there comes in its name.
    /// </summary>
    public string? Axis { get; init; }

    /// <summary>Its calls count only on a line where it shows a client certificate bound to it, whatever else they carry.</summary>
    public bool RequiresCertificate { get; init; }

    /// <summary>What it fetches bears the hub's own signature inside the package.</summary>
    public bool WantsSignedCopies { get; init; }

    /// <summary>True when it may call in this dialect (<see cref="Parties.Dialects"/>).</summary>
    public bool Speaks(string dialect) => Dialects.Contains(dialect, StringComparer.OrdinalIgnoreCase);
}

/// <summary>What a secret opens: signed calls, the JSON interface, or the dialects of provincial hubs. None stands in for another.</summary>
public enum CredentialKind
{
    Hmac = 0,
    ApiKey = 1,
    Token = 2,

    /// <summary>A certificate that signs SOAP messages: its SHA-256.</summary>
    Certificate = 3,

    /// <summary>A TLS client certificate: its SHA-256.</summary>
    TlsCertificate = 4,

    /// <summary>TLS client certificates of one issuer for one subject, so that a renewed one needs no change here: the SHA-256 of the two names.</summary>
    TlsSubject = 5,

    /// <summary>A client of the configured token issuer: its id there, UTF-8.</summary>
    OAuthClient = 6,
}

/// <summary>
/// One secret of a system. An HMAC secret is sealed with a key that lies outside the store; of an API key or a token only the hash is kept.
/// Certificates and clients of an issuer are no secrets: their digest or name is kept.
/// Several may be valid at once, so that a secret can be changed without an outage.
/// </summary>
public sealed record Credential(
    string Id, long SystemId, CredentialKind Kind, ReadOnlyMemory<byte> Secret, DateTimeOffset ValidFrom, DateTimeOffset? ValidTo, DateTimeOffset? RevokedAt)
{
    public bool IsUsableAt(DateTimeOffset time) => RevokedAt is null && ValidFrom <= time && (ValidTo is null || time < ValidTo);
}

public enum DirectoryRequestState { Filed = 0, Approved = 1, Rejected = 2 }

/// <summary>A system's wish to register or delete a unit, waiting for the operator.</summary>
public sealed record DirectoryRequest(
    string Id, long SystemId, bool IsDeletion, string Code, string? Name, string? ParentCode, string? Mail, DateTimeOffset FiledAt, DirectoryRequestState State);
