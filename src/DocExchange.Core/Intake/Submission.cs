using System.IO.Pipelines;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Intake;

/// <summary>What an edge hands in: authenticated, untouched, unread.</summary>
public sealed record Submission
{
    public required PartnerSystem Caller { get; init; }

    /// <summary>Not read where the package was built (<see cref="BuiltFrom"/>).</summary>
    public required PipeReader Body { get; init; }

    /// <summary>As announced by the transport, framing included; null when it was not.</summary>
    public long? AnnouncedLength { get; init; }

    /// <summary>The transport may have appended one CRLF to the file; the hash decides whether it did.</summary>
    public bool MayEndInFraming { get; init; }

    /// <summary>Tells whether a SHA-256 digest is the one the caller announced; null when none was announced.</summary>
    public Func<ReadOnlyMemory<byte>, bool>? IsAnnouncedDigest { get; init; }

    /// <summary>What the caller signed as the file's digest, as written: tells repetitions of bytes that are not read to their end. Null where nothing signed says it.</summary>
    public string? SignedDigest { get; init; }

    /// <summary>True when this edge's callers must announce a digest.</summary>
    public bool RequiresDigest { get; init; }

    public MessageKind? AnnouncedKind { get; init; }

    /// <summary>The sender's code as the transport names it; must agree with the package.</summary>
    public string? AnnouncedSender { get; init; }

    /// <summary>Narrows delivery to these codes of MessageHeader/To; null = all of them.</summary>
    public IReadOnlyList<string>? OnlyTo { get; init; }

    /// <summary>
    /// For whom the bytes were put into the caller's list, as far as it says: a first copy goes to everybody the package names, other bytes of a
    /// known document to these only.
    /// </summary>
    public IReadOnlyList<string> MeantFor { get; init; } = [];

    /// <summary>The caller's Idempotency-Key; null when it sent none.</summary>
    public RequestKey? Key { get; init; }

    /// <summary>The request that the package was built from, where an edge had to build it; let go with the submission.</summary>
    public ReceivedRequest? BuiltFrom { get; init; }

    /// <summary>What the edge noticed while it translated; kept with the document like the hub's own warnings.</summary>
    public IReadOnlyList<PackageWarning> Warnings { get; init; } = [];

    /// <summary>What the store remembers under <see cref="Key"/>; null without a key or while the original is not read.</summary>
    public KeyedRequest? KeyedRequest(byte[]? digest) => Key is { } key && digest is not null ? key.Of(Caller.Id, digest) : null;
}
