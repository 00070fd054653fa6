using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages.Version1;

/// <summary>What reading one edXML 1.0 message gave.</summary>
/// <param name="Envelope">Texts as the message writes them; null when it has neither MessageHeader nor Status.</param>
/// <param name="Files">In the order of the manifest, then of the body.</param>
/// <param name="Findings">Everything wrong with its form, in no particular order.</param>
public sealed record Version1Message(Envelope? Envelope, IReadOnlyList<Version1File> Files, IReadOnlyList<Problem> Findings, IReadOnlyList<PackageWarning> Warnings);

/// <summary>One file of a message.</summary>
/// <param name="ContentId">Without <c>cid:</c>; null where the file stands in the body and has none.</param>
/// <param name="Inline">Where its base64 text stands in the envelope; null for a file that is a part of its own, found by <paramref name="ContentId"/>.</param>
public sealed record Version1File(string? ContentId, string? Name, string? ContentType, string? Description, Attachment? Inline);
