using System.Net;
using System.Text.RegularExpressions;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Hub.OpenId;
using DocExchange.IntegrationTests.Callers;
using DocExchange.IntegrationTests.Clerk;
using DocExchange.IntegrationTests.Evidence;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox;
using DocExchange.Sandbox.OpenId;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.OpenId;

/// <summary>A hub whose people sign in at the sandbox' provider, which a test can make lie.</summary>
public sealed class OpenIdFixture : IAsyncLifetime
{
    public const string Password = "mat-khau-mau-1234";

    private readonly TemporaryFolder _folder = new();

    public TestHub Hub { get; private set; } = null!;

    public SandboxHost Sandbox { get; private set; } = null!;

    public OpenIdProvider Provider => Sandbox.OpenId;

    public string Issuer => new Uri(Sandbox.Address, "/openid").AbsoluteUri;

    public async Task InitializeAsync()
    {
        Sandbox = await SandboxHost.StartAsync(_folder.At("sandbox"), 0, TimeProvider.System);
        Hub = await TestHub.StartAsync(configure: options =>
        {
            options.OpenId.Issuer = Issuer;
            options.OpenId.ClientId = OpenIdProvider.Client;
            options.OpenId.SecretFile = Provider.SecretFile;
            options.OpenId.PublicAddress = "http://127.0.0.1/";
            options.People.SecondFactorFor = [Role.Auditor];
        });
        // Known once it listens.
        Hub.Hub.Options.OpenId.PublicAddress = Hub.Hub.Address;
    }

    public async Task DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Sandbox.DisposeAsync();
        _folder.Dispose();
    }

    public async Task<Account> AddAsync(string name, Role role = Role.Clerk, string? subject = null)
    {
        await Hub.PartyStore.SaveAccountAsync(new Account(0, name, PasswordHash.Make(Password), role, role == Role.Clerk ? Hub.Agency("H30.12").Id : null), "test", default);
        var account = await FindAsync(name);
        if (subject is not null) Assert.True(await Accounts.LinkAsync(account, new IssuedIdentity(Issuer, subject), "test", default));
        return await FindAsync(name);
    }

    public async Task<Account> FindAsync(string name) => (await Hub.PartyStore.FindAccountAsync(name, default))!;

    public IAccountStore Accounts => Hub.Hub.Services.GetRequiredService<IAccountStore>();

    /// <summary>Goes to the provider and presses the button of this person: the address it leads back to.</summary>
    internal static async Task<string> ChooseAsync(Person person, string subject, bool secondFactor = false, string back = "/")
    {
        var asked = await person.GetAsync($"{OpenIdSignIn.Path}?back={Uri.EscapeDataString(back)}");
        Assert.Equal(HttpStatusCode.SeeOther, asked.Status);
        (string, string)[] pressed = secondFactor ? [("person", subject), ("mfa", "on")] : [("person", subject)];
        var answered = await person.PostBareAsync(asked.Location!, pressed);
        Assert.Equal(HttpStatusCode.SeeOther, answered.Status);
        return answered.Location!;
    }

    /// <summary>The whole way: the page the hub shows at its end.</summary>
    internal static async Task<Page> SignInAsync(Person person, string subject, bool secondFactor = false, string back = "/") =>
        await person.GetAsync(await ChooseAsync(person, subject, secondFactor, back));

    internal async Task<bool> IsSignedInAsync(Person person) => (await person.GetAsync("/account")).Status == HttpStatusCode.OK;

    internal async Task<List<string?>> DetailsAsync(string name) =>
        [.. (await EvidenceReads.EventsAsync(Hub)).Where(e => e.Event == name).Select(e => e.Detail)];

    internal Task<List<string?>> RefusalsAsync() => DetailsAsync(EvidenceEvents.SignInRefused);

    internal static string Kept(Page page) => WebUtility.HtmlDecode(Regex.Match(page.Text, "name=\"kept\" value=\"([^\"]+)\"").Groups[1].Value);
}
