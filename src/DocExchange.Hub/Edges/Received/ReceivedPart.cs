namespace DocExchange.Hub.Edges.Received;

/// <summary>One part of a request as it was received.</summary>
/// <param name="TransferEncoding">How its bytes stand for its content; null = as they are.</param>
internal sealed record ReceivedPart(string Name, string? FileName, string? ContentType, string? TransferEncoding, long Offset, long Length, byte[] Digest);
