using DocExchange.Core.Parties;
using DocExchange.Hub.Clerk.Markup;

namespace DocExchange.Hub.Clerk;

/// <summary>What surrounds every page: head, the bar with person and language, and the policy that lets nothing foreign in.</summary>
internal static class Layout
{
    /// <summary>Nothing but the hub's own style sheet and pictures; no script at all.</summary>
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static IResult Page(Visit visit, string title, Html main, int status = StatusCodes.Status200OK)
    {
        var whole = Whole(visit, title, main);
        Protect(visit.Http);
        return Results.Content(whole.Text, "text/html; charset=utf-8", statusCode: status);
    }

    public static void Protect(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    private static Html Whole(Visit visit, string title, Html main) => Html.Of($"""
        <!doctype html>
        <html lang="{visit.Language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} – DocExchange</title>
        <link rel="stylesheet" href="/assets/clerk.css">
        <link rel="icon" href="/assets/emblem.svg" type="image/svg+xml">
        </head>
        <body>
        <a class="skip" href="#main">{visit.Say("Tới nội dung chính", "Skip to content")}</a>
        <header class="bar"><div class="wide">
        <a class="brand" href="/"><img src="/assets/emblem.svg" alt="" width="36" height="36"><span><strong>DocExchange</strong><span>{visit.Say("Trục liên thông văn bản điện tử", "Official document exchange")}</span></span></a>
        <div class="person">{Person(visit)}{LanguageSwitch(visit)}</div>
        </div></header>
        <main id="main" class="wide" tabindex="-1">
        {main}
        </main>
        <footer class="wide"><p>{visit.Say("Giờ trên trang là giờ Việt Nam (+07:00).", "Times are Vietnam time (+07:00).")}</p></footer>
        </body>
        </html>
        """);

    private static Html Person(Visit visit)
    {
        if (visit.Account is not { } account) return Html.Nothing;
        var place = account.Role switch
        {
            Role.Operator => visit.Say("Quản trị", "Operator"),
            Role.Auditor => visit.Say("Kiểm tra", "Auditor"),
            Role.SecurityOfficer => visit.Say("An toàn thông tin", "Security officer"),
            _ => account.AgencyId is { } id ? visit.Book.Directory.Find(id)?.Name ?? "" : "",
        };
        var directory = Html.When(account.Role == Role.Operator, () => Html.Of($"""<a class="plain" href="/directory">{visit.Say("Danh bạ", "Directory")}</a>"""));
        var evidence = Html.When(account.Role is Role.Auditor or Role.Operator, () => Html.Of($"""<a class="plain" href="/audit">{visit.Say("Bằng chứng", "Evidence")}</a>"""));
        return Html.Of($"""
            {evidence}{directory}<p class="who"><a href="/account">{account.Name}</a><span>{place}</span></p>
            <form method="post" action="/sign-out">{visit.FormToken()}<button class="plain">{visit.Say("Đăng xuất", "Sign out")}</button></form>
            """);
    }

    private static Html LanguageSwitch(Visit visit)
    {
        // A page that answers a form has no address of its own to come back to.
        var back = HttpMethods.IsGet(visit.Http.Request.Method) ? visit.Http.Request.Path + visit.Http.Request.QueryString.ToString() : "/";
        var (code, name) = visit.InEnglish ? ("vi", "Tiếng Việt") : ("en", "English");
        return Html.Of($"""
            <form method="post" action="/language">{visit.FormToken()}<input type="hidden" name="back" value="{back}"><button class="plain" name="language" value="{code}" lang="{code}">{name}</button></form>
            """);
    }
}
