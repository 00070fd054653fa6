using System.Net.Http.Headers;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Multipart;
using DocExchange.Hub.Edges.Rejected;

namespace DocExchange.Hub.Edges.Soap;

/// <summary>A SOAP request over HTTP: its envelope, and the reader that its other parts come from when it has any.</summary>
/// <param name="Action">The SOAPAction header or the media type's action, without quotes; null when the caller says none.</param>
/// <param name="Parts">Stands behind the root part; null for a message of one piece.</param>
internal sealed record SoapRequest(SoapMessage Message, string? Action, RelatedReader? Parts) : IDisposable
{
    public void Dispose() => Message.Dispose();

    /// <summary>The version a caller expects its answer in, as far as that shows before the envelope is read.</summary>
    public static SoapVersion VersionOf(HttpRequest http)
    {
        var text = http.ContentType ?? "";
        return text.Contains(SoapVersion.Soap12.MediaType, StringComparison.OrdinalIgnoreCase) ? SoapVersion.Soap12 : SoapVersion.Soap11;
    }

    /// <exception cref="MessageRefusedException">The request is not one of SOAP, alone, with attachments or with MTOM.</exception>
    public static async Task<SoapRequest> OpenAsync(HttpRequest http, SoapLimits limits, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(http.ContentType, out var type)) throw new MessageRefusedException(new Problem(ProblemCatalogue.RequestIncomplete, "Content-Type"));
        if (!RelatedReader.MediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            CheckEnvelope(type);
            return new SoapRequest(await SoapMessage.OpenAsync(http.Body, limits, cancellationToken).ConfigureAwait(false), ActionOf(http, type), null);
        }
        var reader = RelatedReader.Open(type, http.Body, RelatedLimits.Default);
        var root = await reader.ReadRootAsync(cancellationToken).ConfigureAwait(false);
        if (!MediaTypeHeaderValue.TryParse(root.ContentType, out var rootType)) throw RelatedReader.Refused("root Content-Type");
        CheckEnvelope(rootType);
        if (root.TransferEncoding is not ("binary" or "8bit" or "7bit")) throw RelatedReader.Refused("root Content-Transfer-Encoding");
        return new SoapRequest(await SoapMessage.OpenAsync(root.Body, limits, cancellationToken).ConfigureAwait(false), ActionOf(http, type) ?? ActionOf(http, rootType), reader);
    }

    private static void CheckEnvelope(MediaTypeHeaderValue type)
    {
        if (type.MediaType?.ToLowerInvariant() is not ("text/xml" or "application/soap+xml" or SoapNames.XopMediaType)) throw new MessageRefusedException(new Problem(ProblemCatalogue.RequestUnreadable));
        var charset = type.CharSet?.Trim('"');
        if (charset is not null && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
        {
            throw new MessageRefusedException(new Problem(ProblemCatalogue.WrongEncoding, "Content-Type", charset));
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
