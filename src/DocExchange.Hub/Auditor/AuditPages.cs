using System.Globalization;
using DocExchange.Core;
using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;
using DocExchange.Hub.Api;
using DocExchange.Hub.Clerk;
using DocExchange.Hub.Clerk.Sessions;
using DocExchange.Hub.Evidence.Exports;

namespace DocExchange.Hub.Auditor;

/// <summary>Evidence for auditors: ask for an export, see how far it is, take it again later. Nothing here changes what is exchanged.</summary>
internal static class AuditPages
{
    /// <summary>Seconds after which a page that shows progress is asked for again.</summary>
    private const string Soon = "2";

    private static readonly string[] Fields = ["format", "agency", "units", "direction", "document", "state", "packages", "certificate", "log"];

    public static Task<IResult> ShowAsync(Visit visit) => Task.FromResult(AuditView.Page(visit, Logs(visit), Desk(visit).All, new Dictionary<string, string?>(), null));

    public static async Task<IResult> MakeAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync().ConfigureAwait(false);
        var words = Fields.ToDictionary(name => name, name => (string?)form[name].ToString());
        words["since"] = form["since"].ToString();
        words["after"] = form["since"] == "last" ? ExportWish.Last : "";
        words["from"] = form["from"].ToString();
        words["until"] = form["until"].ToString();
        words["before"] = VietnamTime.TryParseDate(words["until"], out var until) && until < DateOnly.MaxValue
            ? until.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : words["until"];
        var (record, problem) = await ExportApi.StartAsync(visit.Http, words, HubApi.Actor(visit.Account!)).ConfigureAwait(false);
        return record is not null ? SignInPage.SeeOther(visit.Http, "/audit/" + record.Id) : AuditView.Page(visit, Logs(visit), Desk(visit).All, words, problem);
    }

    /// <summary>One export: its progress, then what it holds and where it is.</summary>
    public static Task<IResult> OneAsync(Visit visit)
    {
        if (Desk(visit).Find(Id(visit)) is not { } record) return Task.FromResult(ErrorPage.NotFound(visit));
        if (record.IsOpen) visit.Http.Response.Headers["Refresh"] = Soon;
        return Task.FromResult(AuditView.One(visit, record, Desk(visit).FileOf(record) is not null));
    }

    public static async Task<IResult> FileAsync(Visit visit)
    {
        if (await ExportApi.FileAsync(visit.Http, Desk(visit), Id(visit), HubApi.Actor(visit.Account!)).ConfigureAwait(false) is not { } file) return ErrorPage.NotFound(visit);
        Layout.Protect(visit.Http);
        return file;
    }

    private static string Id(Visit visit) => visit.Http.Request.RouteValues["id"]?.ToString() ?? "";

    private static IReadOnlyList<LogEpoch> Logs(Visit visit) => visit.Http.RequestServices.GetRequiredService<ILogStore>().Epochs;

    private static ExportDesk Desk(Visit visit) => visit.Http.RequestServices.GetRequiredService<ExportDesk>();
}
