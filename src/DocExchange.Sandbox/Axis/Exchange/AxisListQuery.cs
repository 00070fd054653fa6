using DocExchange.Axis.Protocol;

namespace DocExchange.Sandbox.Axis.Exchange;

/// <summary>What a list is asked for, and how the readings answer it.</summary>
internal sealed record AxisListQuery(string? MessageType, DateTimeOffset? From, DateTimeOffset? To)
{
    private bool HasPeriod => From is not null || To is not null;

    /// <summary>Whether items that were answered may be among the rows.</summary>
    public bool NeedsAnswered(AxisReadings readings) =>
        HasPeriod ? readings.ListedInPeriod == ListedInPeriod.Everything : readings.Listed == Listed.Everything;

    public bool Shows(AxisItem item, AxisReadings readings)
    {
        if (MessageType is not null && !MessageType.Equals(item.MessageType, StringComparison.OrdinalIgnoreCase)) return false;
        if (HasPeriod) return IsWithin(readings.PeriodTime == PeriodTime.Created ? item.CreatedAt : item.UpdatedAt, readings.PeriodBounds);
        return readings.Listed != Listed.Unfetched || item.Fetches == 0;
    }

    /// <summary>The row. Times are written in Vietnam's zone by the protocol's writer: another zone is a shift.</summary>
    public static ReceivedRow Row(AxisItem item, AxisReadings readings) => new(
        item.Id, item.MessageType, item.CreatedAt - readings.ZoneShift, item.UpdatedAt - readings.ZoneShift, item.Document.From, string.Join(',', item.To),
        item.Status, item.StatusText);

    private bool IsWithin(DateTimeOffset at, PeriodBounds bounds)
    {
        // Bounds name whole seconds.
        var second = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
        var after = From is null || (bounds == PeriodBounds.Exclusive ? second > From : second >= From);
        var before = To is null || (bounds == PeriodBounds.Inclusive ? second <= To : second < To);
        return after && before;
    }
}
