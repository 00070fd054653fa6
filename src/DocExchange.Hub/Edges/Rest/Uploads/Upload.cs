using System.Text.Json.Serialization;

namespace DocExchange.Hub.Edges.Rest.Uploads;

/// <summary>One upload as it lies beside its bytes. Its offset is the length of the file, so that neither can be wrong about the other.</summary>
/// <param name="SystemId">Whose it is; to all others it does not exist.</param>
/// <param name="Metadata">Upload-Metadata as sent.</param>
/// <param name="Key">Idempotency-Key of the creation.</param>
/// <param name="Answer">What became of it, once its bytes were complete and the desk accepted them.</param>
internal sealed record Upload(string Id, long SystemId, long Length, string Metadata, string? Key, DateTimeOffset ExpiresAt, SendAnswer? Answer = null);

/// <summary>How far an upload is.</summary>
/// <param name="State"><c>receiving</c>, <c>complete</c> or <c>accepted</c>.</param>
/// <param name="Answer">The acceptance, as sending the package at once would have given it.</param>
public sealed record UploadView(string Id, string State, long Offset, long Length, DateTimeOffset ExpiresAt, SendAnswer? Answer);

[JsonSerializable(typeof(Upload))]
internal sealed partial class UploadJson : JsonSerializerContext;
