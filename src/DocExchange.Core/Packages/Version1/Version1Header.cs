using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages.Version1;

/// <summary>MessageHeader and TraceHeaderList, where they stand: in the SOAP header, or within the body of one older variant.</summary>
internal sealed class Version1Header(SafeXml xml, PackageNotes notes, UnknownElements unknown) : ElementReader(xml, notes, unknown)
{
    private Seen _seen;
    private HeaderReader? _header;
    private TraceHeaderList? _trace;

    public bool IsFound => _header is not null;

    /// <summary>Reads the current element when it is one of the two; any other is left to the caller.</summary>
    public bool TryRead()
    {
        switch (Xml.Name)
        {
            case "MessageHeader" or "Status":
                if (!Once(ref _seen, 0, "", "MessageHeader")) return true;
                _header = new HeaderReader(Xml, Notes, Unknown);
                _header.Read();
                return true;
            case "TraceHeaderList":
                if (Once(ref _seen, 1, "MessageHeader", "TraceHeaderList")) _trace = new TraceReader(Xml, Notes, Unknown).Read();
                return true;
            default:
                return false;
        }
    }

    public Envelope? Build(bool isStatus, IReadOnlyList<UnknownElement> kept) =>
        _header is null ? null : _header.Build(isStatus ? MessageKind.Status : MessageKind.Document) with { Trace = isStatus ? null : _trace, Unknown = kept };
}
