using System.Xml.Linq;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Rejected;

namespace DocExchange.Hub.Edges.Soap;

/// <summary>
/// An envelope that has been read up to its body's first child: version and header are known, and <see cref="Xml"/> stands at the child, or at
/// the body's end when there is none. Whoever reads on calls <see cref="EndAsync"/> last: until then the message may yet turn out to be unsound.
/// </summary>
internal sealed class SoapMessage : IDisposable
{
    private SoapMessage(SoapXml xml, SoapVersion version, IReadOnlyList<SoapHeader> headers, XName? operation) =>
        (Xml, Version, Headers, Operation) = (xml, version, headers, operation);

    public SoapXml Xml { get; }

    public SoapVersion Version { get; }

    public IReadOnlyList<SoapHeader> Headers { get; }

    /// <summary>The body's first child; null when the body is empty.</summary>
    public XName? Operation { get; }

    /// <exception cref="MessageRefusedException">It is no envelope, or none that is safe to read.</exception>
    public static async Task<SoapMessage> OpenAsync(Stream envelope, SoapLimits limits, CancellationToken cancellationToken)
    {
        var xml = new SoapXml(await SoapSource.OpenAsync(envelope, limits, cancellationToken).ConfigureAwait(false), limits);
        try
        {
            return await OpenAsync(xml).ConfigureAwait(false);
        }
        catch
        {
            xml.Dispose();
            throw;
        }
    }

    public SoapHeader? Find(XName name) => Headers.FirstOrDefault(header => header.Name == name);

    /// <summary>The first header that must be understood and that the caller does not name; null when there is none.</summary>
    public SoapHeader? FirstNotUnderstood(Func<XName, bool> isUnderstood) => Headers.FirstOrDefault(header => header.MustUnderstand && !isUnderstood(header.Name));

    /// <summary>To the end of the file from wherever the reader stands: only what is open may be closed. Passed over, anything else would be what the sender meant and the hub did not.</summary>
    public async ValueTask EndAsync()
    {
        while (await Xml.ReadAsync().ConfigureAwait(false))
        {
            if (!Xml.IsEnd && !Xml.IsBlank) throw Xml.Refused(ProblemCatalogue.RequestUnreadable, 0);
        }
    }

    public void Dispose() => Xml.Dispose();

    private static async Task<SoapMessage> OpenAsync(SoapXml xml)
    {
        while (!xml.IsElement && await xml.ReadAsync().ConfigureAwait(false))
        {
        }
        var version = xml.Name.LocalName == "Envelope" ? SoapVersion.Of(xml.NamespaceUri) : null;
        if (version is null) throw new MessageRefusedException(new Problem(ProblemCatalogue.SoapVersionUnknown, Value: xml.Name.ToString()));
        XNamespace envelope = version.Namespace;
        var headers = new List<SoapHeader>();
        if (xml.IsEmpty || !await xml.NextChildAsync(0).ConfigureAwait(false)) throw xml.Refused(ProblemCatalogue.RequestUnreadable, 0);
        if (xml.Name == envelope + "Header")
        {
            if (!xml.IsEmpty)
            {
                while (await xml.NextChildAsync(1).ConfigureAwait(false)) headers.Add(SoapHeader.Of(await xml.ReadElementAsync().ConfigureAwait(false), version));
            }
            if (!await xml.NextChildAsync(0).ConfigureAwait(false)) throw xml.Refused(ProblemCatalogue.RequestUnreadable, 0);
        }
        if (xml.Name != envelope + "Body") throw xml.Refused(ProblemCatalogue.RequestUnreadable, 0);
        var depth = xml.Depth;
        var operation = !xml.IsEmpty && await xml.NextChildAsync(depth).ConfigureAwait(false) ? xml.Name : null;
        return new SoapMessage(xml, version, headers, operation);
    }
}
