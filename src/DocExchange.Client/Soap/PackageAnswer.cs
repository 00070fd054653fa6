using System.Net.Http.Headers;
using System.Xml;
using System.Xml.Linq;
using DocExchange.Core.Packages;

namespace DocExchange.Client.Soap;

/// <summary>An answer that carries a package: as a part behind the envelope (MTOM) or, from a hub or a proxy that does not know parts, as base64 in it.</summary>
internal static class PackageAnswer
{
    private const int Piece = 64 * 1024;

    /// <summary>Front to back, the package as it comes along.</summary>
    public static async Task<SoapPackage> CopyAsync(HttpResponseMessage response, Stream target, CancellationToken ct)
    {
        var type = response.Content.Headers.ContentType;
        using var content = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        if (type is null || !MtomFrame.MediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase)) return await ReadAsync(content, xml => DecodeAsync(xml, target, ct), ct).ConfigureAwait(false);

        using var parts = new MtomReader(content, BoundaryOf(type));
        using var root = await parts.ReadRootAsync(ct).ConfigureAwait(false);
        return await ReadAsync(root, async xml => await parts.CopyPartAsync(await ReferredAsync(xml, ct).ConfigureAwait(false), target, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
    }

    private static async Task<SoapPackage> ReadAsync(Stream envelope, Func<XmlReader, Task<long>> copy, CancellationToken ct)
    {
        SoapItem? item = null;
        byte[]? signature = null;
        using var xml = XmlReader.Create(envelope, SoapLine.Reading);
        // What is read whole leaves the reader behind it: only what is passed over is stepped over.
        while (!xml.EOF)
        {
            var name = xml.NodeType == XmlNodeType.Element && xml.NamespaceURI == SoapLine.Names ? xml.LocalName : null;
            if (name == "Item") item = SoapViews.ItemOf((XElement)await XNode.ReadFromAsync(xml, ct).ConfigureAwait(false));
            else if (name == "Signature") signature = Convert.FromBase64String(await xml.ReadElementContentAsStringAsync().ConfigureAwait(false));
            else if (name == "Package") return new SoapPackage(item ?? throw new XmlException("The answer lacks Item."), signature, await copy(xml).ConfigureAwait(false));
            else await xml.ReadAsync().ConfigureAwait(false);
        }
        throw new XmlException("The answer carries no package.");
    }

    private static async Task<long> DecodeAsync(XmlReader xml, Stream target, CancellationToken ct)
    {
        var (buffer, length) = (new byte[Piece], 0L);
        for (int read; (read = await xml.ReadElementContentAsBase64Async(buffer, 0, buffer.Length).ConfigureAwait(false)) > 0; length += read)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), ct).ConfigureAwait(false);
        }
        return length;
    }

    /// <summary>The Content-ID of the part that the element refers to.</summary>
    private static async Task<string> ReferredAsync(XmlReader xml, CancellationToken ct)
    {
        var package = (XElement)await XNode.ReadFromAsync(xml, ct).ConfigureAwait(false);
        return (string?)package.Element(MtomFrame.Include)?.Attribute("href") is { } href && href.StartsWith("cid:", StringComparison.Ordinal)
            ? Uri.UnescapeDataString(href[4..])
            : throw new XmlException("The answer's package refers to no part.");
    }

    private static string BoundaryOf(MediaTypeHeaderValue type) =>
        type.Parameters.FirstOrDefault(p => p.Name == "boundary")?.Value?.Trim('"') is { Length: > 0 } boundary ? boundary : throw new InvalidDataException("The answer's parts have no boundary.");
}
