using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>An attachment's bytes, decoded while they are read from the original (only the original is stored).</summary>
public static class AttachmentContent
{
    /// <summary>
    /// The bytes the sender encoded, before unwrapping; their SHA-256 is <see cref="Attachment.Digest"/>. Forward only.
    /// </summary>
    /// <param name="original">The original, seekable; positioned when it is read, and left open. Attachments of one original may be read one after the other.</param>
    /// <param name="attachment">As read from these very bytes.</param>
    /// <exception cref="InvalidDataException">While reading: the bytes are not those the attachment was read from.</exception>
    public static Stream OpenDecoded(Stream original, Attachment attachment) => new DecodedStream(original, attachment);

    /// <summary>True when the sender's library wrapped the file into a ZIP of its own accord: the one entry is of the kind that the attachment's name says (edxml 1.2).</summary>
    public static bool IsWrapped(Attachment attachment) =>
        attachment.Wrapped is { } wrapped && wrapped.Extension.Equals(ContentRules.Extension(attachment.Name), StringComparison.OrdinalIgnoreCase);

    /// <summary>The file a wrapping ZIP holds, expanded while it is read.</summary>
    /// <param name="zip">The attachment's decoded bytes, seekable.</param>
    /// <returns>Null when they are no such ZIP.</returns>
    public static Stream? OpenWrapped(Stream zip, PackageLimits limits) => ZipInspector.OpenWrapped(zip, limits);
}
