namespace DocExchange.Core.Delivery;

/// <summary>What to do after an attempt.</summary>
public abstract record RetryDecision
{
    private RetryDecision()
    {
    }

    public sealed record Done(string RemoteId) : RetryDecision;

    public sealed record RetryAfter(TimeSpan Wait) : RetryDecision
    {
        /// <summary>The attempt counts; one that only found the other side still away does not.</summary>
        public bool Counts { get; init; } = true;
    }

    /// <summary>Try each recipient alone.</summary>
    public sealed record Split : RetryDecision;

    /// <param name="Refused">The other side said no; otherwise the attempts are used up.</param>
    /// <param name="Reason">In words, for the operator who decides what becomes of it.</param>
    public sealed record DeadLetter(bool Refused, string Reason) : RetryDecision;
}

/// <summary>
/// When a pushed copy is tried again: after <see cref="First"/>, then twice as long each time, up to <see cref="Longest"/>. It ends by the
/// number of attempts and not by the clock, and what is tried while the other side is known to be away is not counted: so neither a long outage nor a
/// clock that jumps turns documents into dead letters.
/// </summary>
public sealed record RetryPolicy(int Attempts, TimeSpan First, TimeSpan Longest)
{
    public static readonly RetryPolicy Default = new(20, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(30));

    /// <summary>So long a side may ask to be left alone, or <see cref="Longest"/> where that is more.</summary>
    private static readonly TimeSpan MostAsked = TimeSpan.FromDays(1);

    /// <summary>Pure: the same arguments give the same decision.</summary>
    /// <param name="attempts">How many have been made, this one included.</param>
    /// <param name="recipients">How many the call was for.</param>
    /// <param name="jitter">0 to 1: takes up to a quarter off the wait, so that copies that failed together do not come back together.</param>
    /// <param name="isProbe">The other side was known to be away, and this call was to find out whether it is back.</param>
    public RetryDecision Decide(int attempts, DeliveryOutcome outcome, int recipients, double jitter, bool isProbe = false) => outcome switch
    {
        { IsOutage: true } when isProbe => new RetryDecision.RetryAfter(Wait(attempts, jitter)) { Counts = false },
        DeliveryOutcome.Delivered delivered => new RetryDecision.Done(delivered.RemoteId),
        DeliveryOutcome.Permanent { MayBeOneRecipient: true } when recipients > 1 => new RetryDecision.Split(),
        DeliveryOutcome.Permanent refused => new RetryDecision.DeadLetter(true, refused.Text),
        DeliveryOutcome.Transient transient => Again(attempts, transient.Text, transient.NotBefore, jitter),
        DeliveryOutcome.Unknown unknown => Again(attempts, unknown.Text, null, jitter),
        _ => throw new InvalidOperationException("Unknown outcome of an attempt."),
    };

    private RetryDecision Again(int attempts, string text, TimeSpan? notBefore, double jitter)
    {
        if (attempts >= Attempts) return new RetryDecision.DeadLetter(false, $"{attempts} attempts failed, the last one: {text}");
        var wait = Wait(attempts, jitter);
        // Another side's slip of the pen must not park a document for years.
        var most = Longest > MostAsked ? Longest : MostAsked;
        return new RetryDecision.RetryAfter(notBefore > wait ? notBefore.Value < most ? notBefore.Value : most : wait);
    }

    private TimeSpan Wait(int attempts, double jitter)
    {
        // Beyond 2^30 the doubling has long passed the longest wait, and would pass what a TimeSpan holds.
        var doubled = First * Math.Pow(2, Math.Min(attempts - 1, 30));
        return (doubled < Longest ? doubled : Longest) * (1 - Math.Clamp(jitter, 0, 1) / 4);
    }
}
