namespace DocExchange.Core.Delivery;

/// <summary>
/// What the hub does next with one recipient's copy. What the recipient's office did is <see cref="Tracking.HandlingStatus"/>: another thing.
/// </summary>
public enum DeliveryState
{
    /// <summary>Listed, not fetched yet; of a pushed copy: waits to be sent.</summary>
    Available = 0,

    /// <summary>Fetched at least once and still listed: only an answer ends it.</summary>
    Fetched = 1,

    /// <summary>The recipient's system confirmed. Never goes back.</summary>
    Delivered = 2,

    /// <summary>The recipient's system answered that it cannot take it, or it could not be sent: a dead letter with its text.</summary>
    Failed = 3,

    /// <summary>A person gave the dead letter up.</summary>
    Abandoned = 4,

    /// <summary>Pushed copies only: part of a call whose outcome is not final yet.</summary>
    Sending = 5,

    /// <summary>Pushed copies only: the axis has taken it over; the recipient's system has not confirmed yet.</summary>
    Relayed = 6,
}
