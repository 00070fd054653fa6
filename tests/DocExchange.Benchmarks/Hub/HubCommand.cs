using DocExchange.Hub.Operations;

namespace DocExchange.Benchmarks.Hub;

/// <summary>The hub in this program, with or without its log: both sides of the comparison are started alike.</summary>
internal static class HubCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new HubOptions { Data = arguments.Required("data"), Port = arguments.Number("port", 0) };
        await using var hub = await HubApplication.OpenAsync(options, TimeProvider.System, store => store with { WithoutLog = arguments.Has("without-log") });
        await hub.StartAsync();
        await hub.WaitForShutdownAsync();
        return 0;
    }
}
