using System.Xml;

namespace DocExchange.Core.Signing.Xml;

/// <summary>
/// Canonical XML without comments, inclusive (xml-c14n) or exclusive (xml-exc-c14n), from a reader to a digest in one forward pass: memory does not grow
/// with the document. Whole documents and elements read as documents only, without DTD.
/// </summary>
internal sealed class CanonicalXml(bool exclusive, IReadOnlyCollection<string> inclusivePrefixes, XmlLimits limits)
{
    /// <summary>Namespaces as rendered by the elements around, innermost last.</summary>
    private readonly List<(string Prefix, string Uri, int Depth)> _rendered = [];
    private readonly char[] _chunk = new char[4096];
    private int _elements;
    private int _attributes;
    private int _namespaces;

    /// <param name="isLeftOut">True for elements that a transform takes out; asked once for each element.</param>
    /// <exception cref="XmlSignatureException">A limit is reached.</exception>
    public void Write(XmlReader reader, CanonicalSink to, Func<XmlReader, bool> isLeftOut)
    {
        var before = true;
        for (var more = reader.Read(); more;)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when isLeftOut(reader):
                    reader.Skip();
                    more = !reader.EOF;
                    continue;
                case XmlNodeType.Element:
                    WriteElement(reader, to);
                    before = false;
                    break;
                case XmlNodeType.EndElement:
                    to.End(reader.Name);
                    Leave(reader.Depth);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when reader.Depth > 0:
                    WriteText(reader, to);
                    break;
                case XmlNodeType.ProcessingInstruction:
                    if (reader.Depth == 0 && !before) to.Raw("\n");
                    to.Raw(reader.Value.Length == 0 ? $"<?{reader.Name}?>" : $"<?{reader.Name} {reader.Value}?>");
                    if (reader.Depth == 0 && before) to.Raw("\n");
                    break;
            }
            more = reader.Read();
        }
        to.Flush();
    }

    private void WriteText(XmlReader reader, CanonicalSink to)
    {
        if (!reader.CanReadValueChunk)
        {
            to.Text(reader.Value);
            return;
        }
        for (int count; (count = reader.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0;) to.Text(_chunk.AsSpan(0, count));
    }

    private void WriteElement(XmlReader reader, CanonicalSink to)
    {
        if (++_elements > limits.Elements) throw new XmlSignatureException("too many elements");
        var (name, depth, isEmpty) = (reader.Name, reader.Depth, reader.IsEmptyElement);
        var attributes = new List<(string Uri, string Local, string Name, string Value)>();
        var declared = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal) { reader.Prefix };
        for (var has = reader.MoveToFirstAttribute(); has; has = reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == "http://www.w3.org/2000/xmlns/")
            {
                if (++_namespaces > limits.Namespaces) throw new XmlSignatureException("too many namespaces");
                declared[reader.Prefix.Length == 0 ? "" : reader.LocalName] = reader.Value;
                continue;
            }
            if (++_attributes > limits.Attributes) throw new XmlSignatureException("too many attributes");
            if (reader.Prefix.Length > 0) used.Add(reader.Prefix);
            attributes.Add((reader.NamespaceURI, reader.LocalName, reader.Name, reader.Value));
        }
        reader.MoveToElement();
        to.Raw("<" + name);
        foreach (var (prefix, uri) in exclusive ? Utilised(reader, used, declared) : declared) Declare(prefix, uri, depth, to);
        attributes.Sort((a, b) => string.CompareOrdinal(a.Uri, b.Uri) is not 0 and var order ? order : string.CompareOrdinal(a.Local, b.Local));
        foreach (var attribute in attributes) to.Attribute(attribute.Name, attribute.Value);
        to.Raw(">");
        if (!isEmpty) return;
        to.End(name);
        Leave(depth);
    }

    /// <summary>The namespaces an element uses, and those the signer listed as if it did (xml-exc-c14n §3).</summary>
    private SortedDictionary<string, string> Utilised(XmlReader reader, HashSet<string> used, SortedDictionary<string, string> declared)
    {
        var utilised = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var prefix in used) utilised[prefix] = reader.LookupNamespace(prefix) ?? "";
        foreach (var prefix in inclusivePrefixes)
        {
            if (declared.TryGetValue(prefix == "#default" ? "" : prefix, out var uri)) utilised[prefix == "#default" ? "" : prefix] = uri;
        }
        return utilised;
    }

    private void Declare(string prefix, string uri, int depth, CanonicalSink to)
    {
        if (prefix == "xml") return;
        var around = _rendered.FindLastIndex(r => r.Prefix == prefix);
        if (around < 0 ? prefix.Length == 0 && uri.Length == 0 : _rendered[around].Uri == uri) return;
        _rendered.Add((prefix, uri, depth));
        to.Attribute(prefix.Length == 0 ? "xmlns" : "xmlns:" + prefix, uri);
    }

    private void Leave(int depth)
    {
        while (_rendered.Count > 0 && _rendered[^1].Depth >= depth) _rendered.RemoveAt(_rendered.Count - 1);
    }
}
