using DocExchange.Axis.Protocol;
using DocExchange.Sandbox.Axis.Faults;
using DocExchange.Sandbox.Axis.Parties;
using DocExchange.Sandbox.Axis.Seen;

namespace DocExchange.Sandbox.Axis.Calls;

/// <summary>One authentic call on its way through the axis.</summary>
internal sealed class AxisCall(HttpContext http, string operation, AxisSystem system, SignedValues values, FaultPlan faults)
{
    public HttpContext Http { get; } = http;
    public string Operation { get; } = operation;
    public AxisSystem System { get; } = system;
    public SignedValues Values { get; } = values;
    public FaultPlan Faults { get; } = faults;
    public CancellationToken Cancelled => Http.RequestAborted;

    /// <summary>What the operation learns about the call, for those who look later.</summary>
    public Func<SeenCall, SeenCall> Note { get; set; } = static seen => seen;
}
