using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Signing.Envelopes;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>Who a message proves to be from.</summary>
/// <param name="System">Null with no problem where it names nobody.</param>
/// <param name="Signed">What its signature covers; null where it has none.</param>
internal sealed record SoapCredentials(PartnerSystem? System, Problem? Problem, SignedEnvelope? Signed = null)
{
    public static readonly SoapCredentials None = new(null, null);
}
