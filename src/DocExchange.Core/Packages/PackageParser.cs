using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>The outer frame of a package: edXML, its envelope, header, body and attachments (edxml 1.2). One instance reads one package.</summary>
internal sealed class PackageParser(SafeXml xml, PackageNotes notes, PackageLimits limits) : ElementReader(xml, notes, new UnknownElements())
{
    private readonly List<ManifestReference> _manifest = [];
    private List<Attachment> _attachments = [];
    private Seen _seen;
    private HeaderReader? _header;
    private TraceHeaderList? _trace;
    private PackageSignature _signature = PackageSignature.Absent;
    private bool _hasEnvelope, _hasHeader, _hasBody, _statusContainer;

    public PackageReading Read()
    {
        if (Xml.ToRoot() && RootIsOurs())
        {
            for (var at = Open(); Next(at);)
            {
                ReadPart();
            }
        }
        Xml.ToEnd();
        if (Xml.UndeclaredPrefix) Notes.Warn("undeclared-prefix", "edXML");
        if (Xml.NoNamespace) Notes.Warn("no-namespace", "edXML");
        var envelope = Build();
        if (Xml.Stopped is { } stopped) Notes.Refuse(stopped);
        return new PackageReading(envelope, Notes.Findings, Notes.Warnings);
    }

    private bool RootIsOurs()
    {
        var ours = Xml.Name == "edXML";
        if (ours) return true;
        var kind = Xml.LocalName == "edXML" || Xml.NamespaceUri == EdxmlNames.Version1Namespace ? ProblemCatalogue.WrongNamespace : ProblemCatalogue.WrongRoot;
        Notes.Refuse(kind, "MessageHeader", kind == ProblemCatalogue.WrongRoot ? Xml.LocalName : Xml.NamespaceUri, EdxmlNames.Namespace);
        _hasEnvelope = _hasHeader = true; // One cause is enough: nothing of another format is missing.
        return false;
    }

    private void ReadPart()
    {
        switch (Xml.Name)
        {
            case "edXMLEnvelope":
                _hasEnvelope = true;
                if (Once(ref _seen, 0, "", "edXMLEnvelope")) ReadEnvelope();
                break;
            case "AttachmentEncoded" when Once(ref _seen, 1, "", "AttachmentEncoded"):
                using (var reader = new AttachmentReader(Xml, Notes, Unknown, limits))
                {
                    reader.Read();
                    _attachments = reader.Attachments;
                }
                break;
            case "edXMLAttachments" or "Attachments" or "Attachment" or "AttachmentData":
                Notes.Refuse(ProblemCatalogue.ForeignLayout, "MessageHeader", Xml.LocalName);
                break;
            case "AttachmentEncoded":
                break;
            default:
                Keep("");
                break;
        }
    }

    private void ReadEnvelope()
    {
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "edXMLHeader":
                    _hasHeader = true;
                    if (Once(ref _seen, 2, "", "edXMLHeader")) ReadHeader();
                    break;
                case "edXMLBody":
                    _hasBody = true;
                    if (Once(ref _seen, 3, "", "edXMLBody")) ReadBody();
                    break;
                default:
                    Keep("edXMLEnvelope");
                    break;
            }
        }
    }

    private void ReadHeader()
    {
        for (var at = Open(); Next(at);)
        {
            if (Xml.NamespaceUri == EdxmlNames.XmlSignatureNamespace && Xml.LocalName == "Signature")
            {
                ReadSignature();
                continue;
            }
            switch (Xml.Name)
            {
                case "MessageHeader" or "Status":
                    _statusContainer |= Xml.Name == "Status";
                    if (!Once(ref _seen, 4, "", "MessageHeader")) break;
                    _header = new HeaderReader(Xml, Notes, Unknown);
                    _header.Read();
                    break;
                case "TraceHeaderList" when Once(ref _seen, 5, "MessageHeader", "TraceHeaderList"):
                    _trace = new TraceReader(Xml, Notes, Unknown).Read();
                    break;
                case "Signature" or "DigitalSignature":
                    ReadSignature();
                    break;
                case "TraceHeaderList":
                    break;
                default:
                    Keep("edXMLHeader");
                    break;
            }
        }
    }

    private void ReadSignature()
    {
        if (Once(ref _seen, 6, "MessageHeader", "Signature")) _signature = new SignatureReader(Xml, Notes, Unknown).Read();
    }

    private void ReadBody()
    {
        for (var at = Open(); Next(at);)
        {
            if (Xml.Name != "edXMLManifest")
            {
                Keep("edXMLBody");
                continue;
            }
            if (!Once(ref _seen, 7, "edXMLBody", "edXMLManifest")) continue;
            for (var list = Open(); Next(list);)
            {
                if (Xml.Name == "Reference") _manifest.Add(ReadReference(_manifest.Count));
                else Keep("edXMLManifest");
            }
        }
    }

    private ManifestReference ReadReference(int ordinal)
    {
        const string Path = "edXMLManifest.Reference";
        var seen = default(Seen);
        string? id = null, type = null, description = null, name = null;
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "ContentId": id = Text(ref seen, 0, Path, "ContentId", id, ordinal); break;
                case "ContentType": type = Text(ref seen, 1, Path, "ContentType", type, ordinal); break;
                case "Description": description = Text(ref seen, 2, Path, "Description", description, ordinal); break;
                case "AttachmentName": name = Text(ref seen, 3, Path, "AttachmentName", name, ordinal); break;
                default: Keep(Path, ordinal); break;
            }
        }
        return new ManifestReference(id, type, description, name);
    }

    private Envelope? Build()
    {
        var whole = Xml.Stopped is null;
        if (_header is null)
        {
            if (whole && Missing() is { } part) Notes.Refuse(ProblemCatalogue.MissingPart, "MessageHeader", part);
            return null;
        }
        var status = _statusContainer || _header.HasStatusCode || (_header.LooksLikeStatus && _trace is null && !_hasBody);
        if (_statusContainer) Notes.Warn("status-container", "MessageHeader");
        if (whole && !status && !_hasBody) Notes.Refuse(ProblemCatalogue.MissingPart, "MessageHeader", "edXMLBody");
        if (whole && status && _attachments.Count > 0) Notes.Warn("status-with-attachments", "AttachmentEncoded");
        if (whole) ManifestMatch.Check(_manifest, _attachments, Notes);
        return _header.Build(status ? MessageKind.Status : MessageKind.Document) with
        {
            Trace = _trace,
            Manifest = _manifest,
            Attachments = _attachments,
            Signature = _signature,
            Unknown = Unknown.Kept,
        };
    }

    private string? Missing() => !_hasEnvelope ? "edXMLEnvelope" : !_hasHeader ? "edXMLHeader" : Notes.Findings.Count == 0 ? "MessageHeader" : null;
}
