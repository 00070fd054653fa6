using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>An attachment's bytes, decoded while they are read from the original (core-rules 2: only the original is stored).</summary>
public static class AttachmentContent
{
    /// <summary>
    /// The bytes the sender encoded, before unwrapping; their SHA-256 is <see cref="Attachment.Digest"/>. Forward only.
    /// </summary>
    /// <param name="original">The original, seekable; positioned here and left open. Nobody else may move it meanwhile.</param>
    /// <param name="attachment">As read from these very bytes.</param>
    /// <exception cref="InvalidDataException">While reading: the bytes are not those the attachment was read from.</exception>
    public static Stream OpenDecoded(Stream original, Attachment attachment) => new DecodedStream(original, attachment);

    /// <summary>The file a wrapping ZIP holds, expanded while it is read.</summary>
    /// <param name="zip">The attachment's decoded bytes, seekable.</param>
    /// <returns>Null when they are no such ZIP.</returns>
    public static Stream? OpenWrapped(Stream zip, PackageLimits limits) => ZipInspector.OpenWrapped(zip, limits);
}
