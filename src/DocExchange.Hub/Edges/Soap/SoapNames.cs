using System.Xml.Linq;

namespace DocExchange.Hub.Edges.Soap;

/// <summary>Namespaces and names of the standards around SOAP.</summary>
internal static class SoapNames
{
    /// <summary>WS-Addressing 1.0, and the submission that older stacks still send.</summary>
    public static readonly XNamespace Addressing = "http://www.w3.org/2005/08/addressing";
    public static readonly XNamespace OldAddressing = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

    /// <summary>WS-Security 1.0/1.1.</summary>
    public static readonly XNamespace Security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    public static readonly XNamespace Utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
}
