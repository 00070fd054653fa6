using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages.Outlines;

namespace DocExchange.Core.Packages;

/// <summary>One file to put into a package. <paramref name="Content"/> is read to its end and left open; it must be seekable when it is to be wrapped or has no ContentId.</summary>
public sealed record AttachmentPayload(string Name, Stream Content, string? ContentId = null, string? ContentType = null, string? Description = null)
{
    /// <summary>A file that stands in the request the package is built from, for its outline (<see cref="PackageOutline"/>).</summary>
    public static AttachmentPayload At(RequestRange place, string name, string contentId, string? contentType, string? description = null) =>
        new(name, Stream.Null, contentId, contentType, description) { Place = place };

    /// <summary>Where the bytes stand in the request; null when <see cref="Content"/> has them.</summary>
    internal RequestRange? Place { get; private init; }
}

/// <summary>How attachments are laid out.</summary>
/// <param name="Wrap">Wrap what is not pdf, doc, docx or zip into a one-entry ZIP, as the reference library does (edxml 1.2). Off: every file as it is.</param>
public sealed record PackageWriterOptions(bool Wrap = false);

/// <summary>
/// Writes edXML 2.0 packages, UTF-8 with declaration, streaming. A pure function of its input: no clock, no random id, so that a package
/// built twice from the same parts has the same digest.
/// </summary>
public static class PackageWriter
{
    private const int PieceBytes = 12 * 1024;
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = "  ", NewLineChars = "\n", NamespaceHandling = NamespaceHandling.OmitDuplicates };

    // The list, misspellings included, is what consumers built on the reference library expect to find unwrapped.
    private static readonly string[] Unwrapped = ["pdf", "doc", "docx", "xsl", "xslx", "zip"];

    /// <summary>Writes a status package: header only (edxml 1.9). <paramref name="target"/> stays open.</summary>
    /// <exception cref="ArgumentException">The envelope carries no status.</exception>
    public static void WriteStatus(Stream target, Envelope envelope)
    {
        if (envelope.Status is null) throw new ArgumentException("The envelope carries no status.", nameof(envelope));
        using var xml = Begin(target);
        new EnvelopeXml(xml, envelope.Unknown, EdxmlVocabulary.Version2).Write(envelope, null);
        UnknownElements.Write(xml, envelope.Unknown, "");
        xml.WriteEndDocument();
    }

    /// <summary>
    /// Writes a document package. The manifest is made from <paramref name="attachments"/>; the envelope's own Manifest, Attachments and
    /// Signature describe other bytes and are not written; what a vendor put into an attachment goes to the one in its place. <paramref name="target"/> stays open.
    /// </summary>
    /// <exception cref="ArgumentException">The envelope carries a status.</exception>
    public static void WriteDocument(Stream target, Envelope envelope, IReadOnlyList<AttachmentPayload> attachments, PackageWriterOptions? options = null)
    {
        if (envelope.Status is not null) throw new ArgumentException("The envelope carries a status.", nameof(envelope));
        var parts = attachments.Select((payload, index) => Describe(payload, index, options ?? new PackageWriterOptions())).ToArray();
        using var xml = Begin(target);
        new EnvelopeXml(xml, envelope.Unknown, EdxmlVocabulary.Version2).Write(envelope, [.. parts.Select(part => part.Reference)]);
        if (parts.Length > 0)
        {
            xml.WriteStartElement("AttachmentEncoded", EdxmlNames.Namespace);
            for (var i = 0; i < parts.Length; i++) WriteAttachment(xml, target, parts[i], envelope.Unknown, i);
            UnknownElements.Write(xml, envelope.Unknown, "AttachmentEncoded");
            xml.WriteEndElement();
        }
        UnknownElements.Write(xml, envelope.Unknown, "");
        xml.WriteEndDocument();
    }

    private static XmlWriter Begin(Stream target)
    {
        var xml = XmlWriter.Create(target, Settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("edXML", EdxmlNames.Namespace);
        return xml;
    }

    private static Part Describe(AttachmentPayload payload, int index, PackageWriterOptions options)
    {
        var extension = ContentRules.Extension(payload.Name);
        var wrap = options.Wrap && !Unwrapped.Contains(extension);
        var type = wrap ? "application/zip" : payload.ContentType ?? $"application/{(extension.Length == 0 ? "octet-stream" : extension)}";
        // Two files of equal content must still be two ids.
        var name = wrap || payload.ContentId is null ? $"{NameOf(payload.Content)}-{index + 1}" : "";
        var id = payload.ContentId ?? name;
        if (!id.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)) id = "cid:" + id;
        var entry = wrap ? extension.Length == 0 ? name : $"{name}.{extension}" : null;
        return new Part(payload, new ManifestReference(id, type, payload.Description, payload.Name), entry);
    }

    private static string NameOf(Stream content)
    {
        var start = content.Position;
        var digest = SHA256.HashData(content);
        content.Position = start;
        return Convert.ToHexStringLower(digest.AsSpan(0, 16));
    }

    private static void WriteAttachment(XmlWriter xml, Stream target, Part part, IReadOnlyList<UnknownElement> unknown, int ordinal)
    {
        xml.WriteStartElement("Attachment", EdxmlNames.Namespace);
        xml.WriteElementString("ContentId", EdxmlNames.Namespace, part.Reference.ContentId);
        xml.WriteElementString("AttachmentName", EdxmlNames.Namespace, part.Reference.AttachmentName);
        if (!string.IsNullOrEmpty(part.Reference.Description)) xml.WriteElementString("Description", EdxmlNames.Namespace, part.Reference.Description);
        xml.WriteElementString("ContentType", EdxmlNames.Namespace, part.Reference.ContentType);
        xml.WriteStartElement("ContentTransferEncoded", EdxmlNames.Namespace);
        // Closes the tag. The content goes past the writer, which would make characters of every byte first.
        xml.WriteString("");
        xml.Flush();
        WriteContent(target, part);
        xml.WriteFullEndElement();
        UnknownElements.Write(xml, unknown, "AttachmentEncoded.Attachment", ordinal);
        xml.WriteEndElement();
    }

    private static void WriteContent(Stream target, Part part)
    {
        if (part.Payload.Place is { } place)
        {
            (target as OutlineBuilder ?? throw new ArgumentException("A file of a request goes into an outline only.", nameof(target))).Add(place);
            return;
        }
        using var encoded = new Base64Sink(target);
        if (part.Entry is null) part.Payload.Content.CopyTo(encoded, PieceBytes);
        else Pack(part, encoded);
    }

    private static void Pack(Part part, Stream target)
    {
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        var entry = zip.CreateEntry(part.Entry!, CompressionLevel.Optimal);
        entry.LastWriteTime = EntryTime;
        using var content = entry.Open();
        part.Payload.Content.CopyTo(content, PieceBytes);
    }

    private sealed record Part(AttachmentPayload Payload, ManifestReference Reference, string? Entry);
}
