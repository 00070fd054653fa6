using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Packages.Outlines;
using DocExchange.Core.Packages.Version1;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Received;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>A received message with its parts: where each file's bytes are, and the package that follows from it.</summary>
internal sealed class Version1Source
{
    private readonly Version1Message _message;
    private readonly IReadOnlyDictionary<string, ReceivedPart> _parts;

    private readonly string? _notBase64;

    private Version1Source(Version1Message message, IReadOnlyDictionary<string, ReceivedPart> parts, string? notBase64) => (_message, _parts, _notBase64) = (message, parts, notBase64);

    /// <summary>Null when the message has none.</summary>
    public Envelope? Envelope => _message.Envelope;

    public IReadOnlyList<PackageWarning> Warnings => _message.Warnings;

    public static Version1Source Read(StagedRequest request, IReadOnlyList<ReceivedPart> parts, PackageLimits limits)
    {
        using var original = request.Staged.OpenRead();
        var message = Version1Reader.Read(new RangeStream(original, parts[0].Offset, parts[0].Length), limits);
        // Its text goes into the package as it is, where anything else would be markup.
        var notBase64 = parts.Skip(1).FirstOrDefault(p => p.TransferEncoding is not null && !Base64Text.IsText(new RangeStream(original, p.Offset, p.Length)));
        return new Version1Source(message, parts.Skip(1).ToDictionary(p => p.Name, StringComparer.Ordinal), notBase64?.Name);
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
        if (_notBase64 is not null) return new Problem(ProblemCatalogue.AttachmentNotBase64, "AttachmentEncoded.Attachment", Problem.Shown(_notBase64));
        return _parts.Keys.FirstOrDefault(id => !named.Contains(id)) is { } extra
            ? new Problem(ProblemCatalogue.AttachmentWithoutReference, "AttachmentEncoded.Attachment", Problem.Shown(extra))
            : null;
    }

    /// <summary>The edXML 2.0 package, by where the files stand in the original.</summary>
    public PackageOutline Build(Envelope envelope) => PackageOutline.Of(target =>
    {
        if (envelope.Kind == MessageKind.Status) PackageWriter.WriteStatus(target, envelope);
        else PackageWriter.WriteDocument(target, envelope, [.. _message.Files.Select(Payload)]);
    });

    private AttachmentPayload Payload(Version1File file, int index)
    {
        var part = file.Inline is null ? _parts[file.ContentId!] : null;
        var place = part is null
            ? new RequestRange(file.Inline!.Offset, file.Inline.EncodedLength, IsText: true)
            : new RequestRange(part.Offset, part.Length, IsText: part.TransferEncoding is not null);
        return AttachmentPayload.At(place, file.Name ?? "", file.ContentId ?? $"file-{index + 1}", file.ContentType ?? part?.ContentType, file.Description);
    }
}
