using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Tracking;

/// <summary>Everything the hub knows of one document's way, for those who may see it.</summary>
public sealed record DocumentTrack(
    string DocId, string? DocumentId, MessageKind Kind, BusinessType BusinessType, string Subject, string Code, string Sender, string SenderName,
    DateTimeOffset AcceptedAt, ReadOnlyMemory<byte> Digest, long Size, string ReceiptId)
{
    public IReadOnlyList<DeliveryTrack> Deliveries { get; init; } = [];

    public IReadOnlyList<StatusTrack> Statuses { get; init; } = [];

    public IReadOnlyList<EventTrack> Events { get; init; } = [];
}

public sealed record DeliveryTrack(string ItemId, string Agency, string Name, DeliveryState State, string? StateText, DateTimeOffset Since, int Fetched);

/// <param name="RecordedByHub">The hub noted it because the recipient's system confirmed; no office said so.</param>
public sealed record StatusTrack(string Reporter, int Code, string? Description, DateTimeOffset At, DateTimeOffset ArrivedAt, bool RecordedByHub);

public sealed record EventTrack(long Index, string Event, DateTimeOffset Time, string ReceiptId);
