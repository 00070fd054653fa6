using System.Buffers;
using System.Text;
using System.Xml;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>
/// The platform's XML reader, forward only, with DTDs and resolvers off and every quota on. Whatever endangers safe reading ends it: every
/// method then answers "no more", and <see cref="Stopped"/> says why. Callers need no other error path.
/// </summary>
internal sealed class SafeXml : IDisposable
{
    private const int PeekedBytes = 1024;
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = true,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    // A copy of less than an element would be a fragment; the check is the reader's already.
    private static readonly XmlWriterSettings Copying = new() { OmitXmlDeclaration = true, CheckCharacters = false, NamespaceHandling = NamespaceHandling.OmitDuplicates };

    private readonly PackageLimits _limits;
    private readonly string _ours;
    private readonly GuardedStream _stream;
    private XmlReader? _reader;
    private char[] _text = ArrayPool<char>.Shared.Rent(4096);
    private int _elements;
    private bool _rootClosed;

    /// <param name="ours">The namespace whose elements <see cref="Name"/> names.</param>
    public SafeXml(GuardedStream stream, PackageLimits limits, string ours = EdxmlNames.Namespace)
    {
        _stream = stream;
        _limits = limits;
        _ours = ours;
        Stopped = Preflight.Check(stream.Peek(PeekedBytes), out var mark);
        if (Stopped is not null) return;
        stream.SkipMark(mark);
        var names = new NameTable();
        var prefixes = new XmlNamespaceManager(names);
        prefixes.AddNamespace(EdxmlNames.Prefix, EdxmlNames.UndeclaredEdxml);
        prefixes.AddNamespace("xlink", EdxmlNames.UndeclaredXlink);
        try
        {
            _reader = XmlReader.Create(stream, Settings, new XmlParserContext(names, prefixes, null, XmlSpace.None));
        }
        catch (XmlException e)
        {
            StopAt(e);
        }
    }

    public Problem? Stopped { get; private set; }

    /// <summary>A prefix was used without declaring it (edxml 1.3).</summary>
    public bool UndeclaredPrefix { get; private set; }

    /// <summary>An element stands in no namespace at all.</summary>
    public bool NoNamespace { get; private set; }

    public int Depth => _reader!.Depth;

    public bool IsEmpty => _reader!.IsEmptyElement;

    public string LocalName => _reader!.LocalName;

    public string NamespaceUri => _reader!.NamespaceURI;

    /// <summary>The element's local name when it is edXML's (declared, undeclared or without namespace), otherwise empty.</summary>
    public string Name
    {
        get
        {
            var uri = NamespaceUri;
            if (uri == _ours) return LocalName;
            switch (uri)
            {
                case EdxmlNames.UndeclaredEdxml: UndeclaredPrefix = true; return LocalName;
                case "": NoNamespace = true; return LocalName;
                default: return "";
            }
        }
    }

    /// <summary>An attribute of the current element by its local name, whatever its namespace; null without one.</summary>
    public string? Attribute(string localName)
    {
        string? value = null;
        while (value is null && _reader!.MoveToNextAttribute())
        {
            if (_reader.LocalName == localName && _reader.NamespaceURI != "http://www.w3.org/2000/xmlns/") value = _reader.Value.Trim();
        }
        _reader!.MoveToElement();
        return value;
    }

    public bool ToRoot()
    {
        while (Read())
        {
            if (_reader!.NodeType == XmlNodeType.Element) return true;
        }
        return false;
    }

    /// <summary>
    /// Moves to the next child element of the element at <paramref name="parentDepth"/>, past whatever of the previous child was not read.
    /// False at the parent's end. The parent must not be an empty element.
    /// </summary>
    public bool NextChild(int parentDepth)
    {
        while (Read())
        {
            if (_reader!.NodeType == XmlNodeType.Element && _reader.Depth == parentDepth + 1) return true;
            if (_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == parentDepth) return false;
        }
        return false;
    }

    /// <summary>Reads to the end of the file, so that what follows is held to the same rules.</summary>
    public void ToEnd()
    {
        while (Read()) { }
    }

    /// <summary>The trimmed text of the current element, null when there is none. The caller names the path for the refusal of an endless text.</summary>
    public string? ReadText(string parent, string name, out bool mixed)
    {
        mixed = false;
        if (Stopped is not null || IsEmpty) return null;
        var depth = Depth;
        var length = 0;
        while (Read() && !(_reader!.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
        {
            if (_reader.NodeType == XmlNodeType.Element) mixed = true;
            if (_reader.Depth != depth + 1 || !IsText(_reader.NodeType)) continue;
            for (int read; (read = ReadChunk(_text.Length - length, length)) > 0;)
            {
                length += read;
                if (length > _limits.MaxTextLength)
                {
                    Stop(ProblemCatalogue.ElementTextTooLarge, $"{parent}.{name}", _limits.MaxTextLength);
                    return null;
                }
                if (length == _text.Length) GrowText();
            }
        }
        var text = _text.AsSpan(0, length).Trim();
        return Stopped is not null || text.IsEmpty ? null : new string(text);
    }

    /// <summary>
    /// Hands the text of the current element to <paramref name="body"/> piece by piece and returns the byte range of that text in the
    /// original. Null when reading stopped.
    /// </summary>
    public (long Offset, long Length)? PumpText(ITextTarget body)
    {
        if (Stopped is not null || IsEmpty) return null;
        var depth = Depth;
        long start = -1;
        while (Read())
        {
            if (_reader!.NodeType == XmlNodeType.EndElement && _reader.Depth == depth)
            {
                var end = OffsetBefore("</");
                return start < 0 ? (end, 0) : (start, end - start);
            }
            if (_reader.NodeType == XmlNodeType.Element) body.Meet(this);
            if (_reader.Depth != depth + 1 || !IsText(_reader.NodeType)) continue;
            if (start < 0) start = OffsetBefore(_reader.NodeType == XmlNodeType.CDATA ? "<![CDATA[" : "");
            for (int read; (read = ReadChunk(_text.Length, 0)) > 0;) body.Take(_text.AsSpan(0, read));
        }
        return null;
    }

    /// <summary>
    /// The current element with all it holds, well-formed by itself; null when that is more than <paramref name="limit"/> characters or reading
    /// stopped. Equal elements give equal texts, however their file was indented or prefixed.
    /// </summary>
    public string? CopyElement(int limit)
    {
        var copy = new StringBuilder();
        using var writer = XmlWriter.Create(copy, Copying);
        var depth = Depth;
        WriteElementStart(writer);
        if (!IsEmpty)
        {
            while (Read() && !(_reader!.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
            {
                if (_reader.NodeType == XmlNodeType.Element)
                {
                    var empty = IsEmpty;
                    WriteElementStart(writer);
                    if (empty) writer.WriteEndElement();
                }
                else if (_reader.NodeType == XmlNodeType.EndElement) writer.WriteEndElement();
                else if (IsText(_reader.NodeType))
                {
                    for (int read; (read = ReadChunk(_text.Length, 0)) > 0;)
                    {
                        writer.WriteChars(_text, 0, read);
                        writer.Flush();
                        if (copy.Length > limit) return null;
                    }
                }
                writer.Flush();
                if (copy.Length > limit) return null;
            }
        }
        if (Stopped is not null) return null;
        writer.WriteEndElement();
        writer.Flush();
        return copy.Length > limit ? null : copy.ToString();
    }

    public void Stop(ProblemKind kind, string path, int limit, string? value = null)
    {
        var place = (IXmlLineInfo)_reader!;
        Stopped ??= new Problem(kind, path, value, limit.ToString(), 0, place.LineNumber, place.LinePosition);
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _stream.Dispose();
        ArrayPool<char>.Shared.Return(_text);
    }

    private static bool IsText(XmlNodeType type) =>
        type is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;

    private void WriteElementStart(XmlWriter writer)
    {
        var ours = Name.Length > 0;
        writer.WriteStartElement(ours ? EdxmlNames.Prefix : _reader!.Prefix, LocalName, ours ? EdxmlNames.Namespace : NamespaceUri);
        while (_reader!.MoveToNextAttribute())
        {
            if (_reader.NamespaceURI == "http://www.w3.org/2000/xmlns/") continue;
            var (prefix, uri) = _reader.NamespaceURI switch
            {
                EdxmlNames.UndeclaredEdxml => (EdxmlNames.Prefix, EdxmlNames.Namespace),
                EdxmlNames.UndeclaredXlink => (_reader.Prefix, EdxmlNames.XlinkNamespace),
                var known => (_reader.Prefix, known),
            };
            writer.WriteAttributeString(prefix, _reader.LocalName, uri, _reader.Value);
        }
        _reader.MoveToElement();
    }

    private long OffsetBefore(string opening)
    {
        var place = (IXmlLineInfo)_reader!;
        return _stream.OffsetOf(place.LineNumber, place.LinePosition) - opening.Length;
    }

    private bool Read()
    {
        if (Stopped is not null || _reader is null) return false;
        try
        {
            if (!_reader.Read())
            {
                Stopped = _stream.Violation;
                return false;
            }
        }
        catch (XmlException e)
        {
            StopAt(e);
            return false;
        }
        switch (_reader.NodeType)
        {
            case XmlNodeType.Element: CheckElement(); break;
            case XmlNodeType.EndElement when _reader.Depth == 0: _rootClosed = true; break;
        }
        return Stopped is null;
    }

    private void CheckElement()
    {
        if (_reader!.Depth == 0 && _reader.IsEmptyElement) _rootClosed = true;
        if (++_elements > _limits.MaxElements) Stop(ProblemCatalogue.TooManyElements, "", _limits.MaxElements);
        if (_reader.Depth >= _limits.MaxDepth) Stop(ProblemCatalogue.NestingTooDeep, "", _limits.MaxDepth);
        if (_reader.Name.Length > _limits.MaxNameLength) Stop(ProblemCatalogue.NameTooLong, "", _limits.MaxNameLength);
        if (!_reader.HasAttributes) return;
        while (_reader.MoveToNextAttribute())
        {
            if (_reader.NamespaceURI is EdxmlNames.UndeclaredXlink or EdxmlNames.UndeclaredEdxml) UndeclaredPrefix = true;
        }
        _reader.MoveToElement();
    }

    private int ReadChunk(int count, int at)
    {
        try
        {
            return _reader!.ReadValueChunk(_text, at, count);
        }
        catch (XmlException e)
        {
            StopAt(e);
            return 0;
        }
    }

    private void GrowText()
    {
        var larger = ArrayPool<char>.Shared.Rent(_text.Length * 2);
        _text.CopyTo(larger, 0);
        ArrayPool<char>.Shared.Return(_text);
        _text = larger;
    }

    private void StopAt(XmlException e) => Stopped = _stream.Violation ?? new Problem(
        _rootClosed ? ProblemCatalogue.TextOutsideRoot : ProblemCatalogue.NotWellFormed, Line: e.LineNumber, Column: e.LinePosition);
}
