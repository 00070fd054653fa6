using DocExchange.Core.Envelopes;
using DocExchange.Core.Intake;
using DocExchange.Core.Packages;
using DocExchange.Core.Packages.Version1;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Rest;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>A received message with its parts: where each file's bytes are, and the package that follows from it.</summary>
internal sealed class Version1Source
{
    private readonly Version1Message _message;
    private readonly IReadOnlyDictionary<string, ReceivedPart> _parts;

    private Version1Source(Version1Message message, IReadOnlyDictionary<string, ReceivedPart> parts) => (_message, _parts) = (message, parts);

    /// <summary>Null when the message has none.</summary>
    public Envelope? Envelope => _message.Envelope;

    public IReadOnlyList<PackageWarning> Warnings => _message.Warnings;

    public static Version1Source Read(ReceivedRequest request, IReadOnlyList<ReceivedPart> parts, PackageLimits limits)
    {
        using var original = request.Staged.OpenRead();
        var envelope = new PartStream(original, parts[0].Offset, parts[0].Length);
        return new Version1Source(Version1Reader.Read(envelope, limits), parts.Skip(1).ToDictionary(p => p.Name, StringComparer.Ordinal));
    }

    /// <summary>The first thing wrong with the message itself; what is wrong with the document the desk says.</summary>
    public Problem? Check(MessageKind kind)
    {
        if (_message.Findings.OrderBy(f => f.Kind.Step).FirstOrDefault() is { } finding) return finding;
        if (Envelope is null) return new Problem(ProblemCatalogue.MissingPart, "MessageHeader", "MessageHeader");
        if (Envelope.Kind != kind) return new Problem(ProblemCatalogue.MessageKindDiffers, "", kind == MessageKind.Status ? "UpdateTraces" : "SendDocument", Envelope.Kind == MessageKind.Status ? "Status" : "Manifest");
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < _message.Files.Count; i++)
        {
            var file = _message.Files[i];
            if (file.Inline is not null) continue;
            if (file.ContentId is null || !_parts.ContainsKey(file.ContentId))
            {
                return new Problem(ProblemCatalogue.ReferenceWithoutAttachment, "edXMLManifest.Reference", file.Name ?? file.ContentId ?? $"#{i + 1}", Ordinal: i);
            }
            named.Add(file.ContentId);
        }
        return _parts.Keys.FirstOrDefault(id => !named.Contains(id)) is { } extra
            ? new Problem(ProblemCatalogue.AttachmentWithoutReference, "AttachmentEncoded.Attachment", Problem.Shown(extra))
            : null;
    }

    /// <summary>The edXML 2.0 package; reads nothing but the original it is given.</summary>
    /// <exception cref="InvalidDataException">A file announced as base64 is not.</exception>
    public void Write(Stream original, Stream target, Envelope envelope)
    {
        if (envelope.Kind == MessageKind.Status) PackageWriter.WriteStatus(target, envelope);
        else PackageWriter.WriteDocument(target, envelope, [.. _message.Files.Select((file, index) => Payload(original, file, index))]);
    }

    private AttachmentPayload Payload(Stream original, Version1File file, int index)
    {
        var part = file.Inline is null ? _parts[file.ContentId!] : null;
        return new AttachmentPayload(file.Name ?? "", Open(original, file, part), file.ContentId ?? $"file-{index + 1}", file.ContentType ?? part?.ContentType, file.Description);
    }

    private static Stream Open(Stream original, Version1File file, ReceivedPart? part)
    {
        if (file.Inline is { } inline) return AttachmentContent.OpenDecoded(original, inline);
        if (part!.TransferEncoding is null) return new PartStream(original, part.Offset, part.Length);
        return AttachmentContent.OpenDecoded(original, new Attachment
        {
            Ordinal = 0,
            Offset = part.Offset,
            EncodedLength = part.Length,
            Length = 0,
            Digest = default,
            SniffedType = "unknown",
        });
    }
}
