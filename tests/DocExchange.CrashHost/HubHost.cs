using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Hub.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.CrashHost;

/// <summary>
/// The hub itself in a process that can be killed: one province system, one department system, a free port. Prints "listening PORT"; ends
/// when standard input closes. <c>--die-at NAME:COUNT</c> kills it when that milestone is reached the COUNT-th time.
/// </summary>
public static class HubHost
{
    public const string Name = "crash";
    public const string ProvinceSystem = "province";
    public const string DepartmentSystem = "department";
    public const string Province = "H30";
    public const string Department = "H30.12";
    public const string Secret = "0123456789abcdef0123456789abcdef";

    internal static async Task<int> RunAsync(VerbArguments arguments)
    {
        using var death = Death.Arm(arguments.Text("die-at", ""));
        var options = new HubOptions { Name = Name, Data = arguments.Data, Port = 0, MinFreeMegabytes = arguments.Number("min-free", 1) };
        await using var hub = await HubApplication.OpenAsync(options, TimeProvider.System, store => store with
        {
            Synchronous = arguments.Text("sync", "FULL"),
            SyncDirectories = arguments.Text("dirsync", "on") == "on",
            CheckpointPages = arguments.Number("checkpoint", store.CheckpointPages),
        });
        if (hub.Services.GetRequiredService<CurrentParties>().Book.Directory.Count == 0) await SeedAsync(hub);
        await hub.StartAsync();
        Console.WriteLine($"listening {new Uri(hub.Address).Port}");
        await Console.In.ReadToEndAsync();
        await hub.StopAsync();
        return 0;
    }

    private static async Task SeedAsync(HubApplication hub)
    {
        var store = hub.Services.GetRequiredService<IPartyStore>();
        var province = await store.SaveAgencyAsync(new Agency(0, Province, "UBND tỉnh (mẫu)", null, AgencyKind.Local), "seed", default);
        var department = await store.SaveAgencyAsync(new Agency(0, Department, "Sở Tư pháp (mẫu)", province.Id, AgencyKind.Local), "seed", default);
        await AddAsync(hub, store, ProvinceSystem, province.Id);
        await AddAsync(hub, store, DepartmentSystem, department.Id);
    }

    private static async Task AddAsync(HubApplication hub, IPartyStore store, string name, long agency)
    {
        var system = await store.SaveSystemAsync(new PartnerSystem(0, name, Profile.Agency, true, [new Served(agency, true)]), "seed", default);
        var secrets = hub.Services.GetRequiredService<SystemSecrets>();
        await secrets.IssueAsync(system, CredentialKind.Hmac, "seed", Secret);
        await secrets.IssueAsync(system, CredentialKind.ApiKey, "seed", Secret);
    }

    /// <summary>Listens to the product's ordinary milestones; the product has no switch for this.</summary>
    private sealed class Death(string milestone, int count) : IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private IDisposable? subscription;
        private int reached;

        public static Death? Arm(string when)
        {
            if (when.Length == 0)
            {
                return null;
            }

            var parts = when.Split(':');
            var death = new Death(parts[0], int.Parse(parts[1]));
            death.subscription = Milestones.Listener.Subscribe(death, name => name == parts[0]);
            return death;
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            // A listener hears what anybody asked for, so the name is compared again.
            if (value.Key == milestone && Interlocked.Increment(ref reached) == count)
            {
                LibC.KillThisProcess();
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => subscription?.Dispose();
    }
}
