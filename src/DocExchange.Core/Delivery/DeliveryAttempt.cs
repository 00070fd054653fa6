namespace DocExchange.Core.Delivery;

/// <summary>One try to push a call, as it is kept for ever.</summary>
/// <param name="Number">From 1.</param>
public sealed record DeliveryAttempt(int Number, DateTimeOffset StartedAt, TimeSpan Took, DeliveryOutcome Outcome);
