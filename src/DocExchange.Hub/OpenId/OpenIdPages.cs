using System.Security.Cryptography;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Hub.Clerk;
using DocExchange.Hub.Clerk.Markup;
using DocExchange.Hub.Clerk.Sessions;
using Microsoft.AspNetCore.DataProtection;

namespace DocExchange.Hub.OpenId;

/// <summary>The way to the organisation's issuer and back, as pages without script.</summary>
internal static class OpenIdPages
{
    /// <summary>The code of the app must come so soon after the issuer's answer.</summary>
    private static readonly TimeSpan CodeWait = TimeSpan.FromMinutes(5);

    /// <summary>The way in on the sign-in page; nothing where no issuer is configured.</summary>
    public static Html Offer(Visit visit, string back) => Html.When(Desk(visit).IsOffered, () => Html.Of($"""
        <p class="or">{visit.Say("hoặc", "or")}</p>
        <p><a class="button" href="{OpenIdSignIn.Path}?back={Uri.EscapeDataString(back)}">{visit.Say("Đăng nhập bằng tài khoản cơ quan", "Sign in with your organisation account")}</a></p>
        """));

    public static async Task<IResult> BeginAsync(Visit visit)
    {
        if (!Desk(visit).IsOffered) return ErrorPage.NotFound(visit);
        var back = SignInPage.Local(visit.Http.Request.Query["back"]);
        return await Desk(visit).BeginAsync(visit.Http, back, visit.Language).ConfigureAwait(false) is { } place ? SignInPage.SeeOther(visit.Http, place) : Silent(visit);
    }

    public static async Task<IResult> AnswerAsync(Visit visit)
    {
        if (!Desk(visit).IsOffered) return ErrorPage.NotFound(visit);
        var result = await Desk(visit).EndAsync(visit.Http).ConfigureAwait(false);
        return result.Outcome switch
        {
            OpenIdOutcome.Done => GoOn(visit, result.Back),
            OpenIdOutcome.CodeNeeded => AskCode(visit, Sealed(visit, result.Account!, result.Back), null, StatusCodes.Status200OK),
            OpenIdOutcome.NotLinked => NotLinked(visit, result.Subject!),
            OpenIdOutcome.Silent => Silent(visit),
            _ => Message(visit, StatusCodes.Status400BadRequest, visit.Say("Chưa đăng nhập được", "You are not signed in"),
                visit.Say("Lần đăng nhập này đã hết hạn, đã bị hủy, hoặc câu trả lời của hệ thống đăng nhập cơ quan không hợp lệ. Hãy đăng nhập lại từ đầu.",
                    "This sign-in took too long, was cancelled, or your organisation's answer does not hold. Begin again.")),
        };
    }

    /// <summary>The app's code, where the issuer did not say that it took a second factor and the account has one here.</summary>
    public static async Task<IResult> TakeCodeAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync().ConfigureAwait(false);
        var kept = form["kept"].ToString();
        var (name, stamp, back) = Opened(visit, kept) is [var n, var s, var b] ? (n, s, b) : ("", "", "/");
        var account = await visit.Http.RequestServices.GetRequiredService<IPartyStore>().FindAccountAsync(name, visit.Http.RequestAborted).ConfigureAwait(false);
        if (account is not { Enabled: true } || SessionCookies.StampOf(account) != stamp) return SignInPage.SeeOther(visit.Http, "/sign-in");
        var (outcome, wait) = await visit.Http.RequestServices.GetRequiredService<SignIn>()
            .TakeCodeAsync(visit.Http, account, form["code"].ToString(), new SessionKind(ByIssuer: true, FactorProven: true)).ConfigureAwait(false);
        if (outcome == SignInOutcome.Done) return SignInPage.SeeOther(visit.Http, SignInPage.Local(back));
        return AskCode(visit, kept, SignInPage.Refusal(visit, outcome, wait), SignInPage.StatusOf(visit.Http, outcome, wait));
    }

    public static async Task<IResult> LeaveAsync(Visit visit) =>
        SignInPage.SeeOther(visit.Http, Desk(visit).IsOffered && await Desk(visit).LeaveAsync(visit.Http).ConfigureAwait(false) is { } place ? place : "/sign-in");

    /// <summary>
    /// The session's cookie is for this site alone: a browser that another site sent here would not show it with the next address of the same
    /// journey. A page that leads on by itself begins a journey of its own.
    /// </summary>
    private static IResult GoOn(Visit visit, string back)
    {
        visit.Http.Response.Headers["Refresh"] = "0;url=" + back;
        return Page(visit, StatusCodes.Status200OK, visit.Say("Đã đăng nhập", "Signed in"), Html.Of($"""<p><a href="{back}">{visit.Say("Tiếp tục", "Continue")}</a></p>"""));
    }

    private static IResult NotLinked(Visit visit, string subject) => Page(visit, StatusCodes.Status403Forbidden, visit.Say("Chưa có quyền vào hệ thống này", "You have no access here"), Html.Of($"""
        <p>{visit.Say("Cơ quan đã xác nhận bạn, nhưng tài khoản của bạn chưa được gắn với tài khoản nào ở đây. Hãy gửi mã sau cho quản trị:",
            "Your organisation knows you, but no account here is linked to yours. Give this code to the operator:")}</p>
        <p><code>{subject}</code></p><p><a href="/sign-in">{visit.Say("Về trang đăng nhập", "To the sign-in page")}</a></p>
        """));

    private static IResult Silent(Visit visit) => Message(visit, StatusCodes.Status503ServiceUnavailable, visit.Say("Hệ thống đăng nhập của cơ quan không trả lời", "Your organisation's sign-in does not answer"),
        visit.Say("Hãy thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu tại đây nếu bạn có.", "Try again in some minutes, or sign in here with a password if you have one."));

    private static IResult AskCode(Visit visit, string kept, string? said, int status) => Page(visit, status, visit.Say("Mã xác thực", "Second factor"), Html.Of($"""
        {Html.When(said is not null, () => Html.Of($"""<p class="notice bad" role="alert">{said}</p>"""))}
        <p>{visit.Say("Hãy nhập mã của ứng dụng xác thực.", "Enter the code of your authenticator app.")}</p>
        <form method="post" action="{OpenIdSignIn.Path}/code" class="stack">
        {visit.FormToken()}<input type="hidden" name="kept" value="{kept}">
        <label for="code">{visit.Say("Mã xác thực", "Code")}</label>
        <input id="code" name="code" autocomplete="one-time-code" spellcheck="false" required maxlength="40" autofocus>
        <button class="main">{visit.Say("Đăng nhập", "Sign in")}</button>
        </form>
        """));

    private static IResult Message(Visit visit, int status, string title, string text) =>
        Page(visit, status, title, Html.Of($"""<p>{text}</p><p><a href="/sign-in">{visit.Say("Về trang đăng nhập", "To the sign-in page")}</a></p>"""));

    private static IResult Page(Visit visit, int status, string title, Html content) => Layout.Page(visit, title, Html.Of($"""
        <section class="card narrow stack"><h1>{title}</h1>
        {content}
        </section>
        """), status);

    /// <summary>Who proved the first factor and where to go: for the page that asks for the second, bound to the account as it is now.</summary>
    private static string Sealed(Visit visit, Account account, string back) => Protector(visit).Protect($"{account.Name}\n{SessionCookies.StampOf(account)}\n{back}", CodeWait);

    private static string[] Opened(Visit visit, string kept)
    {
        try
        {
            return Protector(visit).Unprotect(kept).Split('\n', 3);
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private static ITimeLimitedDataProtector Protector(Visit visit) =>
        visit.Http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("organisation code").ToTimeLimitedDataProtector();

    private static OpenIdSignIn Desk(Visit visit) => visit.Http.RequestServices.GetRequiredService<OpenIdSignIn>();
}
