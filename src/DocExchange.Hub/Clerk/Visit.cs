using System.Globalization;
using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Hub.Clerk.Markup;
using DocExchange.Hub.Clerk.Sessions;
using Microsoft.AspNetCore.Antiforgery;

namespace DocExchange.Hub.Clerk;

/// <summary>One request of a person: who it is, what they may see, and in which language they read.</summary>
internal sealed class Visit(HttpContext http, Account? account, PartyBook book)
{
    public const string LanguageCookie = "dx-language";

    public HttpContext Http => http;

    public PartyBook Book => book;

    /// <summary>Null before sign-in.</summary>
    public Account? Account => account;

    /// <summary>How the session began.</summary>
    public SessionKind Session { get; } = SessionCookies.KindOf(http.User);

    public bool InEnglish { get; } = http.Request.Cookies[LanguageCookie] == "en";

    public string Language => InEnglish ? "en" : "vi";

    /// <summary>A clerk sees its agency and the units below; operators and auditors everything.</summary>
    public Scope Scope => account switch
    {
        { Role: Role.Operator or Role.Auditor } => Scope.Everything(),
        { AgencyId: { } agency } => book.ScopeOfAgency(agency),
        _ => Scope.OfAgencies(new HashSet<long>()),
    };

    public string Say(string vietnamese, string english) => InEnglish ? english : vietnamese;

    /// <summary>Day, month, year and time of Vietnam.</summary>
    public static string Time(DateTimeOffset time) => VietnamTime.Of(time).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    public static Html TimeElement(DateTimeOffset time) =>
        Html.Of($"""<time datetime="{VietnamTime.Of(time).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)}">{Time(time)}</time>""");

    /// <summary>A date as packages write it, day first; as it is when it cannot be read.</summary>
    public static string? Date(string? text) => VietnamTime.TryParseDate(text, out var date) ? date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) : text;

    /// <summary>The hidden field without which no form is accepted.</summary>
    public Html FormToken()
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return Html.Of($"""<input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">""");
    }
}
