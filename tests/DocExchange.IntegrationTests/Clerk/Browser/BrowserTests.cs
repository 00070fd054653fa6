using DocExchange.Core.Parties;
using DocExchange.Core.Signing;

namespace DocExchange.IntegrationTests.Clerk.Browser;

/// <summary>
/// The pages in real Chromium: by keyboard alone, on a desk and on a phone, checked by axe, with nothing asked of anybody but the hub. With
/// DOCEXCHANGE_SCREENSHOTS=DIR the pictures are kept there; docs/images has those that were looked at.
/// </summary>
public sealed class BrowserTests(ClerkFixture fixture) : IClassFixture<ClerkFixture>
{
    [SkippableFact]
    public async Task A_clerk_signs_in_finds_a_document_and_opens_it_by_keyboard_alone()
    {
        await using var browser = await BrowserPages.OpenAsync(1100, 760);
        await browser.OpenAsync(fixture.Hub.Address.ToString());
        await BrowserPages.CheckAsync(browser, "sign-in");

        await SignInByKeyboardAsync(browser, ClerkFixture.Operator);
        await BrowserPages.CheckAsync(browser, "list");
        Assert.Equal("q", await FocusAfterTabsAsync(browser, 8));
        await browser.TypeAsync("chuyen doi so");
        await browser.PressAsync("Enter", leads: true);
        Assert.Contains("q=chuyen", (await browser.AskAsync("location.href"))!.GetValue<string>(), StringComparison.Ordinal);
        await browser.AskAsync("document.querySelector('.list a').focus()");
        await browser.PressAsync("Enter", leads: true);

        Assert.Equal("108/KH-UBND", (await browser.AskAsync("document.querySelector('h1').textContent"))!.GetValue<string>());
        await browser.ResizeAsync(1000, 1200);
        await BrowserPages.CheckAsync(browser, "document");
        await browser.ResizeAsync(1100, 760);
        await browser.OpenAsync(fixture.Hub.Address + "?q=khong+co+van+ban+nay&sender=H30");
        await BrowserPages.CheckAsync(browser, "empty");
        await browser.OpenAsync(fixture.Hub.Address + "documents/nowhere");
        await BrowserPages.CheckAsync(browser, "missing", keep: false);
    }

    [SkippableFact]
    public async Task On_a_phone_of_360_pixels_nothing_is_cut_off_and_nothing_scrolls_sideways()
    {
        await using var browser = await BrowserPages.OpenAsync(360, 740);
        await browser.OpenAsync(fixture.Hub.Address.ToString());
        await BrowserPages.CheckAsync(browser, "phone-sign-in", keep: false);
        await SignInByKeyboardAsync(browser, ClerkFixture.Clerk);
        await BrowserPages.CheckAsync(browser, "phone-list");
        await browser.OpenAsync(fixture.Hub.Address + "documents/" + fixture.PlanId);
        await BrowserPages.CheckAsync(browser, "phone-document");
        await browser.OpenAsync(fixture.Hub.Address + "?q=khongco&kind=1");
        await BrowserPages.CheckAsync(browser, "phone-empty", keep: false);
    }

    [SkippableFact]
    public async Task An_operator_puts_down_a_file_and_sees_what_it_changes()
    {
        await using var browser = await BrowserPages.OpenAsync(1100, 1250);
        await browser.OpenAsync(fixture.Hub.Address.ToString());
        await SignInByKeyboardAsync(browser, ClerkFixture.Operator);
        await browser.OpenAsync(fixture.Hub.Address + "directory?q=so");
        await BrowserPages.CheckAsync(browser, "directory");
        await browser.AskAsync("""
            (() => {
              const rows = ["code,name,parent,aliases,mail,validTo,successor", "H30.13,Sở Y tế (mẫu),H30,000.00.13.H30,syt@haugiang.gov.vn,,",
                "H30.12.05,Phòng Hành chính Sở Tư pháp (mẫu),H30.12,000.05.12.H30,,2025-07-01,H30.12", "H30.14,Sở Nội vụ (mẫu),H30,000.00.14.H30,,,",
                "H30.15,Sở Tài chính (mẫu),H31,,,,", "H30,UBND tỉnh (mẫu),,000.00.00.H30,,,"];
              const files = new DataTransfer();
              files.items.add(new File([rows.join("\n")], "danh-ba-2025.csv"));
              document.querySelector('#file').files = files.files;
              document.querySelector('form[action="/directory/import"] button').focus();
            })()
            """);
        await browser.PressAsync("Enter", leads: true);
        Assert.Contains("/directory/import/", (await browser.AskAsync("location.pathname"))!.GetValue<string>(), StringComparison.Ordinal);
        await BrowserPages.CheckAsync(browser, "import");
        await browser.ResizeAsync(360, 740);
        await BrowserPages.CheckAsync(browser, "phone-import", keep: false);
    }

    [SkippableFact]
    public async Task An_auditor_makes_an_export_by_keyboard_and_sees_it_on_a_desk_and_on_a_phone()
    {
        await using var browser = await BrowserPages.OpenAsync(1100, 1300);
        await browser.OpenAsync(fixture.Hub.Address.ToString());
        await SignInByKeyboardAsync(browser, ClerkFixture.Auditor);
        await browser.OpenAsync(fixture.Hub.Address + "audit");
        await browser.AskAsync("document.querySelector('#agency').focus()");
        await browser.TypeAsync("H30");
        await browser.PressAsync("Enter", leads: true);
        Assert.Matches("^/audit/[0-9a-f]+$", (await browser.AskAsync("location.pathname"))!.GetValue<string>());
        await Polled.UntilAsync(() => IsShownAsync(browser, "main a[href$=\"/file\"]"), "the page with the file");
        await BrowserPages.CheckAsync(browser, "audit-export");
        await browser.OpenAsync(fixture.Hub.Address + "audit");
        await BrowserPages.CheckAsync(browser, "audit");
        await browser.ResizeAsync(360, 740);
        await BrowserPages.CheckAsync(browser, "phone-audit");
    }

    [SkippableFact]
    public async Task A_person_changes_the_own_password_by_keyboard_alone_on_a_desk_and_on_a_phone()
    {
        await fixture.Hub.PartyStore.SaveAccountAsync(new Account(0, "nguyen.van.mau", PasswordHash.Make(ClerkFixture.Password, isHandedOver: true), Role.Clerk, fixture.Hub.Agency("H30.12").Id), "test", default);
        await using var browser = await BrowserPages.OpenAsync(1100, 1400);
        await browser.OpenAsync(fixture.Hub.Address.ToString());
        await SignInByKeyboardAsync(browser, "nguyen.van.mau", leadsTo: "/account");
        await BrowserPages.CheckAsync(browser, "account");
        await browser.ResizeAsync(360, 1500);
        await BrowserPages.CheckAsync(browser, "phone-account");
        await browser.AskAsync("document.querySelector('#old').focus()");
        foreach (var typed in new[] { ClerkFixture.Password, "một câu dài dễ nhớ", "một câu dài dễ nhớ" })
        {
            await browser.TypeAsync(typed);
            await browser.PressAsync("Tab");
        }
        await browser.PressAsync("Enter", leads: true);

        Assert.Equal("/account?changed=password", (await browser.AskAsync("location.pathname + location.search"))!.GetValue<string>());
        Assert.True(await IsShownAsync(browser, "main .good"));
        await BrowserPages.CheckAsync(browser, "phone-account-changed", keep: false);
    }

    private static async Task SignInByKeyboardAsync(Chromium browser, string name, string leadsTo = "/")
    {
        // The name has the focus when the page opens.
        await browser.TypeAsync(name);
        await browser.PressAsync("Tab");
        await browser.TypeAsync(ClerkFixture.Password);
        await browser.PressAsync("Enter", leads: true);
        Assert.Equal(leadsTo, (await browser.AskAsync("location.pathname"))!.GetValue<string>());
    }

    private static async Task<string?> FocusAfterTabsAsync(Chromium browser, int most)
    {
        string? id = null;
        for (var i = 0; i < most && id != "q"; i++)
        {
            await browser.PressAsync("Tab");
            id = (await browser.AskAsync("document.activeElement.id"))?.GetValue<string>();
        }
        return id;
    }

    /// <summary>False, too, while the page is exchanged for its next state.</summary>
    private static async Task<bool> IsShownAsync(Chromium browser, string selector)
    {
        try
        {
            return (await browser.AskAsync($"!!document.querySelector('{selector}')"))!.GetValue<bool>();
        }
        catch (IOException)
        {
            return false;
        }
    }
}
