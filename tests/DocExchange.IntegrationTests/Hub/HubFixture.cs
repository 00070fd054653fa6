using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>One hub for all tests of a class: they use documents of their own and change no party that others rely on.</summary>
public class HubFixture : IAsyncLifetime
{
    /// <summary>Serves Sở Y tế alone: a recipient's system apart from the province's.</summary>
    public const string Health = "000.00.13.H30";

    internal TestHub Hub { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Hub = await TestHub.StartAsync(configure: Configure);
        await Hub.AddSystemAsync(new PartnerSystem(0, Health, Profile.Agency, true, [new Served(Hub.Agency("H30.13").Id, true)]));
    }

    public async Task DisposeAsync() => await Hub.DisposeAsync();

    protected virtual void Configure(HubOptions options) => options.MaxPackageMegabytes = 12;
}
