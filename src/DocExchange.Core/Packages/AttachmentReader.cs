using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>AttachmentEncoded: every file decoded, hashed and judged while it streams by (edxml 1.2).</summary>
internal sealed class AttachmentReader(SafeXml xml, PackageNotes notes, UnknownElements unknown, PackageLimits limits) : ElementReader(xml, notes, unknown), IDisposable
{
    private const string Root = "AttachmentEncoded.Attachment";
    private AttachmentBody? _body;

    public List<Attachment> Attachments { get; } = [];

    public void Read()
    {
        for (var at = Open(); Next(at);)
        {
            if (Xml.Name != "Attachment")
            {
                Keep("AttachmentEncoded");
                continue;
            }
            if (Attachments.Count == limits.MaxAttachments)
            {
                Xml.Stop(ProblemCatalogue.TooManyAttachments, "AttachmentEncoded", limits.MaxAttachments);
                return;
            }
            ReadOne(Attachments.Count);
        }
    }

    public void Dispose() => _body?.Dispose();

    private void ReadOne(int ordinal)
    {
        var seen = default(Seen);
        string? id = null, name = null, description = null, type = null;
        byte[]? digest = null;
        var body = _body ??= new AttachmentBody();
        (long Offset, long Length)? range = null;
        body.Reset();
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "ContentId": id = Text(ref seen, 0, Root, "ContentId", id, ordinal); break;
                case "AttachmentName": name = Text(ref seen, 1, Root, "AttachmentName", name, ordinal); break;
                case "Description": description = Text(ref seen, 2, Root, "Description", description, ordinal); break;
                case "ContentType": type = Text(ref seen, 3, Root, "ContentType", type, ordinal); break;
                case "ContentTransferEncoded":
                    if (!Once(ref seen, 4, Root, "ContentTransferEncoded", ordinal)) break;
                    range = Xml.PumpText(body);
                    digest = body.Finish();
                    break;
                default:
                    Keep(Root, ordinal);
                    break;
            }
        }
        if (Xml.Stopped is not null) return;
        Attachments.Add(Judge(new Attachment
        {
            Ordinal = ordinal,
            ContentId = id,
            Name = name,
            Description = description,
            ContentType = type,
            Offset = range?.Offset ?? 0,
            EncodedLength = range?.Length ?? 0,
            Length = body.Valid ? body.Length : 0,
            Digest = digest ?? body.Finish(),
            SniffedType = ContentSniffer.Sniff(body.Head),
            Hint = body.Hint,
        }, body));
    }

    private Attachment Judge(Attachment attachment, AttachmentBody body)
    {
        var shown = attachment.Name ?? $"#{attachment.Ordinal + 1}";
        if (!body.Valid)
        {
            Notes.Refuse(ProblemCatalogue.AttachmentNotBase64, ContentRules.Path, shown, ordinal: attachment.Ordinal);
            return attachment;
        }
        if (body.Length == 0)
        {
            Notes.Refuse(ProblemCatalogue.AttachmentEmpty, ContentRules.Path, shown, ordinal: attachment.Ordinal);
            return attachment;
        }
        if (body.IsZip)
        {
            using var whole = body.Whole;
            return whole is null ? attachment : ZipInspector.Inspect(attachment, whole, limits, Notes);
        }
        ContentRules.Judge(attachment.Name, ContentRules.Extension(attachment.Name), attachment.SniffedType, body.Head, attachment.Ordinal, Notes);
        return attachment;
    }
}
