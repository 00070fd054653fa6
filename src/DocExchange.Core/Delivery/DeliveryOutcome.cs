namespace DocExchange.Core.Delivery;

/// <summary>What became of one attempt to push a copy.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome()
    {
    }

    /// <summary>The other side has it.</summary>
    /// <param name="RemoteId">What the other side calls it; empty when it did not say.</param>
    public sealed record Delivered(string RemoteId) : DeliveryOutcome;

    /// <summary>The other side certainly has not taken it, and may later.</summary>
    /// <param name="Text">Why, for operators; no secrets.</param>
    public sealed record Transient(string Text) : DeliveryOutcome
    {
        /// <summary>The other side asked to be left alone so long, or zero where it has nothing to do with it; null when it did not answer as it should.</summary>
        public TimeSpan? NotBefore { get; init; }
    }

    /// <summary>Sent, and no answer came: the other side may have it.</summary>
    public sealed record Unknown(string Text) : DeliveryOutcome;

    /// <summary>The other side refuses these bytes or these recipients; sending again would not help.</summary>
    /// <param name="MayBeOneRecipient">The refusal may be about one recipient of several: each is tried alone.</param>
    public sealed record Permanent(string Text, bool MayBeOneRecipient = false) : DeliveryOutcome;

    /// <summary>The other side did not answer, or not as it should: what a circuit breaker counts.</summary>
    public bool IsOutage => this is Transient { NotBefore: null } or Unknown;
}
