using DocExchange.Benchmarks.Load;

namespace DocExchange.Benchmarks.Hub;

/// <summary>A hub process over a fresh seeded folder, and everything it acknowledged: closed by comparing the two.</summary>
internal sealed class BenchHub : IDisposable
{
    private BenchHub(string folder, ServerProcess process) => (Folder, Process) = (folder, process);

    public string Folder { get; }

    public ServerProcess Process { get; }

    public List<long> Acknowledged { get; } = [];

    public static Task<BenchHub> StartAsync(string folder, int recipients = 0, params (string Name, string Value)[] settings) => StartAsync(folder, recipients, null, settings);

    public static async Task<BenchHub> StartAsync(string folder, int recipients, string? behindAxis, (string Name, string Value)[] settings)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        await SeedCommand.SeedAsync(folder, recipients, behindAxis: behindAxis);
        if (behindAxis is not null) await File.WriteAllTextAsync(Path.Combine(folder, "keys", $"axis-{BenchAxis.Name}.secret"), BenchParties.Secret);
        return new BenchHub(folder, await ServerProcess.HubAsync(folder, settings));
    }

    public async Task<CheckedStore> StopAndCheckAsync()
    {
        await Process.StopAsync();
        return await StoreCheck.RunAsync(Folder, Acknowledged);
    }

    public void Dispose()
    {
        Process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
