using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages.Version1;

/// <summary>
/// The body of a message: a manifest whose references name parts, or the files as base64 text in one of two older layouts
/// (<c>AllDocument/Document/Attach/Attachment</c>, <c>edXMLDocument</c> with a list of <c>Attach</c>), or a status.
/// </summary>
internal sealed class Version1Body(SafeXml xml, PackageNotes notes, UnknownElements unknown, PackageLimits limits) : ElementReader(xml, notes, unknown)
{
    private const string Path = "edXMLManifest.Reference";
    private readonly List<Version1File> _references = [];
    private readonly List<Version1File> _inline = [];

    /// <summary>What stands in the body instead of the SOAP header.</summary>
    public Version1Header Header { get; } = new(xml, notes, unknown);

    /// <summary>Set when the body reports a status.</summary>
    public string? Status { get; private set; }

    public void Read()
    {
        for (var at = Open(); Next(at);)
        {
            switch (Xml.LocalName)
            {
                case "Status":
                    Status = Xml.LocalName;
                    Header.TryRead();
                    break;
                case "MessageHeader" or "TraceHeaderList":
                    Header.TryRead();
                    break;
                case "Manifest" or "edXMLManifest":
                    ReadManifest();
                    break;
                case "Attach" or "Attachment":
                    ReadFile();
                    break;
                default:
                    // Wrappers of the two older layouts, and whatever a writer puts around them.
                    Read();
                    break;
            }
        }
    }

    /// <summary>What the manifest names first, each with its text from the body where it stands there; then what only the body has.</summary>
    public IReadOnlyList<Version1File> Files()
    {
        List<Version1File> left = [.. _inline];
        var files = new List<Version1File>(_references.Count + left.Count);
        foreach (var reference in _references)
        {
            var held = left.FindIndex(f => f.ContentId is not null && f.ContentId == reference.ContentId);
            files.Add(held < 0 ? reference : reference with { Inline = left[held].Inline, ContentType = reference.ContentType ?? left[held].ContentType });
            if (held >= 0) left.RemoveAt(held);
        }
        return [.. files, .. left];
    }

    private void ReadManifest()
    {
        for (var list = Open(); Next(list);)
        {
            if (Xml.LocalName != "Reference")
            {
                Keep("edXMLManifest");
                continue;
            }
            if (HasTooMany()) return;
            var (id, seen, ordinal) = (Xml.Attribute("href"), default(Seen), _references.Count);
            string? name = null, type = null, description = null;
            for (var at = Open(); Next(at);)
            {
                switch (Xml.LocalName)
                {
                    case "AttachmentName": name = Text(ref seen, 0, Path, "AttachmentName", name, ordinal); break;
                    case "ContentType": type = Text(ref seen, 1, Path, "ContentType", type, ordinal); break;
                    case "Description": description = Text(ref seen, 2, Path, "Description", description, ordinal); break;
                    case "ContentId" or "ContentID": id ??= Text(ref seen, 3, Path, "ContentId", null, ordinal); break;
                    case "Include": id = Xml.Attribute("href") ?? id; break;
                    default: Keep(Path, ordinal); break;
                }
            }
            _references.Add(new Version1File(Bare(id), name, type, description, null));
        }
    }

    /// <summary>One file, or a list of files: one layout calls the list what the other calls the file.</summary>
    private void ReadFile()
    {
        var (type, encoding) = (Xml.Attribute("Content-Type"), Xml.Attribute("Content-Transfer-Encoding"));
        string? id = null, name = null, description = null;
        Attachment? content = null;
        var isFile = false;
        for (var at = Open(); Next(at);)
        {
            switch (Xml.LocalName)
            {
                case "Attachment" or "Attach":
                    ReadFile();
                    continue;
                case "ContentID" or "ContentId": id = Text(Path, "ContentId"); break;
                case "ContentTransferEncoding" or "ContentTransferEncoded": encoding = Text(Path, "ContentTransferEncoding"); break;
                case "ContentType": type = Text(Path, "ContentType"); break;
                case "name" or "Name" or "AttachmentName": name = Text(Path, "AttachmentName"); break;
                case "Description": description = Text(Path, "Description"); break;
                case "value" or "Value": content = ReadContent(ref id); break;
                default:
                    Keep("edXMLManifest");
                    continue;
            }
            isFile = true;
        }
        if (!isFile || Xml.Stopped is not null || HasTooMany()) return;
        if (encoding is not null && !encoding.Equals("base64", StringComparison.OrdinalIgnoreCase))
        {
            Notes.Refuse(ProblemCatalogue.AttachmentNotBase64, "AttachmentEncoded.Attachment", name ?? id ?? $"#{_inline.Count + 1}", ordinal: _inline.Count);
        }
        _inline.Add(new Version1File(Bare(id), name ?? Bare(id), type, description, content));
    }

    /// <summary>The place of a base64 text; null where a part is included, which then is what the file is found by.</summary>
    private Attachment? ReadContent(ref string? id)
    {
        var text = new InlineText();
        var range = Xml.PumpText(text);
        id = text.Part ?? id;
        if (text.HasElements) Notes.Refuse(ProblemCatalogue.AttachmentNotBase64, "AttachmentEncoded.Attachment", id ?? $"#{_inline.Count + 1}", ordinal: _inline.Count);
        if (text.Part is not null || range is not { Length: > 0 } found) return null;
        return new Attachment { Ordinal = _inline.Count, Offset = found.Offset, EncodedLength = found.Length, Length = 0, Digest = default, SniffedType = "unknown" };
    }

    private bool HasTooMany()
    {
        if (_references.Count + _inline.Count < limits.MaxAttachments) return false;
        Xml.Stop(ProblemCatalogue.TooManyAttachments, "AttachmentEncoded", limits.MaxAttachments);
        return true;
    }

    private static string? Bare(string? id) => id is not null && id.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(id[4..]) : id;
}
