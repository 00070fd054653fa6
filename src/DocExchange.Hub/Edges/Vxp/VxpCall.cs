using DocExchange.Axis.Protocol;
using DocExchange.Core.Parties;

namespace DocExchange.Hub.Edges.Vxp;

/// <summary>One authenticated call of the axis SDK's protocol.</summary>
/// <param name="Scope">What the calling system may see.</param>
public sealed record VxpCall(HttpContext Http, PartnerSystem System, PartyBook Parties, Scope Scope, SignedValues Values)
{
    public CancellationToken Cancelled => Http.RequestAborted;
}
