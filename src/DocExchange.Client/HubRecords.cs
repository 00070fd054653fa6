using System.Text.Json.Serialization;

namespace DocExchange.Client;

/// <summary>A document as its sender or a recipient may see it. Times are UTC.</summary>
public sealed record DocumentTrack(
    string DocId, string? DocumentId, string? Kind, string? BusinessType, string? Subject, string? Code, string? Sender, DateTimeOffset? AcceptedAt,
    string? Digest, long Size, string? ReceiptId)
{
    public IReadOnlyList<TrackedDelivery> Deliveries { get; init; } = [];
    public IReadOnlyList<TrackedStatus> Statuses { get; init; } = [];
    public IReadOnlyList<TrackedEvent> Events { get; init; } = [];
}

public sealed record TrackedDelivery(string Agency, string? Name, string State, DateTimeOffset? Since, int FetchedCount);

/// <summary>What a recipient's office reported; <see cref="RecordedByHub"/> when the hub wrote it from the recipient's confirmation.</summary>
public sealed record TrackedStatus(string Reporter, string Code, string? Name, string? Description, DateTimeOffset? At, bool RecordedByHub);

public sealed record TrackedEvent(long Index, string Event, DateTimeOffset? Time);

/// <summary>An agency of the directory.</summary>
/// <param name="Kind"><c>local</c> or <c>external</c>.</param>
/// <param name="LockedSince">Set while packages to it are refused.</param>
public sealed record AgencyEntry(
    string Code, string Name, string? Parent = null, string Kind = "local", IReadOnlyList<string>? Aliases = null, DateTimeOffset? ValidFrom = null,
    DateTimeOffset? ValidTo = null, string? Successor = null, DateTimeOffset? LockedSince = null,
    string? Mail = null, bool RefuseRepeatedNumber = false);

/// <summary>A partner system.</summary>
/// <param name="Profile"><c>agency</c> (strict) or <c>peer</c> (lenient).</param>
public sealed record SystemEntry(
    string SystemId, string Profile = "agency", IReadOnlyList<string>? Dialects = null, IReadOnlyList<ServedAgency>? Serves = null, bool Enabled = true,
    bool MayRegisterAgencies = false, IReadOnlyList<string>? AllowedAddresses = null);

public sealed record ServedAgency(string Agency, bool Subtree);

/// <summary>A credential without its secret, which nobody can read again.</summary>
public sealed record CredentialEntry(string Id, string Kind, DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidTo = null);

/// <param name="Kind"><c>hmac</c> or <c>apikey</c>.</param>
/// <param name="OverlapHours">How long earlier credentials of that kind stay valid.</param>
public sealed record NewCredential(string Kind, int OverlapHours);

/// <summary>A credential just made: <see cref="Secret"/> is shown this once.</summary>
public sealed record IssuedCredential(string Id, string Secret, DateTimeOffset? ValidFrom);

/// <summary>An alarm that an operator has seen to.</summary>
public sealed record SeenAlarm(string Kind, string Subject);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HubProblem))]
[JsonSerializable(typeof(DocumentTrack))]
[JsonSerializable(typeof(List<DocumentTrack>))]
[JsonSerializable(typeof(AgencyEntry))]
[JsonSerializable(typeof(List<AgencyEntry>))]
[JsonSerializable(typeof(SystemEntry))]
[JsonSerializable(typeof(List<SystemEntry>))]
[JsonSerializable(typeof(List<CredentialEntry>))]
[JsonSerializable(typeof(SeenAlarm))]
[JsonSerializable(typeof(NewCredential))]
[JsonSerializable(typeof(IssuedCredential))]
internal sealed partial class HubJson : JsonSerializerContext;
