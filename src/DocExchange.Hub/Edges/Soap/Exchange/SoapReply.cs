using System.Xml.Linq;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>What an operation says; the edge writes it in the caller's version.</summary>
internal abstract record SoapReply
{
    private SoapReply()
    {
    }

    public sealed record Answer(XElement Body) : SoapReply;

    /// <summary>An answer that ends with a package, streamed behind <paramref name="Body"/>'s other elements; let go once it is sent.</summary>
    public sealed record Package(XElement Body, Stream Content) : SoapReply;

    /// <param name="Receipt">Null for a refusal that nobody has receipted yet: the edge does.</param>
    public sealed record Refused(Problem Problem, ReceiptRef? Receipt = null) : SoapReply;

    public static SoapReply Of(string response, params object?[] content) => new Answer(new XElement(SoapCall.Names + response, content));
}
