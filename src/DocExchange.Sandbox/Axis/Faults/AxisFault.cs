using DocExchange.Axis.Protocol;

namespace DocExchange.Sandbox.Axis.Faults;

/// <summary>One thing that goes wrong, with some calls: "the next N of operation X", or each with a probability drawn from the axis' seed.</summary>
/// <param name="Kind">What happens.</param>
public sealed record AxisFault(FaultKind Kind)
{
    /// <summary>The operation as the protocol spells it; null for every one.</summary>
    public string? Operation { get; init; }

    /// <summary>The calling system; null for every one.</summary>
    public string? SystemId { get; init; }

    /// <summary>Matching calls that are left alone first.</summary>
    public int Skip { get; init; }

    /// <summary>Calls it happens to; null for as long as it is set.</summary>
    public int? Times { get; init; }

    /// <summary>0 to 1, for each matching call. The draw depends on the seed, the fault's place among those set and the call's number among those that match.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>The call is processed first, and only its answer suffers. For Drop, Hang, ServerError, EmptyBody, ForeignPage, Maintenance and Refuse.</summary>
    public bool AfterProcessing { get; init; }

    public int DelayMs { get; init; }

    public int PieceBytes { get; init; } = 1024;

    /// <summary>For <see cref="FaultKind.Refuse"/>.</summary>
    public int Code { get; init; } = VxpCodes.SystemError;

    /// <summary>What is wrong with it, in a sentence; null when it can be set.</summary>
    public string? Problem() => this switch
    {
        { Probability: < 0 or > 1 or double.NaN } => "probability is from 0 to 1.",
        { Skip: < 0 } or { Times: < 0 } or { DelayMs: < 0 } => "skip, times and delayMs are not negative.",
        { PieceBytes: < 1 } => "pieceBytes is at least 1.",
        { Kind: FaultKind.Latency or FaultKind.SlowBody, DelayMs: 0 } => "this kind needs delayMs.",
        { Operation: { } name } when !VxpOperations.All.Contains(name, StringComparer.OrdinalIgnoreCase) => $"operation is one of {string.Join(", ", VxpOperations.All)}.",
        _ => null,
    };
}

/// <summary>A fault that is set, and how often it had a chance and happened.</summary>
public sealed record SetFault(int Id, AxisFault Fault, int Matched, int Happened);
