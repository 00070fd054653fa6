using System.Net;
using System.Text.RegularExpressions;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.IntegrationTests.Clerk;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.People;

/// <summary>Once an app is enrolled, a password alone opens nothing, and no code opens anything twice.</summary>
public sealed class SecondFactorTests(PeopleFixture fixture) : IClassFixture<PeopleFixture>
{
    [Fact]
    public async Task Enrolled_by_the_page_the_password_alone_opens_neither_pages_nor_the_json_interface()
    {
        await fixture.AddAsync("hai-lop", Role.Operator);
        using var person = await SignedInAsync("hai-lop");
        var (secret, codes) = await EnrolAsync(person);

        Assert.Equal(10, codes.Count);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/account")).Status);
        (await fixture.CallAsync(HttpMethod.Get, "systems", "hai-lop")).Is(401);
        using var another = new Person(fixture.Hub.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, (await another.SignInAsync("hai-lop", PeopleFixture.Password)).Status);
        // The code that enrolled belongs to this step; the next one is as good and not used yet.
        var code = Totp.CodeAt(secret, StepNow() + 1);
        (await fixture.CallAsync(HttpMethod.Get, "systems", "hai-lop", code: code)).Is(200);
        Assert.Equal(HttpStatusCode.Unauthorized, (await TryAsync("hai-lop", code)).Status);
    }

    [Fact]
    public async Task A_recovery_code_opens_once()
    {
        await fixture.AddAsync("mat-may", Role.Clerk);
        using var person = await SignedInAsync("mat-may");
        var (_, codes) = await EnrolAsync(person);

        Assert.Equal(HttpStatusCode.SeeOther, (await TryAsync("mat-may", codes[3])).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await TryAsync("mat-may", codes[3])).Status);
    }

    [Fact]
    public async Task Where_the_role_must_have_one_nothing_but_enrolling_is_open_without_it()
    {
        await using var hub = await TestHub.StartAsync(configure: options => options.People.SecondFactorFor = [Role.Auditor]);
        await hub.PartyStore.SaveAccountAsync(new Account(0, "kiemtra", PasswordHash.Make(PeopleFixture.Password), Role.Auditor, null), "test", default);
        using var person = new Person(hub.Address);
        await person.SignInAsync("kiemtra", PeopleFixture.Password);

        Assert.Equal("/account", (await person.GetAsync("/")).Location);
        Assert.Equal("/account", (await person.GetAsync("/audit")).Location);
        await EnrolAsync(person);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/")).Status);
    }

    private static long StepNow() => DateTimeOffset.UtcNow.ToUnixTimeSeconds() / Totp.StepSeconds;

    private async Task<Person> SignedInAsync(string name)
    {
        var person = new Person(fixture.Hub.Address);
        Assert.Equal(HttpStatusCode.SeeOther, (await person.SignInAsync(name, PeopleFixture.Password)).Status);
        return person;
    }

    private async Task<Page> TryAsync(string name, string code)
    {
        using var person = new Person(fixture.Hub.Address);
        await person.GetAsync("/sign-in");
        return await person.PostAsync("/sign-in", ("name", name), ("password", PeopleFixture.Password), ("code", code));
    }

    private static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> EnrolAsync(Person person)
    {
        var page = await person.GetAsync("/account");
        Assert.Contains("<svg class=\"qr\"", page.Text, StringComparison.Ordinal);
        var secret = FromBase32(Regex.Match(page.Text, "<code>([A-Z2-7]{32})</code>").Groups[1].Value);
        var offer = WebUtility.HtmlDecode(Regex.Match(page.Text, "name=\"offer\" value=\"([^\"]+)\"").Groups[1].Value);
        var enrolled = await person.PostAsync("/account/second-factor", ("offer", offer), ("code", Totp.CodeAt(secret, StepNow())));
        return (secret, [.. Regex.Matches(enrolled.Text, "<li><code>([A-Z2-7]{16})</code></li>").Select(m => m.Groups[1].Value)]);
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
