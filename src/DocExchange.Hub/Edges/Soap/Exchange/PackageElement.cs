using DocExchange.Core.Packages;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Rejected;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>The element that holds a package, as base64 text or as a reference to a part of the message: one stream either way.</summary>
internal static class PackageElement
{
    public const string Name = "Package";

    /// <summary>The reader stands at the element. What is read from the stream counts only once it has ended without a fault.</summary>
    /// <exception cref="MessageRefusedException">It is neither, or refers to a part that is not the next of the message.</exception>
    public static async Task<Stream> OpenAsync(SoapRequest request, CancellationToken cancellationToken)
    {
        var xml = request.Message.Xml;
        if (!xml.IsEmpty)
        {
            await xml.ReadAsync().ConfigureAwait(false);
            if (xml.IsElement) return await ReferencedAsync(request, cancellationToken).ConfigureAwait(false);
            if (xml.IsText) return new InlinePackage(request);
        }
        await request.EndAsync(cancellationToken).ConfigureAwait(false);
        return Stream.Null;
    }

    private static async Task<Stream> ReferencedAsync(SoapRequest request, CancellationToken cancellationToken)
    {
        var include = await request.Message.Xml.ReadElementAsync().ConfigureAwait(false);
        if (include.Name != MtomFrame.Include || include.Nodes().Any() || IdOf((string?)include.Attribute("href")) is not { } id) throw new MessageRefusedException(new Problem(ProblemCatalogue.SoapPackageUnreadable));
        await request.Message.EndAsync().ConfigureAwait(false);
        var part = request.Parts is null ? null : await request.Parts.ReadNextAsync(cancellationToken).ConfigureAwait(false);
        if (part?.ContentId != id) throw new MessageRefusedException(new Problem(ProblemCatalogue.MessagePartMissing, PackageElement.Name, part?.ContentId ?? "-", Problem.Shown(id)));
        if (part.TransferEncoding is not ("binary" or "8bit" or "7bit")) throw new MessageRefusedException(new Problem(ProblemCatalogue.MultipartUnsound, "Content-Transfer-Encoding"));
        return new ReferencedPackage(request, part.Body);
    }

    /// <summary>RFC 2392: the id within cid:, percent-encoded.</summary>
    private static string? IdOf(string? reference) =>
        reference?.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) == true && reference.Length > 4 ? Uri.UnescapeDataString(reference[4..]) : null;
}
