using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Pipeline;

/// <summary>What one stage decided. Expected refusals are values; exceptions are for faults.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    public static readonly Verdict GoOn = new Proceed();

    public sealed record Proceed : Verdict;

    public sealed record Refused(Problem Problem) : Verdict;

    /// <summary>The same submission was accepted before: the caller gets the first receipt again.</summary>
    public sealed record AlreadyAccepted(ReceiptRef Receipt) : Verdict;

    /// <summary>Committed durably. Only the last stage says this.</summary>
    public sealed record Accepted(ReceiptRef Receipt) : Verdict;
}
