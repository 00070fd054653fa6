using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>An attachment's bytes, decoded while they are read from the original.</summary>
public static class AttachmentContent
{
    /// <summary>The bytes the sender encoded, before unwrapping; their SHA-256 is <see cref="Attachment.Digest"/>. Owns nothing: <paramref name="original"/> stays open.</summary>
    public static Stream OpenDecoded(Stream original, Attachment attachment) => throw new NotSupportedException();
}
