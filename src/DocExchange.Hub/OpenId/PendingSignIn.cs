using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace DocExchange.Hub.OpenId;

/// <summary>
/// A sign-in that is on its way to the issuer and back, kept sealed in the browser that began it: nobody else's browser can end it, and people who
/// never come back cost nothing.
/// </summary>
/// <param name="State">Comes back with the answer and shows that this browser asked for it.</param>
/// <param name="Nonce">Comes back inside the token and shows that the token is for this sign-in.</param>
/// <param name="Verifier">Shown when the code is exchanged (PKCE, RFC 7636): a code caught on its way is of no use.</param>
/// <param name="Back">Where in this hub the person wanted to go.</param>
internal sealed record PendingSignIn(string State, string Nonce, string Verifier, string Back)
{
    /// <summary>How long a person may take at the issuer.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private const string Cookie = "dx-organisation";
    private const string Path = OpenIdSignIn.Path;

    public static PendingSignIn Begin(string back) => new(Core.Ids.Secret(), Core.Ids.Secret(), Core.Ids.Secret(), back);

    public void Keep(HttpContext http) => http.Response.Cookies.Append(Cookie, Protector(http).Protect(JsonSerializer.Serialize(this), Lasts), Options(http));

    /// <summary>The one this browser began, once: it is taken out of the browser. Null when there is none, or it took too long.</summary>
    public static PendingSignIn? Take(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } kept) return null;
        http.Response.Cookies.Delete(Cookie, Options(http));
        try
        {
            return JsonSerializer.Deserialize<PendingSignIn>(Protector(http).Unprotect(kept));
        }
        catch (Exception spoilt) when (spoilt is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Lax, not strict: it must come along when the issuer's page leads back.</summary>
    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = Path, MaxAge = Lasts,
    };

    private static ITimeLimitedDataProtector Protector(HttpContext http) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("organisation sign-in").ToTimeLimitedDataProtector();
}
