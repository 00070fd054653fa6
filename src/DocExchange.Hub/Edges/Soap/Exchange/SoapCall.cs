using System.Xml.Linq;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing.Envelopes;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>One authenticated call of the hub's own SOAP interface.</summary>
/// <param name="Scope">What the calling system may see.</param>
/// <param name="Signed">What the message's signature covers; null where it has none.</param>
internal sealed record SoapCall(HttpContext Http, SoapRequest Request, PartnerSystem System, PartyBook Parties, Scope Scope, SignedEnvelope? Signed)
{
    /// <summary>Of the interface's messages.</summary>
    public static readonly XNamespace Names = SoapFaults.DetailNamespace;

    public CancellationToken Cancelled => Http.RequestAborted;

    public string Operation => Request.Message.Operation!.LocalName;

    public SoapVersion Version => Request.Message.Version;
}
