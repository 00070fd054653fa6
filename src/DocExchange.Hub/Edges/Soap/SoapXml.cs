using System.Xml;
using System.Xml.Linq;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Rejected;

namespace DocExchange.Hub.Edges.Soap;

/// <summary>
/// The platform's XML reader over an envelope: forward only, DTDs and resolvers off, every quota on. Whatever endangers safe reading is
/// thrown as <see cref="MessageRefusedException"/>. An envelope in memory is read at once; a streaming one as it arrives.
/// </summary>
internal sealed class SoapXml : IDisposable
{
    private readonly SoapSource _source;
    private readonly SoapLimits _limits;
    private readonly XmlReader _reader;
    private readonly bool _streams;
    private int _elements;

    public SoapXml(SoapSource source, SoapLimits limits)
    {
        (_source, _limits, _streams) = (source, limits, source.Whole is null);
        var settings = new XmlReaderSettings
        {
            Async = _streams,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        _reader = XmlReader.Create(source.Readable(), settings);
    }

    /// <summary>The envelope's bytes when it is in memory; null when it streams.</summary>
    public ReadOnlyMemory<byte>? Whole => _source.Whole;

    public bool IsElement => _reader.NodeType == XmlNodeType.Element;

    public bool IsEnd => _reader.NodeType == XmlNodeType.EndElement;

    public bool IsEmpty => _reader.IsEmptyElement;

    public int Depth => _reader.Depth;

    public string NamespaceUri => _reader.NamespaceURI;

    public XName Name => XName.Get(_reader.LocalName, _reader.NamespaceURI);

    /// <summary>The next node that is no comment, white space or instruction; false at the end of the file.</summary>
    public async ValueTask<bool> ReadAsync()
    {
        try
        {
            if (!(_streams ? await _reader.ReadAsync().ConfigureAwait(false) : _reader.Read())) return _source.Violation is { } late ? throw new MessageRefusedException(late) : false;
        }
        catch (XmlException fault)
        {
            throw Unreadable(fault);
        }
        if (IsElement) CheckElement();
        return true;
    }

    /// <summary>Moves to the next child of the element at <paramref name="parentDepth"/>, which is not empty; false at its end. Text between children is refused.</summary>
    public async ValueTask<bool> NextChildAsync(int parentDepth)
    {
        while (await ReadAsync().ConfigureAwait(false))
        {
            if (IsElement && Depth == parentDepth + 1) return true;
            if (IsEnd && Depth == parentDepth) return false;
            if (IsText && Depth == parentDepth + 1) throw Refused(ProblemCatalogue.RequestUnreadable, 0);
        }
        return false;
    }

    /// <summary>The current element with all it holds; afterwards the reader stands at its end.</summary>
    public async ValueTask<XElement> ReadElementAsync()
    {
        var root = Begin();
        if (IsEmpty) return root;
        var current = root;
        while (await ReadAsync().ConfigureAwait(false))
        {
            if (IsElement)
            {
                var child = Begin();
                current.Add(child);
                if (!IsEmpty) current = child;
            }
            else if (IsEnd)
            {
                if (current == root) return root;
                current = current.Parent!;
            }
            else
            {
                current.Add(await ReadTextAsync().ConfigureAwait(false));
            }
        }
        throw Refused(ProblemCatalogue.NotWellFormed, 0);
    }

    public bool IsText => _reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace;

    /// <summary>The next bytes of the base64 text the reader stands in; 0 at the end of the element that holds it.</summary>
    public async ValueTask<int> ReadBase64Async(byte[] buffer)
    {
        try
        {
            var read = _streams
                ? await _reader.ReadContentAsBase64Async(buffer, 0, buffer.Length).ConfigureAwait(false)
                : _reader.ReadContentAsBase64(buffer, 0, buffer.Length);
            // Four characters for three bytes, line ends and indentation between them.
            _source.Allow(read * 3L / 2);
            return read;
        }
        catch (XmlException fault) when (!fault.Message.Contains("Base64", StringComparison.Ordinal))
        {
            // The reader has one exception for markup that is broken and for text that is no base64.
            throw Unreadable(fault);
        }
        catch (Exception fault) when (fault is XmlException or FormatException or InvalidOperationException)
        {
            throw Refused(ProblemCatalogue.SoapPackageUnreadable, 0);
        }
    }

    public MessageRefusedException Refused(ProblemKind kind, int limit)
    {
        var place = (IXmlLineInfo)_reader;
        return new MessageRefusedException(new Problem(kind, Limit: limit.ToString(), Line: place.LineNumber, Column: place.LinePosition));
    }

    public void Dispose()
    {
        _reader.Dispose();
        _source.Dispose();
    }

    private XElement Begin()
    {
        var element = new XElement(Name);
        if (!_reader.HasAttributes) return element;
        while (_reader.MoveToNextAttribute()) element.Add(new XAttribute(AttributeName, _reader.Value));
        _reader.MoveToElement();
        return element;
    }

    /// <summary>The default namespace's declaration has no prefix and, to XLinq, no namespace.</summary>
    private XName AttributeName => _reader.Name == "xmlns" ? "xmlns" : Name;

    private async ValueTask<string> ReadTextAsync() => _streams ? await _reader.GetValueAsync().ConfigureAwait(false) : _reader.Value;

    private void CheckElement()
    {
        if (++_elements > _limits.MaxElements) throw Refused(ProblemCatalogue.TooManyElements, _limits.MaxElements);
        if (Depth >= _limits.MaxDepth) throw Refused(ProblemCatalogue.NestingTooDeep, _limits.MaxDepth);
        if (_reader.LocalName.Length > _limits.MaxNameLength) throw Refused(ProblemCatalogue.NameTooLong, _limits.MaxNameLength);
    }

    private MessageRefusedException Unreadable(XmlException fault) => new(_source.Violation
        ?? new Problem(ProblemCatalogue.NotWellFormed, Line: fault.LineNumber, Column: fault.LinePosition));
}
