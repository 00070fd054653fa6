namespace DocExchange.Sandbox.Axis.Faults;

/// <summary>What can go wrong with a call. docs/sandbox.md says each in an integrator's words.</summary>
public enum FaultKind
{
    /// <summary>The call waits <see cref="AxisFault.DelayMs"/> before anything is done with it.</summary>
    Latency,

    /// <summary>The connection is cut without an answer.</summary>
    Drop,

    /// <summary>No answer comes and the connection stays open, for <see cref="AxisFault.DelayMs"/> or, when that is 0, until the caller gives up; then it is cut.</summary>
    Hang,

    /// <summary>HTTP 500 with a page of text.</summary>
    ServerError,

    /// <summary>HTTP 200 with nothing in it: some clients read an empty list from it.</summary>
    EmptyBody,

    /// <summary>HTTP 200 with an HTML page, as a proxy's sign-in gives.</summary>
    ForeignPage,

    /// <summary>HTTP 503 with Retry-After and an HTML page.</summary>
    Maintenance,

    /// <summary>The protocol's own refusal with <see cref="AxisFault.Code"/>.</summary>
    Refuse,

    /// <summary>sendEdoc takes the package twice; a list names every row twice.</summary>
    Duplicate,

    /// <summary>A list comes in another order.</summary>
    Reorder,

    /// <summary>A list leaves half of its rows out.</summary>
    Omit,

    /// <summary>A package's byte is changed on the way: sendEdoc answers 21 for the hash, a fetch gives a damaged package.</summary>
    Damage,

    /// <summary>The answer ends after half of it, or after <see cref="AxisFault.PieceBytes"/> bytes where it is streamed, and the connection is cut.</summary>
    Truncate,

    /// <summary>The answer comes in pieces of <see cref="AxisFault.PieceBytes"/> bytes with <see cref="AxisFault.DelayMs"/> between them.</summary>
    SlowBody,
}
