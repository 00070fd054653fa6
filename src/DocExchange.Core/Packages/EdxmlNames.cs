namespace DocExchange.Core.Packages;

/// <summary>Namespaces as they stand in files (edXML 2.0, QCVN 102:2016/BTTTT).</summary>
public static class EdxmlNames
{
    public const string Namespace = "http://www.mic.gov.vn/TBT/QCVN_102_2016";
    public const string Version1Namespace = "http://www.e-doc.vn/Schema/";
    public const string XmlSignatureNamespace = "http://www.w3.org/2000/09/xmldsig#";
    public const string XlinkNamespace = "http://www.w3.org/1999/xlink";
    public const string Prefix = "edXML";

    /// <summary>What the prefix means when a file uses it without declaring it: a name no file can guess to declare by accident.</summary>
    internal const string UndeclaredEdxml = "urn:docexchange:undeclared:edXML";
    internal const string UndeclaredXlink = "urn:docexchange:undeclared:xlink";
}
