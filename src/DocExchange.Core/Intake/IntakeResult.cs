using DocExchange.Core.Packages;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Intake;

/// <summary>What the door answers; each edge renders it in its own dialect.</summary>
public abstract record IntakeResult
{
    private IntakeResult()
    {
    }

    /// <param name="Repeated">The same submission had been accepted before; this is its first receipt.</param>
    public sealed record Accepted(ReceiptRef Receipt, bool Repeated, IReadOnlyList<PackageWarning> Warnings) : IntakeResult
    {
        /// <summary>This is the answer that the request's key got the first time.</summary>
        public bool Replayed { get; init; }
    }

    /// <param name="Receipt">The signed refusal; null for a failure of the hub's own, which refuses nothing.</param>
    public sealed record Refused(Problem Problem, ReceiptRef? Receipt) : IntakeResult
    {
        /// <summary>Nothing is wrong with what was sent: the same bytes may be taken later.</summary>
        public bool IsForNow => Problem.Kind.Step == ProblemStep.Fault;
    }
}
