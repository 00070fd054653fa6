using System.Xml.Linq;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>
/// WS-Addressing as far as a hub that answers on the caller's own connection can honour it: a message id comes back, an address other than
/// that connection is refused. Nothing is ever sent to an address a caller names.
/// </summary>
internal static class SoapAddressing
{
    private static readonly string[] Known = ["To", "Action", "MessageID", "RelatesTo", "From", "ReplyTo", "FaultTo"];

    private static readonly string[] Anonymous =
        ["http://www.w3.org/2005/08/addressing/anonymous", "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"];

    public static bool Understands(XName name) => (name.Namespace == SoapNames.Addressing || name.Namespace == SoapNames.OldAddressing) && Known.Contains(name.LocalName);

    public static Problem? Check(SoapMessage message, string expectedAction)
    {
        foreach (var header in message.Headers.Where(h => Understands(h.Name)))
        {
            var name = header.Name.LocalName;
            if (name is "ReplyTo" or "FaultTo")
            {
                var address = header.Element.Element(header.Name.Namespace + "Address")?.Value.Trim() ?? "";
                if (!Anonymous.Contains(address)) return new Problem(ProblemCatalogue.ReplyAddressForbidden, name, address);
            }
            if (name == "Action" && header.Element.Value.Trim() != expectedAction) return new Problem(ProblemCatalogue.SoapActionDiffers, "wsa:Action", header.Element.Value.Trim(), expectedAction);
        }
        return null;
    }

    /// <summary>What an answer owes a caller that numbered its message; empty for others.</summary>
    public static IReadOnlyList<XElement> AnswerHeaders(SoapCall call)
    {
        var id = call.Request.Message.Headers.FirstOrDefault(h => Understands(h.Name) && h.Name.LocalName == "MessageID");
        if (id is null) return [];
        var names = id.Name.Namespace;
        return [new XElement(names + "Action", SoapOperations.ActionOf(call.Operation) + "Response"), new XElement(names + "RelatesTo", id.Element.Value.Trim())];
    }
}
