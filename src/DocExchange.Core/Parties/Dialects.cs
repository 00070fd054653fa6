namespace DocExchange.Core.Parties;

/// <summary>The protocols a system may be allowed to speak besides the JSON interface, by the names they are switched with.</summary>
public static class Dialects
{
    /// <summary>The axis SDK's protocol.</summary>
    public const string Vxp = "vxp";

    /// <summary>The REST dialect of provincial hubs, under <c>/EdocService</c>: a bare token in a header.</summary>
    public const string EdocRest = "edoc-rest";

    /// <summary>The SOAP dialect of provincial hubs (edXML 1.0), at <c>/soap/edoc</c>: the same token in the message.</summary>
    public const string EdocSoap = "edoc-soap";

    /// <summary>The hub's own SOAP interface, at <c>/soap/v1</c>.</summary>
    public const string Soap = "soap";

    public static readonly IReadOnlyList<string> All = [Vxp, Soap, EdocRest, EdocSoap];

    /// <summary>What a system speaks that nobody said anything about: the older dialects, whose token travels with every call, are off.</summary>
    public static readonly IReadOnlyList<string> OfNewSystems = [Vxp, Soap];
}
