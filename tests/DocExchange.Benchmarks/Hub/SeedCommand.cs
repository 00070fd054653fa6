using DocExchange.Benchmarks.Load;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Hub.Operations;

using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.Benchmarks.Hub;

/// <summary>Puts the benchmark's agencies, systems and known secrets into a fresh data folder; with <c>--documents N</c>, documents too.</summary>
internal static class SeedCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        await SeedAsync(arguments.Required("data"), arguments.Number("recipients", 0), arguments.Number("documents", 0));
        return 0;
    }

    /// <param name="behindAxis">The one of the two that the hub reaches over the axis <see cref="BenchAxis.Name"/>; null = neither.</param>
    public static async Task SeedAsync(string folder, int recipients, int documents = 0, int singly = 0, string? behindAxis = null)
    {
        await using var hub = await HubApplication.OpenAsync(new HubOptions { Data = folder, Port = 0 }, TimeProvider.System);
        var store = hub.Services.GetRequiredService<IPartyStore>();
        var secrets = hub.Services.GetRequiredService<SystemSecrets>();
        var root = await SaveAsync(store, "H99", "UBND tỉnh (đo)", null);
        var sender = await SaveAsync(store, BenchParties.Sender, BenchParties.SenderName, root.Id);
        var receiver = await SaveAsync(store, BenchParties.Receiver, "Sở Y tế (đo)", root.Id);
        foreach (var code in BenchParties.Recipients(recipients)) await SaveAsync(store, code, "Cơ quan nhận " + code, receiver.Id);
        foreach (var (name, agency) in ((string, Agency)[])[(BenchParties.SenderSystem, sender), (BenchParties.ReceiverSystem, receiver)])
        {
            if (agency.Code == behindAxis) await store.SaveAgencyAsync(agency with { Kind = AgencyKind.External, Axis = BenchAxis.Name, ParentId = null }, "bench", default);
            else await AddSystemAsync(store, secrets, name, agency);
        }
        await store.SaveAccountAsync(new Account(0, BenchParties.Operator, PasswordHash.Make(BenchParties.Secret), Role.Operator, null), "bench", default);
        if (documents > 0) await ManyDocuments.InsertAsync(hub, documents, singly);
    }

    private static Task<Agency> SaveAsync(IPartyStore store, string code, string name, long? parent) =>
        store.SaveAgencyAsync(new Agency(0, code, name, parent, AgencyKind.Local), "bench", default);

    private static async Task AddSystemAsync(IPartyStore store, SystemSecrets secrets, string name, Agency agency)
    {
        var system = await store.SaveSystemAsync(new PartnerSystem(0, name, Profile.Agency, true, [new Served(agency.Id, true)]) { Dialects = Dialects.All }, "bench", default);
        await secrets.IssueAsync(system, CredentialKind.Hmac, "bench", BenchParties.Secret);
        await secrets.IssueAsync(system, CredentialKind.ApiKey, "bench", BenchParties.Secret);
        await secrets.IssueAsync(system, CredentialKind.Token, "bench", BenchParties.Secret);
    }
}
