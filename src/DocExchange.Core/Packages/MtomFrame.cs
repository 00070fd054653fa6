using System.Text;
using System.Xml.Linq;

namespace DocExchange.Core.Packages;

/// <summary>What stands around an envelope and the one package it refers to where both travel as a message of two parts (MTOM; XOP 1.0 §4.1).</summary>
/// <param name="Boundary">Must occur in neither.</param>
/// <param name="SoapMediaType">The envelope's own, without XOP: <c>text/xml</c> or <c>application/soap+xml</c>.</param>
public sealed record MtomFrame(string Boundary, string SoapMediaType)
{
    public const string MediaType = "multipart/related";

    /// <summary>The envelope's media type within the message.</summary>
    public const string XopMediaType = "application/xop+xml";

    private const string RootId = "root@docexchange";
    private const string PackageId = "package@docexchange";

    /// <summary>The element whose place the package's bytes take.</summary>
    public static readonly XName Include = XName.Get("Include", "http://www.w3.org/2004/08/xop/include");

    public string ContentType => $"{MediaType}; type=\"{XopMediaType}\"; start=\"<{RootId}>\"; start-info=\"{SoapMediaType}\"; boundary=\"{Boundary}\"";

    /// <summary>Before the envelope.</summary>
    public byte[] Root => Ascii($"--{Boundary}\r\n{PartHead(RootId, $"{XopMediaType}; charset=utf-8; type=\"{SoapMediaType}\"")}");

    /// <summary>Between envelope and package.</summary>
    public byte[] Package => Ascii($"\r\n--{Boundary}\r\n{PartHead(PackageId, "application/octet-stream")}");

    /// <summary>Behind the package.</summary>
    public byte[] End => Ascii($"\r\n--{Boundary}--\r\n");

    /// <summary>Stands in the envelope for the package.</summary>
    public static XElement Reference() => new(Include, new XAttribute(XNamespace.Xmlns + "xop", Include.NamespaceName), new XAttribute("href", "cid:" + PackageId));

    private static string PartHead(string id, string type) => $"Content-ID: <{id}>\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: binary\r\n\r\n";

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
