using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Rest;

/// <summary>A client stuck in a loop is slowed down, and only that one.</summary>
public sealed class RateTests : IAsyncLifetime
{
    private TestHub _hub = null!;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync(configure: options => (options.RequestsPerSecond, options.RequestBurst) = (1, 20));

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task Beyond_its_burst_a_system_is_told_to_wait_at_every_edge_and_the_others_are_not()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => _hub.GetAsync("inbox", TestHub.Province)));
        var refused = replies.Where(r => r.Status == 429).ToList();
        // A token comes back every second: on a slow machine one may have come meanwhile.
        var vxp = await ListAsync();
        for (var more = 0; vxp.Status == 200 && more < 10; more++) vxp = await ListAsync();

        Assert.InRange(refused.Count, 20, 40);
        Assert.All(refused, r => Assert.InRange(r.Refuses(429, "DX-0010").Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60));
        Assert.Equal((429, "20"), (vxp.WellFormed().Status, vxp.Code));
        Assert.Contains("DX-0010", vxp.Description, StringComparison.Ordinal);
        (await _hub.GetAsync("inbox", TestHub.Department)).Is(200);

        Task<VxpReply> ListAsync() => _hub.CallAsync("getReceivedEdocList", TestHub.Province, [], ("servicetype", "eDoc"), ("messagetype", "edoc"));
    }

    [Fact]
    public async Task Calls_that_are_not_authentic_use_up_nobodys_share()
    {
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => _hub.RestAsync(HttpMethod.Get, "inbox", null, null, ("Authorization", $"Bearer {TestHub.Province}.wrong"))));

        (await _hub.GetAsync("inbox", TestHub.Province)).Is(200);
    }
}
