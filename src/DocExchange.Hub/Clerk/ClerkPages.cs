using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Hub.Agencies;
using DocExchange.Hub.Auditor;
using DocExchange.Hub.Clerk.Documents;
using DocExchange.Hub.Clerk.Search;
using DocExchange.Hub.Clerk.Sessions;
using DocExchange.Hub.OpenId;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Operator;
using DocExchange.Hub.People;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace DocExchange.Hub.Clerk;

/// <summary>The clerks' pages: finished markup from the server, no script, nothing from elsewhere. Every page but sign-in needs a session, every form its token.</summary>
internal static partial class ClerkPages
{
    /// <summary>A receipt of 1 MB may be pasted, and a form writes three bytes for many a character.</summary>
    private const long LargestForm = 4 * 1024 * 1024;

    private static readonly PageRule SignedIn = new(IsOpen: false, NeedsSettled: true, Roles: null, LargestForm);
    private static readonly PageRule Everybody = SignedIn with { IsOpen = true, NeedsSettled = false };
    private static readonly PageRule Settling = SignedIn with { NeedsSettled = false };
    private static readonly PageRule Operators = SignedIn with { Roles = [Role.Operator] };
    private static readonly PageRule Auditors = SignedIn with { Roles = [Role.Auditor, Role.Operator] };

    public static void MapClerkPages(this WebApplication web)
    {
        Get(web, "/", SearchPages.ShowAsync);
        Post(web, "/", SearchPages.TakeAsync);
        Get(web, "/documents/{docId}", DocumentPages.ShowAsync);
        Get(web, "/receipts/{receiptId}", DocumentPages.ReceiptAsync);
        // Made now, so that files of an earlier process are gone from the start.
        _ = web.Services.GetRequiredService<WaitingFiles>();
        Get(web, "/directory", DirectoryPages.ShowAsync, Operators);
        Get(web, "/directory/file", DirectoryPages.DownloadAsync, Operators);
        Post(web, "/directory/import", ImportPages.TakeAsync, Operators with { LargestForm = ImportDesk.LargestFile });
        Get(web, "/directory/import/{id}", ImportPages.ShowAsync, Operators);
        Post(web, "/directory/import/{id}", ImportPages.ApplyAsync, Operators);
        Get(web, "/audit", AuditPages.ShowAsync, Auditors);
        Post(web, "/audit", AuditPages.MakeAsync, Auditors);
        Get(web, "/audit/{id}", AuditPages.OneAsync, Auditors);
        Get(web, "/audit/{id}/file", AuditPages.FileAsync, Auditors);
        Get(web, "/account", visit => Task.FromResult(AccountPage.Show(visit)), Settling);
        Post(web, "/account/second-factor", AccountPage.EnrolAsync, Settling);
        Post(web, "/account/password", PasswordForm.ChangeAsync, Settling);
        Get(web, OpenIdSignIn.Path, OpenIdPages.BeginAsync, Everybody);
        Get(web, OpenIdSignIn.AnswerPath, OpenIdPages.AnswerAsync, Everybody);
        Post(web, OpenIdSignIn.Path + "/code", OpenIdPages.TakeCodeAsync, Everybody);
        Get(web, OpenIdSignIn.Path + "/leave", OpenIdPages.LeaveAsync, Everybody);
        Get(web, "/sign-in", visit => Task.FromResult(SignInPage.Show(visit)), Everybody);
        Post(web, "/sign-in", SignInPage.TryAsync, Everybody);
        Post(web, "/sign-out", SignInPage.LeaveAsync, Everybody);
        Post(web, "/language", SignInPage.SwitchLanguageAsync, Everybody);
        ClerkAssets.Map(web);
        web.Use(ShowMissingPageAsync);
    }

    private static void Get(WebApplication web, string path, Func<Visit, Task<IResult>> page, PageRule? rule = null) =>
        web.MapGet(path, http => RunAsync(http, page, rule ?? SignedIn));

    private static void Post(WebApplication web, string path, Func<Visit, Task<IResult>> page, PageRule? rule = null) =>
        web.MapPost(path, http => RunAsync(http, page, rule ?? SignedIn));

    private static async Task RunAsync(HttpContext http, Func<Visit, Task<IResult>> page, PageRule rule)
    {
        TrustProxy(http);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = rule.LargestForm;
        var visit = await http.RequestServices.GetRequiredService<SessionCookies>().VisitAsync(http).ConfigureAwait(false);
        var result = await AnswerAsync(visit, page, rule).ConfigureAwait(false);
        await result.ExecuteAsync(http).ConfigureAwait(false);
    }

    private static async Task<IResult> AnswerAsync(Visit visit, Func<Visit, Task<IResult>> page, PageRule rule)
    {
        try
        {
            var isForm = HttpMethods.IsPost(visit.Http.Request.Method);
            if (visit.Account is null && !rule.IsOpen)
            {
                var back = isForm ? "/" : visit.Http.Request.Path + visit.Http.Request.QueryString.ToString();
                return SignInPage.SeeOther(visit.Http, back == "/" ? "/sign-in" : "/sign-in?back=" + Uri.EscapeDataString(back));
            }
            // Before anything of a form is read.
            var services = visit.Http.RequestServices;
            if (rule.NeedsSettled && !AccountPage.IsSettled(visit)) return SignInPage.SeeOther(visit.Http, "/account");
            if (rule.Roles is { } roles && !roles.Contains(visit.Account!.Role))
            {
                await services.GetRequiredService<Permissions>().DenyAsync(visit.Account, visit.Http, new Problem(ProblemCatalogue.RoleLacks)).ConfigureAwait(false);
                return ErrorPage.NotFound(visit);
            }
            if (isForm && !await visit.Http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(visit.Http).ConfigureAwait(false))
            {
                return ErrorPage.FormExpired(visit);
            }
            return await page(visit).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            return ErrorPage.StoreAway(visit);
        }
        catch (Exception fault) when (fault is BadHttpRequestException or InvalidDataException)
        {
            return ErrorPage.TooLarge(visit);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            var id = Ids.New();
            LogFault(visit.Http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DocExchange.Hub.Clerk"), fault, id);
            return ErrorPage.Fault(visit, id);
        }
    }

    /// <summary>Behind a proxy that ends TLS, cookies are still for encrypted lines only.</summary>
    private static void TrustProxy(HttpContext http)
    {
        var trusted = http.RequestServices.GetRequiredService<HubOptions>().TrustedProxies;
        if (trusted.Contains(CallerLines.PeerOf(http)) && http.Request.Headers["X-Forwarded-Proto"] == "https") http.Request.Scheme = "https";
    }

    /// <summary>A browser that asks for a page there is not gets one that says so; other callers get what they got before.</summary>
    private static async Task ShowMissingPageAsync(HttpContext http, RequestDelegate next)
    {
        await next(http).ConfigureAwait(false);
        if (http.Response.StatusCode != StatusCodes.Status404NotFound || http.Response.HasStarted || http.GetEndpoint() is not null) return;
        if (!HttpMethods.IsGet(http.Request.Method) || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)) return;
        await RunAsync(http, visit => Task.FromResult(ErrorPage.NotFound(visit)), Everybody).ConfigureAwait(false);
    }

    [LoggerMessage(EventId = 2301, Level = LogLevel.Error, Message = "Fault {Id} in a page")]
    private static partial void LogFault(ILogger logger, Exception fault, string id);

    /// <summary>Who may open a page, and how much a form sent to it may hold.</summary>
    /// <param name="NeedsSettled">Only with the second factor that the role must have, and a password that nobody else knows.</param>
    private sealed record PageRule(bool IsOpen, bool NeedsSettled, IReadOnlyList<Role>? Roles, long LargestForm);
}
