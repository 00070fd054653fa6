using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Hub.Api;
using DocExchange.Hub.Clerk;
using DocExchange.Hub.Clerk.Markup;
using DocExchange.Hub.Clerk.Sessions;

namespace DocExchange.Hub.People;

/// <summary>
/// A person's own password: whoever made the account has seen the first one, which is good for nothing but to be changed. The other sessions of
/// the account end with the change.
/// </summary>
internal static class PasswordForm
{
    /// <summary>Where the page says that it was done.</summary>
    private const string Done = "/account?changed=password";

    private const int Shortest = 12;

    /// <param name="said">Why the last attempt changed nothing.</param>
    public static Html Section(Visit visit, string? said = null) => Html.Of($"""
        <h2>{visit.Say("Đổi mật khẩu", "Change the password")}</h2>
        {Html.When(IsDone(visit), () => Html.Of($"""
            <p class="notice good" role="status">{visit.Say("Đã đổi mật khẩu. Các phiên đăng nhập khác của bạn đã kết thúc.", "The password is changed. Your other sessions have ended.")}</p>
            """))}
        {Html.When(said is null && IsDue(visit), () => Html.Of($"""
            <p class="notice wait" role="status">{visit.Say("Mật khẩu này do người khác cấp và họ đã nhìn thấy. Hãy đổi mật khẩu trước khi tiếp tục.", "Somebody else gave you this password and has seen it. Change it before you go on.")}</p>
            """))}
        {Html.When(said is not null, () => Html.Of($"""<p class="notice bad" role="alert">{said}</p>"""))}
        <p class="hint" id="rule">{visit.Say($"Ít nhất {Shortest} ký tự. Một câu dài dễ nhớ tốt hơn một từ khó.", $"At least {Shortest} characters. A long sentence is better than a difficult word.")}</p>
        <form method="post" action="/account/password" class="stack">
        {visit.FormToken()}
        <label for="old">{visit.Say("Mật khẩu hiện tại", "Present password")}</label>
        <input id="old" name="old" type="password" autocomplete="current-password" required maxlength="{SignInGate.LongestPassword}">
        <label for="new">{visit.Say("Mật khẩu mới", "New password")}</label>
        <input id="new" name="new" type="password" autocomplete="new-password" required minlength="{Shortest}" maxlength="{SignInGate.LongestPassword}" aria-describedby="rule">
        <label for="again">{visit.Say("Nhập lại mật khẩu mới", "New password again")}</label>
        <input id="again" name="again" type="password" autocomplete="new-password" required minlength="{Shortest}" maxlength="{SignInGate.LongestPassword}">
        <button class="main">{visit.Say("Đổi mật khẩu", "Change it")}</button>
        </form>
        """);

    /// <summary>True where somebody else knows the password the person signed in with.</summary>
    public static bool IsDue(Visit visit) => !visit.Session.ByIssuer && PasswordHash.IsHandedOver(visit.Account!.PasswordHash);

    /// <summary>True on the page that follows a change.</summary>
    public static bool IsDone(Visit visit) => visit.Http.Request.Query["changed"] == "password";

    public static async Task<IResult> ChangeAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync().ConfigureAwait(false);
        var (old, wanted) = (form["old"].ToString(), form["new"].ToString());
        if (Objection(visit, old, wanted, form["again"].ToString()) is { } objection) return AccountPage.Show(visit, objection, StatusCodes.Status400BadRequest);
        var services = visit.Http.RequestServices;
        var (outcome, wait) = await services.GetRequiredService<SignIn>().ProvePasswordAsync(visit.Http, visit.Account!, old).ConfigureAwait(false);
        if (outcome != SignInOutcome.Done) return AccountPage.Show(visit, Refusal(visit, outcome, wait), SignInPage.StatusOf(visit.Http, outcome, wait));
        var hash = await Task.Run(() => PasswordHash.Make(wanted)).ConfigureAwait(false);
        var store = services.GetRequiredService<IPartyStore>();
        // As it is now: a hash takes its time, and whoever was disabled or made something else meanwhile stays that.
        var account = await store.FindAccountAsync(visit.Account!.Name, visit.Http.RequestAborted).ConfigureAwait(false);
        if (account is not { Enabled: true } || SessionCookies.StampOf(account) != SessionCookies.StampOf(visit.Account)) return SignInPage.SeeOther(visit.Http, "/sign-in");
        var changed = account with { PasswordHash = hash };
        await store.SaveAccountAsync(changed, HubApi.Actor(account), CancellationToken.None).ConfigureAwait(false);
        // The session of before ended with the change; this one goes on.
        await SessionCookies.OpenAsync(visit.Http, changed, visit.Session).ConfigureAwait(false);
        return SignInPage.SeeOther(visit.Http, Done);
    }

    private static string? Objection(Visit visit, string old, string wanted, string again) =>
        wanted.Length is < Shortest or > SignInGate.LongestPassword
            ? visit.Say($"Mật khẩu mới phải có từ {Shortest} đến {SignInGate.LongestPassword} ký tự.", $"The new password must have {Shortest} to {SignInGate.LongestPassword} characters.")
        : wanted != again ? visit.Say("Hai lần nhập mật khẩu mới không giống nhau.", "The two new passwords differ.")
        : wanted == old ? visit.Say("Mật khẩu mới phải khác mật khẩu hiện tại.", "The new password must differ from the present one.")
        : null;

    private static string Refusal(Visit visit, SignInOutcome outcome, TimeSpan wait) => outcome == SignInOutcome.Wrong
        ? visit.Say("Mật khẩu hiện tại không đúng.", "The present password is wrong.")
        : SignInPage.Refusal(visit, outcome, wait);
}
