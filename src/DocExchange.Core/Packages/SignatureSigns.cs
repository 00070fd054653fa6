using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>Looks out, while a file streams by, for what only a signed one holds. Files of other kinds cost nothing.</summary>
/// <param name="asksZip">Whether files made of parts are asked too: those in wrapping ZIPs, whose directory nobody reads.</param>
internal sealed class SignatureSigns(bool asksZip = false)
{
    private MarkSearch _search = new();
    private SignatureHint? _kind;

    public SignatureHint Hint => _search.Seen ? _kind!.Value : SignatureHint.None;

    public void Reset()
    {
        _search.Reset();
        _kind = null;
    }

    public void Take(ReadOnlySpan<byte> piece)
    {
        if (piece.IsEmpty) return;
        switch (_kind ??= KindOf(piece))
        {
            case SignatureHint.Pdf: _search.Take(piece, "/ByteRange"u8); break;
            case SignatureHint.Xml: _search.Take(piece, "09/xmldsig#"u8); break;
            // Part names are never packed: _xmlsignatures/, META-INF/documentsignatures.xml.
            case SignatureHint.Office: _search.Take(piece, "signatures"u8); break;
        }
    }

    /// <summary>By the first piece; one too short to tell belongs to a file too short to be signed.</summary>
    private SignatureHint KindOf(ReadOnlySpan<byte> first) => ContentSniffer.Sniff(first) switch
    {
        "pdf" => SignatureHint.Pdf,
        "xml" => SignatureHint.Xml,
        "zip" or "docx" or "xlsx" or "pptx" or "odt" when asksZip => SignatureHint.Office,
        _ => SignatureHint.None,
    };
}
