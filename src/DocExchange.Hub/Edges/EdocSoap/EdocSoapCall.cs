using System.Xml.Linq;
using DocExchange.Hub.Edges.Edoc;
using DocExchange.Hub.Edges.Soap;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>One authenticated call.</summary>
/// <param name="Body">The body's child where the operation has its values there; null for those whose body streams or is empty.</param>
/// <param name="Token">As the message writes it; never to be kept.</param>
internal sealed record EdocSoapCall(HttpContext Http, EdocSoapOperation Operation, SoapRequest Request, EnvelopeTap Envelope, EdocCaller Caller, XElement? Body, string Token)
{
    public CancellationToken Cancelled => Http.RequestAborted;

    public SoapVersion Version => Request.Message.Version;

    /// <summary>A value of the body, whatever its namespace; null where it is missing, empty or there twice.</summary>
    public string? Value(string name) => EdocSoapCredentials.TextOf(Body, name);
}
