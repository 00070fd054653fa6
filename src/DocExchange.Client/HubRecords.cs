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

    /// <summary>Null for documents of before the hub looked into files.</summary>
    public DocumentSignatures? Signatures { get; init; }

    /// <summary>What the signatures are worth by what became known since; null when that is nothing else.</summary>
    public DocumentSignatures? LaterSignatures { get; init; }

    /// <summary>What a malware scanner said of its files last; null when none was ever asked.</summary>
    public ScannedFiles? Malware { get; init; }
}

/// <param name="Outcome"><c>clean</c>, <c>not-scanned</c> or <c>found</c>.</param>
public sealed record ScannedFiles(string Outcome, string? Engine, string? Reason, DateTimeOffset? At);

public sealed record TrackedDelivery(string Agency, string? Name, string State, DateTimeOffset? Since, int FetchedCount);

/// <summary>What a recipient's office reported; <see cref="RecordedByHub"/> when the hub wrote it from the recipient's confirmation.</summary>
public sealed record TrackedStatus(string Reporter, string Code, string? Name, string? Description, DateTimeOffset? At, bool RecordedByHub);

public sealed record TrackedEvent(long Index, string Event, DateTimeOffset? Time);

/// <summary>An agency of the directory.</summary>
/// <param name="Kind"><c>local</c> or <c>external</c>.</param>
/// <param name="Route"><c>local</c>, or <c>axis:NAME</c> for one reached over that axis.</param>
/// <param name="ValidTo">The first moment at which it no longer exists.</param>
/// <param name="LockedSince">Set while packages to it are refused.</param>
public sealed record AgencyEntry(
    string Code, string Name, string? Parent = null, string Kind = "local", IReadOnlyList<string>? Aliases = null, DateTimeOffset? ValidFrom = null,
    DateTimeOffset? ValidTo = null, string? Successor = null, DateTimeOffset? LockedSince = null, string? Mail = null, bool RefuseRepeatedNumber = false)
{
    public string Route { get; init; } = "local";

    public IReadOnlyList<AgencyContact>? FocalPoints { get; init; }
}

/// <summary>Whom to turn to in an agency; personal data.</summary>
public sealed record AgencyContact(string Name, string? Role = null, string? Mail = null, string? Phone = null);

/// <param name="Next">Passed on for the next page; null on the last one.</param>
/// <param name="LastChange">Passed as <c>changedAfter</c> next time.</param>
public sealed record DirectoryPage(IReadOnlyList<AgencyEntry> Entries, string? Next, long LastChange);

/// <summary>What a file of agencies changes, or has changed. <see cref="Changes"/> and <see cref="Wrong"/> hold the first thousand each.</summary>
/// <param name="Missing">How many of the ended ones end because the file lacks them, of <paramref name="Compared"/>.</param>
/// <param name="Overtaken">Codes that somebody else changed meanwhile: left alone.</param>
public sealed record ImportReport(
    bool Applied, string? Import, int Added, int Changed, int Ended, int Revived, int Unchanged, int WrongRows, int Missing, int Compared,
    IReadOnlyList<string> Overtaken, IReadOnlyList<ImportedChange> Changes, IReadOnlyList<WrongRow> Wrong);

/// <param name="Kind"><c>ended</c>, <c>revived</c>, <c>changed</c> or <c>added</c>.</param>
public sealed record ImportedChange(string Kind, string Code, string Name, IReadOnlyList<ImportedField> Fields);

public sealed record ImportedField(string Field, string Before, string After);

public sealed record WrongRow(int Line, string Code, string Field, string English, string Vietnamese);

/// <param name="EndMissing">Entries the file lacks end, instead of staying.</param>
/// <param name="SkipWrong">Rows that are wrong are passed over, instead of refusing the file.</param>
/// <param name="EndMany">Also when more than a tenth of the entries end.</param>
public sealed record ImportOptions(bool DryRun = false, bool EndMissing = false, bool SkipWrong = false, bool EndMany = false);

/// <summary>A partner system. The hub names every member; of one that is changed, what is null stays as it is.</summary>
/// <param name="Profile"><c>agency</c> (strict, that of new systems) or <c>peer</c> (lenient).</param>
public sealed record SystemEntry(
    string SystemId, string? Profile = null, IReadOnlyList<string>? Dialects = null, IReadOnlyList<ServedAgency>? Serves = null, bool? Enabled = null,
    bool? MayRegisterAgencies = null, IReadOnlyList<string>? AllowedAddresses = null, bool? RequiresCertificate = null, bool? SignedCopies = null);

public sealed record ServedAgency(string Agency, bool Subtree);

/// <summary>A credential without its secret, which nobody can read again.</summary>
/// <param name="Name">What one without a secret is bound to: a certificate's digest, or a client's id at the issuer.</param>
public sealed record CredentialEntry(string Id, string Kind, DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidTo = null, string? Name = null);

/// <param name="Kind"><c>hmac</c>, <c>apikey</c>, <c>token</c>, <c>tls</c>, <c>tls-subject</c> or <c>oauth</c>.</param>
/// <param name="OverlapHours">How long earlier credentials of that kind stay valid.</param>
/// <param name="Secret">A token that the system has already and keeps, at least 16 characters; null = the hub makes one.</param>
/// <param name="Name">What is bound where there is no secret: a certificate as PEM, or a client's id at the issuer.</param>
public sealed record NewCredential(string Kind, int OverlapHours, string? Secret = null, string? Name = null);

/// <summary>A credential just made: <see cref="Secret"/> is shown this once, and null where a certificate or a client was bound.</summary>
/// <param name="Waiting">Requests to end the earlier ones, where a second person must approve that; they go on until then.</param>
public sealed record IssuedCredential(string Id, string? Secret, DateTimeOffset? ValidFrom, IReadOnlyList<string>? Waiting = null);

/// <summary>An alarm that an operator has seen to.</summary>
public sealed record SeenAlarm(string Kind, string Subject);

/// <summary>An export of the evidence, being made or done.</summary>
/// <param name="State"><c>waiting</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="End">Size of the log it ends with: the next export's <c>after</c>.</param>
/// <param name="Digest">SHA-256 of the file, hex.</param>
/// <param name="Earlier">Earlier logs that hold a part of what was asked for; each is an export of its own.</param>
public sealed record ExportEntry(
    string Id, string State, string Format, string Log, string Filter, long From, long End, long Read, long Shown, long Withheld, long Bytes, string? Digest, string? Receipt,
    IReadOnlyList<string>? Earlier = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HubProblem))]
[JsonSerializable(typeof(DocumentTrack))]
[JsonSerializable(typeof(List<DocumentTrack>))]
[JsonSerializable(typeof(AgencyEntry))]
[JsonSerializable(typeof(DirectoryPage))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(SystemEntry))]
[JsonSerializable(typeof(List<SystemEntry>))]
[JsonSerializable(typeof(List<CredentialEntry>))]
[JsonSerializable(typeof(SeenAlarm))]
[JsonSerializable(typeof(NewAccount))]
[JsonSerializable(typeof(LinkedPerson))]
[JsonSerializable(typeof(IssuedPassword))]
[JsonSerializable(typeof(NewCredential))]
[JsonSerializable(typeof(IssuedCredential))]
[JsonSerializable(typeof(ExportEntry))]
[JsonSerializable(typeof(List<ExportEntry>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class HubJson : JsonSerializerContext;
