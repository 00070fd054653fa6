using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>One file to put into a package. <paramref name="Content"/> is read once, to its end, while the package is written; with wrapping it must be seekable.</summary>
public sealed record AttachmentPayload(string Name, Stream Content, string? ContentId = null, string? ContentType = null, string? Description = null);

/// <summary>How attachments are laid out.</summary>
/// <param name="WrapLikeReference">Wrap what is not pdf, doc, docx or zip into a one-entry ZIP, as the reference library does (edxml 1.2).</param>
public sealed record PackageWriterOptions(bool WrapLikeReference = false);

/// <summary>Writes edXML 2.0 packages in the order the axis itself emits. A pure function of its input: no clock, no random id.</summary>
public static class PackageWriter
{
    public static void WriteStatus(Stream target, Envelope envelope) => throw new NotSupportedException();

    public static void WriteDocument(Stream target, Envelope envelope, IReadOnlyList<AttachmentPayload> attachments, PackageWriterOptions? options = null) => throw new NotSupportedException();
}
