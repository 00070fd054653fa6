using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Clerk.Browser;

namespace DocExchange.IntegrationTests.OpenId;

/// <summary>The way to the issuer and back in real Chromium, whose rules on cookies between sites no other client has.</summary>
public sealed class OpenIdBrowserTests(OpenIdFixture fixture) : IClassFixture<OpenIdFixture>
{
    [SkippableTheory]
    [InlineData(1100, 760, "organisation")]
    [InlineData(360, 740, "phone-organisation")]
    public async Task A_person_signs_in_with_the_organisations_account_by_keyboard(int width, int height, string picture)
    {
        await using var browser = await BrowserPages.OpenAsync(width, height);
        if (await fixture.Hub.PartyStore.FindAccountAsync("vanhanh", default) is null) await fixture.AddAsync("vanhanh", Role.Operator, "demo-vanhanh");
        // Another name for this machine is another site, as the issuer's is.
        fixture.Hub.Hub.Options.OpenId.PublicAddress = $"http://localhost:{fixture.Hub.Address.Port}";
        await browser.OpenAsync($"http://localhost:{fixture.Hub.Address.Port}/sign-in?back=%2F%3Fq%3D108");
        await BrowserPages.CheckAsync(browser, picture + "-sign-in");

        await browser.AskAsync("document.querySelector('a.button').focus()");
        await browser.PressAsync("Enter", leads: true);
        var shown = (await browser.AskAsync("location.href + document.body.innerText"))!.GetValue<string>();
        Assert.True(shown.StartsWith(fixture.Issuer + "/authorize?", StringComparison.Ordinal), shown);
        await browser.AskAsync("document.querySelector('button[value=demo-vanhanh]').focus()");
        await browser.PressAsync("Enter", leads: true);
        for (var deadline = DateTime.UtcNow.AddMinutes(2); (await browser.AskAsync("location.pathname + location.search"))!.GetValue<string>() != "/?q=108"; await Task.Delay(50))
        {
            Assert.True(DateTime.UtcNow < deadline, "the browser did not come to the page that was wanted");
        }
        await BrowserPages.CheckAsync(browser, picture + "-signed-in", keep: false);
        Assert.Contains("vanhanh", (await browser.AskAsync("document.querySelector('.who').textContent"))!.GetValue<string>(), StringComparison.Ordinal);
    }
}
