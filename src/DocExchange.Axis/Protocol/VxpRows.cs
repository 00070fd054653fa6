namespace DocExchange.Axis.Protocol;

/// <summary>A row of getReceivedEdocList. A null text is written as an empty one: the SDK drops a whole answer that holds a JSON null.</summary>
public sealed record ReceivedRow(
    string DocId, string MessageType, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? From, string? To, string Status, string? StatusText = null);

/// <summary>A row of getSentEdocList: one per receiver.</summary>
public sealed record SentRow(
    string MessageType, string SenderDocId, string? ReceiverDocId, string? From, string? To, string? Title, string? Notation,
    DateTimeOffset SentAt, DateTimeOffset? ReceivedAt, string SendStatus, string? SendStatusText, string ReceiveStatus, string? ReceiveStatusText);

/// <summary>A row of getAgenciesList, getAgenciesListQD20 and getSynchronizeUnit, which show different members of it.</summary>
/// <param name="Code">The code in force.</param>
/// <param name="OldCode">The code of the earlier notation: <c>oldCode</c>, <c>code102</c>.</param>
/// <param name="Version">Grows with each change of the row; getSynchronizeUnit only.</param>
public sealed record AgencyRow(
    string Id, string? ParentId, string Code, string Name, string? Mail = null, string? OldCode = null,
    int Version = 1, string? CenterCode = null, bool Deleted = false, DateTimeOffset? ChangedAt = null, bool IsAgency = true);
