using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;
using DocExchange.Hub.Clerk.Documents;
using DocExchange.Hub.Clerk.Sessions;

namespace DocExchange.Hub.Clerk.Search;

/// <summary>The start page: one box, filters, and what was found.</summary>
internal static class SearchPages
{
    public static async Task<IResult> ShowAsync(Visit visit)
    {
        var form = SearchForm.Read(name => visit.Http.Request.Query[name]);
        var found = await Finder(visit).SearchAsync(form.Text, form.ToSearch(new AgencyFinder(visit.Book.Directory))).ConfigureAwait(false);
        return found.Single is { } docId ? SignInPage.SeeOther(visit.Http, "/documents/" + docId) : SearchView.Page(visit, form, found);
    }

    /// <summary>The box is posted because a receipt may be pasted into it; any other text gets an address of its own.</summary>
    public static async Task<IResult> TakeAsync(Visit visit)
    {
        var fields = await visit.Http.Request.ReadFormAsync().ConfigureAwait(false);
        var text = fields["q"].ToString().Trim();
        if (text.StartsWith('{')) return await ShowReceiptAsync(visit, text).ConfigureAwait(false);
        return SignInPage.SeeOther(visit.Http, SearchForm.Read(name => fields[name]).Address());
    }

    private static async Task<IResult> ShowReceiptAsync(Visit visit, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var parts = ReceiptFormat.TryParse(bytes, out _);
        if (parts is null || EvidenceEntry.TryParse(parts.Entry) is not { } entry)
        {
            return SearchView.Said(visit, visit.Say("Nội dung dán vào không phải là biên nhận nguyên vẹn của hệ thống.", "What was pasted is not an intact receipt of this hub."));
        }
        var store = visit.Http.RequestServices.GetRequiredService<IExchangeStore>();
        var own = await store.FindReceiptAsync(visit.Scope, parts.Id, visit.Http.RequestAborted).ConfigureAwait(false);
        bool? same = own is null ? null : ReceiptFormat.Render(own).AsSpan().SequenceEqual(bytes);
        if (await Finder(visit).FindAsync(entry).ConfigureAwait(false) is { } track) return DocumentView.Page(visit, track, same);
        return SearchView.Said(visit, own is not null && entry.Reason is { } reason
            ? visit.Say($"Biên nhận này ghi một lần từ chối (mã {reason}); không có văn bản nào được tiếp nhận.", $"This receipt records a refusal (code {reason}); no document was accepted.")
            : visit.Say("Không tìm thấy văn bản của biên nhận này trong phạm vi của bạn.", "No document of this receipt was found within your scope."));
    }

    private static Finding Finder(Visit visit) =>
        new(visit.Http.RequestServices.GetRequiredService<IExchangeStore>(), visit.Scope, visit.Http.RequestAborted);
}
