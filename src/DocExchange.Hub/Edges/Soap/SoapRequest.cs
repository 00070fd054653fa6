using System.Net.Http.Headers;
using DocExchange.Core.Packages;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Multipart;
using DocExchange.Hub.Edges.Rejected;

namespace DocExchange.Hub.Edges.Soap;

/// <summary>A SOAP request over HTTP: its envelope, and the reader that its other parts come from when it has any.</summary>
/// <param name="Action">The SOAPAction header or the media type's action, without quotes; null when the caller says none.</param>
/// <param name="Parts">Stands behind the root part; null for a message of one piece.</param>
internal sealed record SoapRequest(SoapMessage Message, string? Action, RelatedReader? Parts) : IDisposable
{
    /// <summary>The caller sends packages as parts, and so can take them.</summary>
    public bool UsesXop { get; private init; }

    public void Dispose() => Message.Dispose();

    /// <summary>To the proper end of the whole message, where no part may come that nothing refers to.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        await Message.EndAsync().ConfigureAwait(false);
        await EndPartsAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same where the envelope has been read to its end.</summary>
    public async ValueTask EndPartsAsync(CancellationToken cancellationToken)
    {
        if (Parts is not null && await Parts.ReadNextAsync(cancellationToken).ConfigureAwait(false) is { } part)
        {
            throw new MessageRefusedException(new Problem(ProblemCatalogue.MessagePartMissing, "Content-ID", Problem.Shown(part.ContentId ?? "?"), "-"));
        }
    }

    /// <summary>The version a caller expects its answer in, as far as that shows before the envelope is read.</summary>
    public static SoapVersion VersionOf(HttpRequest http)
    {
        var text = http.ContentType ?? "";
        return text.Contains(SoapVersion.Soap12.MediaType, StringComparison.OrdinalIgnoreCase) ? SoapVersion.Soap12 : SoapVersion.Soap11;
    }

    /// <param name="watch">Put between the envelope's bytes and whoever reads them.</param>
    /// <exception cref="MessageRefusedException">The request is not one of SOAP, alone, with attachments or with MTOM.</exception>
    public static async Task<SoapRequest> OpenAsync(HttpRequest http, SoapLimits limits, CancellationToken cancellationToken, Func<Stream, Stream>? watch = null)
    {
        if (!MediaTypeHeaderValue.TryParse(http.ContentType, out var type)) throw new MessageRefusedException(new Problem(ProblemCatalogue.RequestIncomplete, "Content-Type"));
        if (!RelatedReader.MediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            CheckEnvelope(type);
            return new SoapRequest(await SoapMessage.OpenAsync(watch?.Invoke(http.Body) ?? http.Body, limits, cancellationToken).ConfigureAwait(false), ActionOf(http, type), null)
            {
                UsesXop = AcceptsParts(http.Headers.Accept.ToString()),
            };
        }
        var reader = RelatedReader.Open(type, http.Body, RelatedLimits.Default);
        var root = await reader.ReadRootAsync(cancellationToken).ConfigureAwait(false);
        if (!MediaTypeHeaderValue.TryParse(root.ContentType, out var rootType)) throw RelatedReader.Refused("root Content-Type");
        CheckEnvelope(rootType);
        if (root.TransferEncoding is not ("binary" or "8bit" or "7bit")) throw RelatedReader.Refused("root Content-Transfer-Encoding");
        return new SoapRequest(await SoapMessage.OpenAsync(watch?.Invoke(root.Body) ?? root.Body, limits, cancellationToken).ConfigureAwait(false), ActionOf(http, type) ?? ActionOf(http, rootType), reader)
        {
            UsesXop = MtomFrame.XopMediaType.Equals(rootType.MediaType, StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>The Java stacks name the message of parts, others what is in it.</summary>
    private static bool AcceptsParts(string accept) =>
        accept.Contains(MtomFrame.XopMediaType, StringComparison.OrdinalIgnoreCase) || accept.Contains(RelatedReader.MediaType, StringComparison.OrdinalIgnoreCase);

    private static void CheckEnvelope(MediaTypeHeaderValue type)
    {
        if (type.MediaType?.ToLowerInvariant() is not ("text/xml" or "application/soap+xml" or MtomFrame.XopMediaType)) throw new MessageRefusedException(new Problem(ProblemCatalogue.RequestUnreadable));
        var charset = type.CharSet?.Trim('"');
        if (charset is not null && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
        {
            throw new MessageRefusedException(new Problem(ProblemCatalogue.WrongEncoding, "Content-Type", $"charset={charset}"));
        }
    }

    /// <summary>SOAP 1.1 has a header for it, 1.2 a parameter; within multipart it may stand in either type.</summary>
    private static string? ActionOf(HttpRequest http, MediaTypeHeaderValue type)
    {
        var written = type.Parameters.FirstOrDefault(p => p.Name.Equals("action", StringComparison.OrdinalIgnoreCase))?.Value ?? http.Headers["SOAPAction"].ToString();
        var action = written.Trim().Trim('"');
        return action.Length == 0 ? null : action;
    }
}
