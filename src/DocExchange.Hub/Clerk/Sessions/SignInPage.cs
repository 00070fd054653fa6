using DocExchange.Hub.Clerk.Markup;
using DocExchange.Hub.OpenId;

namespace DocExchange.Hub.Clerk.Sessions;

/// <summary>Sign-in, sign-out and the language switch.</summary>
internal static class SignInPage
{
    public static IResult Show(Visit visit) =>
        visit.Account is null ? Form(visit, visit.Http.Request.Query["back"], null, StatusCodes.Status200OK) : Results.Redirect("/");

    public static async Task<IResult> TryAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync().ConfigureAwait(false);
        var (outcome, wait) = await visit.Http.RequestServices.GetRequiredService<SignIn>()
            .TryAsync(visit.Http, form["name"].ToString().Trim(), form["password"].ToString(), form["code"]).ConfigureAwait(false);
        if (outcome == SignInOutcome.Done) return SeeOther(visit.Http, Local(form["back"]));
        return Form(visit, form["back"], Refusal(visit, outcome, wait), StatusOf(visit.Http, outcome, wait));
    }

    /// <summary>The status for somebody who is not let in, with the time to wait in the answer's head.</summary>
    public static int StatusOf(HttpContext http, SignInOutcome outcome, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero) http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return outcome switch
        {
            SignInOutcome.Busy => StatusCodes.Status503ServiceUnavailable,
            SignInOutcome.Locked => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status401Unauthorized,
        };
    }

    /// <summary>Why somebody is not let in, in words that give nothing away.</summary>
    public static string Refusal(Visit visit, SignInOutcome outcome, TimeSpan wait) => outcome switch
    {
        SignInOutcome.Busy => visit.Say("Hệ thống đang bận. Hãy thử lại sau ít giây.", "The system is busy. Try again in a few seconds."),
        SignInOutcome.Locked => visit.Say($"Đã sai nhiều lần. Hãy thử lại sau {Seconds(wait)} giây.", $"Too many failures. Try again in {Seconds(wait)} seconds."),
        _ => visit.Say("Tên, mật khẩu hoặc mã xác thực không đúng.", "Name, password or code is wrong."),
    };

    /// <summary>The hub's session ends here; that at the organisation, which other systems use too, when the person wants it.</summary>
    public static async Task<IResult> LeaveAsync(Visit visit)
    {
        await visit.Http.RequestServices.GetRequiredService<SignIn>().EndAsync(visit.Http, visit.Account).ConfigureAwait(false);
        return SeeOther(visit.Http, visit.Session.ByIssuer ? "/sign-in?left=organisation" : "/sign-in");
    }

    public static async Task<IResult> SwitchLanguageAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync().ConfigureAwait(false);
        visit.Http.Response.Cookies.Append(Visit.LanguageCookie, form["language"] == "en" ? "en" : "vi", new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Strict,
            Secure = visit.Http.Request.IsHttps,
        });
        return SeeOther(visit.Http, Local(form["back"]));
    }

    /// <summary>After a form, a page of its own, so that reloading does not send the form again.</summary>
    public static IResult SeeOther(HttpContext http, string where)
    {
        http.Response.Headers.Location = where;
        Layout.Protect(http);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>Only a path of this hub; anything else leads to the start, never to somebody else's site.</summary>
    public static string Local(string? back) =>
        back is { Length: > 0 and < 2000 } && back[0] == '/' && !(back.Length > 1 && back[1] is '/' or '\\') && back.All(c => c is > ' ' and < '\x7f') ? back : "/";

    private static string Seconds(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static IResult Form(Visit visit, string? back, string? said, int status) => Layout.Page(visit, visit.Say("Đăng nhập", "Sign in"), Html.Of($"""
        <section class="card narrow">
        <h1>{visit.Say("Đăng nhập", "Sign in")}</h1>
        <p class="hint">{visit.Say("Dành cho văn thư, người kiểm tra và người quản trị.", "For clerks, auditors and operators.")}</p>
        {Html.When(visit.Http.Request.Query["left"] == "organisation", () => Html.Of($"""
            <p class="notice note" role="status">{visit.Say("Đã đăng xuất khỏi trang này. Tài khoản cơ quan vẫn đang đăng nhập.", "You are signed out here. Your organisation account is still signed in.")}
            <a href="{OpenIdSignIn.Path}/leave">{visit.Say("Đăng xuất tài khoản cơ quan", "Sign out of it too")}</a></p>
            """))}
        {Html.When(said is not null, () => Html.Of($"""<p class="notice bad" role="alert">{said}</p>"""))}
        <form method="post" action="/sign-in" class="stack">
        {visit.FormToken()}<input type="hidden" name="back" value="{Local(back)}">
        <label for="name">{visit.Say("Tên đăng nhập", "Name")}</label>
        <input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="100" autofocus>
        <label for="password">{visit.Say("Mật khẩu", "Password")}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200">
        <label for="code">{visit.Say("Mã xác thực (nếu đã đăng ký)", "Code of the authenticator app (if enrolled)")}</label>
        <input id="code" name="code" autocomplete="one-time-code" spellcheck="false" maxlength="40">
        <button class="main">{visit.Say("Đăng nhập", "Sign in")}</button>
        </form>
        {OpenIdPages.Offer(visit, Local(back))}
        </section>
        """), status);
}
