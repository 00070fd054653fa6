namespace DocExchange.Hub.Axes;

/// <summary>How one axis is doing. Counts are since the start of the process.</summary>
/// <param name="Breaker"><c>open</c> while the axis is left alone, by sending or by one of the questions beside it, else <c>closed</c>.</param>
/// <param name="Waiting">Copies that wait to be sent over it, and calls under way.</param>
/// <param name="DriftSeconds">How far the axis' clock was ahead at its last answer.</param>
public sealed record AxisCondition(
    string Name, string Breaker, DateTimeOffset? OpenSince, string? Reason, long Waiting, DateTimeOffset? Oldest, long Sent, long Retried, long DeadLetters, long Taken, double DriftSeconds);
