using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;

namespace DocExchange.Hub.Clerk.Documents;

/// <summary>One document, and its receipts to keep.</summary>
internal static class DocumentPages
{
    public static async Task<IResult> ShowAsync(Visit visit)
    {
        var docId = (string)visit.Http.Request.RouteValues["docId"]!;
        var track = await visit.Http.RequestServices.GetRequiredService<IExchangeStore>().TrackAsync(visit.Scope, docId, visit.Http.RequestAborted).ConfigureAwait(false);
        return track is null ? ErrorPage.NotFound(visit) : DocumentView.Page(visit, track);
    }

    public static async Task<IResult> ReceiptAsync(Visit visit)
    {
        var id = (string)visit.Http.Request.RouteValues["receiptId"]!;
        var parts = await visit.Http.RequestServices.GetRequiredService<IExchangeStore>().FindReceiptAsync(visit.Scope, id, visit.Http.RequestAborted).ConfigureAwait(false);
        if (parts is null) return ErrorPage.NotFound(visit);
        Layout.Protect(visit.Http);
        return Results.Bytes(ReceiptFormat.Render(parts), ReceiptFormat.MediaType, parts.Id + ".receipt.json");
    }
}
