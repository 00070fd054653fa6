using DocExchange.Core.Ports;
using DocExchange.Hub.Api;
using DocExchange.Hub.Signatures;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>The hub's signature beside every copy.</summary>
internal static class CopySignatureEndpoints
{
    public static void MapCopySignatures(this IEndpointRouteBuilder api)
    {
        api.MapGet("/inbox/{itemId}/signature", OfItemAsync).WithName("getItemSignature").WithTags("Receive").WithSummary("Fetch the hub's signature over a package")
            .WithDescription("A detached CMS over the exact bytes of the item's content, the same at every call: `dex verify FILE --signature FILE.p7s` or `openssl cms -verify -binary -inform DER`.")
            .Produces<byte[]>(200, CopySignatures.MediaType).Refuses(401, 404, 410, 429, 503);
        api.MapGet("/documents/{docId}/signature", OfDocumentAsync).WithName("getDocumentSignature").WithTags("Follow").WithSummary("Fetch the hub's signature over a document")
            .WithDescription("A detached CMS over the exact bytes the hub accepted, the same at every call.")
            .Produces<byte[]>(200, CopySignatures.MediaType).Refuses(401, 404, 410, 429, 503);
    }

    private static async Task<IResult> OfItemAsync(HttpContext http, string itemId, RestCaller caller, SignedCopies copies, CopySignatures signatures) =>
        await copies.FindAsync(caller.System, caller.Scope, itemId, http.RequestAborted).ConfigureAwait(false) is { } item ? await AnswerAsync(signatures, item.Digest).ConfigureAwait(false) : ApiProblems.NotFound(itemId);

    private static async Task<IResult> OfDocumentAsync(HttpContext http, string docId, RestCaller caller, IExchangeStore store, CopySignatures signatures) =>
        await store.TrackAsync(caller.Scope, docId, http.RequestAborted).ConfigureAwait(false) is { } track ? await AnswerAsync(signatures, track.Digest).ConfigureAwait(false) : ApiProblems.NotFound(docId);

    private static async Task<IResult> AnswerAsync(CopySignatures signatures, ReadOnlyMemory<byte> digest) =>
        Results.Bytes(await signatures.OfAsync(digest).ConfigureAwait(false), CopySignatures.MediaType);
}
