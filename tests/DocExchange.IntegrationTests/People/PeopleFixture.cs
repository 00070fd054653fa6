using System.Text;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.Hub.Api;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;

namespace DocExchange.IntegrationTests.People;

/// <summary>A hub where two people are needed for what destroys, with one person of each role and a second officer.</summary>
public sealed class PeopleFixture : IAsyncLifetime
{
    public const string Password = "mat-khau-mau-1234";
    public const string Operator = "vanhanh";
    public const string Officer = "antoan";
    public const string SecondOfficer = "antoan2";
    public const string Auditor = "kiemtra";
    public const string Clerk = "vanthu";

    public TestHub Hub { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Hub = await TestHub.StartAsync(configure: options =>
        {
            options.People.FourEyes = true;
            // Nobody signs in there: so that accounts can be linked.
            options.OpenId.Issuer = "http://127.0.0.1:9/";
            options.OpenId.ClientId = "docexchange";
            options.OpenId.PublicAddress = "http://127.0.0.1:8080";
        });
        foreach (var (name, role) in ((string, Role)[])[(Operator, Role.Operator), (Officer, Role.SecurityOfficer), (SecondOfficer, Role.SecurityOfficer), (Auditor, Role.Auditor), (Clerk, Role.Clerk)])
        {
            await AddAsync(name, role);
        }
    }

    public async Task DisposeAsync() => await Hub.DisposeAsync();

    public Task AddAsync(string name, Role role) =>
        Hub.PartyStore.SaveAccountAsync(new Account(0, name, PasswordHash.Make(Password), role, role == Role.Clerk ? Hub.Agency("H30.12").Id : null), "test", default);

    internal Task<RestReply> CallAsync(HttpMethod method, string path, string person, string? json = null, string? code = null, string password = Password)
    {
        var basic = ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{person}:{password}")));
        var content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        return code is null ? Hub.RestAsync(method, path, null, content, basic) : Hub.RestAsync(method, path, null, content, basic, (ApiCallers.CodeHeader, code));
    }
}
