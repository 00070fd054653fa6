namespace DocExchange.Hub.Edges.Soap;

/// <summary>One of the two versions of SOAP: how its envelopes, media types and faults are called.</summary>
/// <param name="NextRole">The role every node plays; a header addressed to it is addressed to the hub.</param>
internal sealed record SoapVersion(string Namespace, string MediaType, string SenderCode, string ReceiverCode, string RoleAttribute, string NextRole)
{
    /// <summary>https://www.w3.org/TR/2000/NOTE-SOAP-20000508/</summary>
    public static readonly SoapVersion Soap11 = new("http://schemas.xmlsoap.org/soap/envelope/", "text/xml", "Client", "Server",
        "actor", "http://schemas.xmlsoap.org/soap/actor/next");

    /// <summary>https://www.w3.org/TR/soap12-part1/</summary>
    public static readonly SoapVersion Soap12 = new("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml", "Sender", "Receiver",
        "role", "http://www.w3.org/2003/05/soap-envelope/role/next");

    /// <summary>Below it, whatever speaks SOAP.</summary>
    public const string Paths = "/soap";

    public const string UltimateReceiver = "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver";

    public bool Is12 => ReferenceEquals(this, Soap12);

    /// <summary>The version with this envelope namespace, or null.</summary>
    public static SoapVersion? Of(string envelopeNamespace) =>
        envelopeNamespace == Soap11.Namespace ? Soap11 : envelopeNamespace == Soap12.Namespace ? Soap12 : null;
}
