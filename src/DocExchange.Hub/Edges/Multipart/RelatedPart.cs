namespace DocExchange.Hub.Edges.Multipart;

/// <summary>One part as it comes along; its body can be read once and only until the next part is asked for.</summary>
/// <param name="ContentId">Without angle brackets; null when the part has none.</param>
/// <param name="TransferEncoding">Lower case; <c>binary</c> where the part says nothing, which over HTTP is what it is.</param>
internal sealed record RelatedPart(string? ContentId, string? ContentType, string TransferEncoding, Stream Body);
