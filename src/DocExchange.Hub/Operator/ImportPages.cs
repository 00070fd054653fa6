using DocExchange.Core.Parties;
using DocExchange.Hub.Agencies;
using DocExchange.Hub.Api;
using DocExchange.Hub.Clerk;
using DocExchange.Hub.Clerk.Sessions;

namespace DocExchange.Hub.Operator;

/// <summary>A file in three steps: put it down, look at what it changes, confirm.</summary>
internal static class ImportPages
{
    public static async Task<IResult> TakeAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync().ConfigureAwait(false);
        var upload = form.Files.GetFile("file");
        if (upload is null || AgencyFile.FormatOf(Path.GetExtension(upload.FileName).TrimStart('.')) is not { } format)
        {
            return DirectoryPages.Page(visit, visit.Say("Hãy chọn tệp .csv, .json hoặc .jsonl.", "Choose a .csv, .json or .jsonl file."), StatusCodes.Status400BadRequest);
        }
        var wish = new ImportWish(form["missing"] == "end", SkipWrong: false, EndMany: false);
        var file = await Files(visit).AddAsync(upload, format, wish, visit.Http.RequestAborted).ConfigureAwait(false);
        return SignInPage.SeeOther(visit.Http, "/directory/import/" + file.Id);
    }

    public static async Task<IResult> ShowAsync(Visit visit)
    {
        if (Of(visit) is not { } file) return Expired(visit);
        if (file.Applied is { } report) return ImportView.Applied(visit, file, report);
        return await Desk(visit).TryAsync(async () =>
        {
            var compared = await CompareAsync(visit, file).ConfigureAwait(false);
            return ImportView.Ask(visit, file, compared.Difference, null);
        }).ConfigureAwait(false) ?? Busy(visit);
    }

    public static async Task<IResult> ApplyAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync().ConfigureAwait(false);
        if (Of(visit) is not { } file) return Expired(visit);
        if (file.Applied is not null) return SignInPage.SeeOther(visit.Http, "/directory/import/" + file.Id);
        return await Desk(visit).TryAsync(async () =>
        {
            var compared = await CompareAsync(visit, file).ConfigureAwait(false);
            var difference = compared.Difference;
            if (difference.Fingerprint() != form["fingerprint"])
            {
                return ImportView.Ask(visit, file, difference, visit.Say("Danh bạ đã thay đổi trong lúc chờ. Hãy xem lại trước khi xác nhận.", "The directory has changed meanwhile. Look again before you confirm."));
            }
            var wish = file.Wish with { SkipWrong = form["skip"] == "yes", EndMany = form["endMany"] == "yes" };
            if (ImportDesk.Objection(difference, wish) is { } objection)
            {
                return ImportView.Ask(visit, file, difference, visit.Say(objection.Vietnamese, objection.English));
            }
            var outcome = await Desk(visit).ApplyAsync(compared, HubApi.Actor(visit.Account!)).ConfigureAwait(false);
            Files(visit).Done(file, ImportReport.Of(difference, outcome));
            return SignInPage.SeeOther(visit.Http, "/directory/import/" + file.Id);
        }).ConfigureAwait(false) ?? Busy(visit);
    }

    private static async Task<ComparedFile> CompareAsync(Visit visit, WaitingFile file)
    {
        var stream = File.OpenRead(file.Path);
        await using (stream.ConfigureAwait(false)) return await Desk(visit).CompareAsync(stream, file.Format, file.Wish, visit.Http.RequestAborted, file.At).ConfigureAwait(false);
    }

    private static IResult Expired(Visit visit) => DirectoryPages.Page(visit,
        visit.Say("Tệp này không còn chờ xác nhận. Hãy chọn lại tệp.", "This file is no longer waiting. Choose it again."), StatusCodes.Status404NotFound);

    private static IResult Busy(Visit visit) => DirectoryPages.Page(visit,
        visit.Say("Đang có một tệp khác được xử lý. Hãy thử lại sau ít phút.", "Another file is being read. Try again in some minutes."), StatusCodes.Status409Conflict);

    private static WaitingFile? Of(Visit visit) => Files(visit).Find(visit.Http.Request.RouteValues["id"]?.ToString() ?? "");

    private static WaitingFiles Files(Visit visit) => visit.Http.RequestServices.GetRequiredService<WaitingFiles>();

    private static ImportDesk Desk(Visit visit) => visit.Http.RequestServices.GetRequiredService<ImportDesk>();
}
