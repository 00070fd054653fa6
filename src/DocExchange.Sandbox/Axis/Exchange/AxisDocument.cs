using DocExchange.Axis.Protocol;
using DocExchange.Core.Envelopes;

namespace DocExchange.Sandbox.Axis.Exchange;

/// <summary>A package the axis took, and what becomes of it. The gate of <see cref="AxisExchange"/> guards what changes.</summary>
internal sealed class AxisDocument
{
    public required string DocId { get; init; }

    /// <summary>Null when the sandbox itself put it in.</summary>
    public required string? SystemId { get; init; }

    public required string From { get; init; }
    public required Envelope Envelope { get; init; }
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The bytes as they were sent.</summary>
    public required StoredFile Received { get; init; }

    /// <summary>Receivers get the bytes as they were sent.</summary>
    public bool KeepsForm { get; init; }

    public List<AxisItem> Items { get; } = [];

    /// <summary>Receivers nobody knows, where the readings let the others have it.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>The copy receivers get, made at the first fetch.</summary>
    public Lazy<Task<StoredFile>>? Copy { get; set; }

    /// <summary>The package's own id; of a status, the id of the document it speaks of.</summary>
    public string? DocumentId => IdIn(Envelope);

    public string MessageType => Envelope.Kind == MessageKind.Status ? VxpNames.MessageStatus : VxpNames.MessageEdoc;

    public static string? IdIn(Envelope envelope) => envelope.DocumentId ?? (envelope.ResponseFor.Count > 0 ? envelope.ResponseFor[0].DocumentId : null);
}

/// <summary>A file in the axis' folder.</summary>
internal sealed record StoredFile(string Path, long Length, string Digest);
