namespace DocExchange.Core.Delivery;

/// <summary>
/// What the hub does next with one recipient's copy in a mailbox. What the recipient's office did is
/// <see cref="Tracking.HandlingStatus"/>: another thing.
/// </summary>
public enum DeliveryState
{
    /// <summary>Listed, not fetched yet.</summary>
    Available = 0,

    /// <summary>Fetched at least once and still listed: only an answer ends it.</summary>
    Fetched = 1,

    /// <summary>The recipient's system confirmed. Never goes back.</summary>
    Delivered = 2,

    /// <summary>The recipient's system answered that it cannot take it: a dead letter with its text.</summary>
    Failed = 3,

    /// <summary>A person gave the dead letter up.</summary>
    Abandoned = 4,
}
