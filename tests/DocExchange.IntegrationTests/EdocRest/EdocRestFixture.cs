using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.EdocRest;

/// <summary>One hub whose systems may speak the dialects of provincial hubs.</summary>
public sealed class EdocRestFixture : HubFixture, IAsyncLifetime
{
    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await Hub.AllowEdocAsync(TestHub.Province, TestHub.Department, TestHub.Peer, Health);
    }
}
