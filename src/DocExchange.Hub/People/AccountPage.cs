using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.Hub.Api;
using DocExchange.Hub.Clerk;
using DocExchange.Hub.Clerk.Markup;
using DocExchange.Hub.Clerk.Sessions;
using DocExchange.Hub.Operations;
using Microsoft.AspNetCore.DataProtection;
using QRCoder;

namespace DocExchange.Hub.People;

/// <summary>A person's own account: enrols the second factor and changes the password.</summary>
internal static class AccountPage
{
    /// <summary>A secret shown is good for so long; then the page shows another.</summary>
    private static readonly TimeSpan Offered = TimeSpan.FromMinutes(15);

    /// <summary>False for who must first enrol a second factor or change a password that somebody else has seen.</summary>
    public static bool IsSettled(Visit visit) => !PasswordForm.IsDue(visit)
        && (visit.Session.FactorProven || !visit.Http.RequestServices.GetRequiredService<SecondFactors>().IsMissing(visit.Account!));

    /// <param name="said">Why the password was not changed.</param>
    public static IResult Show(Visit visit, string? said = null, int status = StatusCodes.Status200OK) =>
        Page(visit, visit.Account!.SecondFactor is null ? Offer(visit, Totp.NewSecret(), null) : Enrolled(visit), said, status);

    private static Html Enrolled(Visit visit) => Html.Of($"""
        <p>{visit.Say("Đã đăng ký xác thực hai lớp. Nếu mất điện thoại và hết mã khôi phục, hãy nhờ cán bộ an toàn gỡ đăng ký.", "A second factor is enrolled. If the phone and the recovery codes are lost, have a security officer remove it.")}</p>
        """);

    public static async Task<IResult> EnrolAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync().ConfigureAwait(false);
        var account = visit.Account!;
        if (account.SecondFactor is not null) return SignInPage.SeeOther(visit.Http, "/account");
        if (Opened(visit, form["offer"].ToString()) is not { } secret) return SignInPage.SeeOther(visit.Http, "/account");
        var services = visit.Http.RequestServices;
        var codes = await services.GetRequiredService<SecondFactors>().EnrolAsync(account, secret, form["code"].ToString(), HubApi.Actor(account), visit.Http.RequestAborted).ConfigureAwait(false);
        if (codes is null) return Page(visit, Offer(visit, secret, visit.Say("Mã không đúng. Hãy nhập mã đang hiện trong ứng dụng.", "The code does not fit. Enter the one the app shows now.")));
        // The session of before ended with the change; this one goes on.
        var enrolled = await services.GetRequiredService<Core.Ports.IPartyStore>().FindAccountAsync(account.Name, visit.Http.RequestAborted).ConfigureAwait(false);
        await SessionCookies.OpenAsync(visit.Http, enrolled!, visit.Session with { FactorProven = true }).ConfigureAwait(false);
        return Page(visit, Html.Of($"""
            <p role="status">{visit.Say("Đã đăng ký. Hãy cất các mã khôi phục dưới đây ở nơi an toàn: mỗi mã dùng được một lần và chỉ hiện lần này.", "Enrolled. Keep these recovery codes in a safe place: each is good once, and they are shown this once.")}</p>
            <ul class="codes">{codes.Select(code => Html.Of($"<li><code>{code}</code></li>"))}</ul>
            """));
    }

    private static Html Offer(Visit visit, byte[] secret, string? said)
    {
        var address = Totp.AddressOf(secret, visit.Http.RequestServices.GetRequiredService<HubOptions>().Name, visit.Account!.Name);
        return Html.Of($"""
            {Html.When(said is not null, () => Html.Of($"""<p class="notice bad" role="alert">{said}</p>"""))}
            <p>{visit.Say("Quét mã bằng ứng dụng xác thực trên điện thoại, rồi nhập mã sáu chữ số mà ứng dụng hiện ra.", "Scan this with an authenticator app, then enter the six digits it shows.")}</p>
            {Drawn(address)}
            <p>{visit.Say("Hoặc nhập khóa:", "Or type the key:")} <code>{Totp.Base32(secret)}</code></p>
            <form method="post" action="/account/second-factor" class="stack">
            {visit.FormToken()}<input type="hidden" name="offer" value="{Protector(visit).Protect(Convert.ToBase64String(secret), Offered)}">
            <label for="code">{visit.Say("Mã sáu chữ số", "Six digits")}</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="6">
            <button class="main">{visit.Say("Đăng ký", "Enrol")}</button>
            </form>
            """);
    }

    /// <summary>Drawn as part of the page, which takes no images from data addresses: a square per dark module.</summary>
    private static Html Drawn(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var (rows, path) = (code.ModuleMatrix, new StringBuilder());
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (rows[y][x]) path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }
        // The quiet zone is part of the matrix.
        var size = rows.Count;
        return Html.Of($"""<svg class="qr" role="img" aria-label="QR" width="264" height="264" viewBox="0 0 {size} {size}"><rect width="{size}" height="{size}" fill="#fff"/><path d="{path.ToString()}" fill="#000"/></svg>""");
    }

    private static byte[]? Opened(Visit visit, string offer)
    {
        try
        {
            return Convert.FromBase64String(Protector(visit).Unprotect(offer));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Bound to the account: what one person was offered nobody else can enrol.</summary>
    private static ITimeLimitedDataProtector Protector(Visit visit) => visit.Http.RequestServices.GetRequiredService<IDataProtectionProvider>()
        .CreateProtector("second factor", HubApi.Actor(visit.Account!)).ToTimeLimitedDataProtector();

    private static IResult Page(Visit visit, Html factor, string? said = null, int status = StatusCodes.Status200OK)
    {
        var password = PasswordForm.Section(visit, said);
        factor = Html.Of($"""<h2>{visit.Say("Xác thực hai lớp", "Second factor")}</h2>{factor}""");
        // What is due or was just done comes first: on a phone the other part fills the screen.
        Html[] parts = said is not null || PasswordForm.IsDone(visit) || PasswordForm.IsDue(visit) ? [password, factor] : [factor, password];
        return Layout.Page(visit, visit.Say("Tài khoản", "Account"), Html.Of($"""
            <section class="card narrow"><h1>{visit.Say("Tài khoản", "Account")}</h1>
            {parts}
            </section>
            """), status);
    }
}
