using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Hub.Operations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace DocExchange.Hub.Clerk.Sessions;

/// <summary>
/// Who is signed in, by a cookie the browser keeps until it is closed, for <see cref="Longest"/> at most. The account is read anew with every request: disabled, or with another
/// password or second factor, its sessions end at once.
/// </summary>
public sealed class SessionCookies(IPartyStore store, CurrentParties parties, TimeProvider time)
{
    /// <summary>In a session that began at the organisation's issuer.</summary>
    private const string ByIssuer = "issuer";

    /// <summary>In a session whose second factor was proven when it began.</summary>
    private const string FactorProven = "factor";

    private const string Stamp = "stamp";
    private const string Began = "began";
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);

    /// <summary>However busy: who stole a cookie must not keep it alive by using it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>How the session in this cookie began.</summary>
    public static SessionKind KindOf(ClaimsPrincipal person) => new(person.HasClaim(ByIssuer, "1"), person.HasClaim(FactorProven, "1"), BeganOf(person));

    public static void Add(IServiceCollection services, HubOptions options)
    {
        var keys = Path.Combine(Path.GetFullPath(options.Data), "keys", "sessions");
        Core.DurableFile.CreateDirectory(keys);
        services.AddDataProtection().SetApplicationName("DocExchange").PersistKeysToFileSystem(new DirectoryInfo(keys));
        services.AddAuthentication().AddCookie(cookie =>
        {
            cookie.Cookie.Name = "dx-session";
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = Idle;
            cookie.SlidingExpiration = true;
        });
        services.AddAntiforgery(form =>
        {
            form.FormFieldName = "form-token";
            form.Cookie.Name = "dx-form";
            form.Cookie.SameSite = SameSiteMode.Strict;
            form.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddSingleton<SessionCookies>();
        services.AddSingleton<SignIn>();
    }

    internal async Task<Visit> VisitAsync(HttpContext http)
    {
        var known = await http.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme).ConfigureAwait(false);
        var account = known.Principal is { } person ? await FindAsync(person, http.RequestAborted).ConfigureAwait(false) : null;
        // Form tokens are bound to the person; somebody whose session ended is nobody.
        http.User = account is null ? new ClaimsPrincipal(new ClaimsIdentity()) : known.Principal!;
        return new Visit(http, account, parties.Book);
    }

    public static Task OpenAsync(HttpContext http, Account account, SessionKind kind)
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, IdOf(account)), new(ClaimTypes.Name, account.Name), new(Stamp, StampOf(account))];
        var began = kind.Began ?? http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        claims.Add(new Claim(Began, began.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        if (kind.ByIssuer) claims.Add(new Claim(ByIssuer, "1"));
        if (kind.FactorProven) claims.Add(new Claim(FactorProven, "1"));
        return http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme,
            new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme)));
    }

    public static Task CloseAsync(HttpContext http) => http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);

    private async Task<Account?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (BeganOf(person) is not { } began || time.GetUtcNow() - began >= Longest) return null;
        var account = await store.FindAccountAsync(person.FindFirstValue(ClaimTypes.Name) ?? "", cancellationToken).ConfigureAwait(false);
        return account is { Enabled: true } && person.FindFirstValue(ClaimTypes.NameIdentifier) == IdOf(account) && person.FindFirstValue(Stamp) == StampOf(account)
            ? account
            : null;
    }

    private static DateTimeOffset? BeganOf(ClaimsPrincipal person) =>
        long.TryParse(person.FindFirstValue(Began), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string IdOf(Account account) => account.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Other after every change that must end the sessions of before: password, second factor, link to an issuer.</summary>
    internal static string StampOf(Account account) => Convert.ToHexStringLower(SHA256.HashData(
        [.. Encoding.UTF8.GetBytes($"{account.PasswordHash}\n{account.Identity?.Issuer}\n{account.Identity?.Subject}\n"), .. account.SecondFactor?.Secret.ToArray() ?? []]).AsSpan(0, 16));
}
