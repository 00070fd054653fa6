using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Load;
using DocExchange.Client;
using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.Benchmarks.Scenarios;

/// <summary>What one import costs those who send meanwhile.</summary>
/// <param name="Seconds">From the upload's first byte to the answer.</param>
internal sealed record ImportFigures(Measured Alone, Measured During, double Seconds)
{
    public double P99Ratio => During.P99 / Alone.P99;
}

/// <param name="Megabytes">Managed memory of the picture: systems, directory, its search.</param>
internal sealed record DirectoryFigures(
    int Entries, ImportFigures Added, ImportFigures Changed, double StartSeconds, double ListSeconds, double ListMegabytes, double ListAddsMegabytes, double LookUpNanoseconds,
    double SearchP95, double ChangeMilliseconds, double Megabytes, double LoadSeconds);

/// <summary>The directory at national size: imports under load, then reading.</summary>
internal static class NationalDirectory
{
    private const int Clients = 16;
    private static readonly string[] Searches = ["vi thanh", "so tu phap chau thanh", "uy ban nhan dan xa tan phu 7", "truong", "T42.1", "khong co co quan nay", "phong hanh chinh long my so 1"];

    public static async Task<(DirectoryFigures Figures, CheckedStore Checked)> MeasureAsync(string folder, LoadProcess load, double seconds, int entries)
    {
        using var hub = await BenchHub.StartAsync(Path.Combine(folder, "directory"));
        await LoadAsync(hub, load, 1);
        var added = await ImportAsync(hub, load, seconds, ManyAgencies.Csv(entries, 0));
        var changed = await ImportAsync(hub, load, seconds, ManyAgencies.Csv(entries, 1));
        var (listSeconds, listMegabytes, listAdds) = await ListAsync(hub.Process);
        var check = await hub.StopAndCheckAsync();
        double start;
        using (var again = await ServerProcess.HubAsync(hub.Folder))
        {
            start = again.StartToReady.TotalSeconds;
            await again.StopAsync();
        }
        var figures = await ReadAsync(hub.Folder, entries);
        return (figures with { Added = added, Changed = changed, StartSeconds = start, ListSeconds = listSeconds, ListMegabytes = listMegabytes, ListAddsMegabytes = listAdds }, check);
    }

    /// <summary>The same load before and while the file is read, compared and applied; rounds go on until it is done.</summary>
    private static async Task<ImportFigures> ImportAsync(BenchHub hub, LoadProcess load, double seconds, byte[] file)
    {
        var alone = await LoadAsync(hub, load, Math.Max(4, seconds));
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
        var client = HubClient.ForOperator(http, new Uri($"http://127.0.0.1:{hub.Process.Port}"), BenchParties.Operator, BenchParties.Secret);
        var clock = Stopwatch.StartNew();
        var import = Task.Run(async () =>
        {
            var report = await client.ImportAgenciesAsync(new MemoryStream(file), "text/csv", new ImportOptions());
            return (report, Seconds: clock.Elapsed.TotalSeconds);
        });
        var rounds = new List<LoadResult>();
        do
        {
            rounds.Add(await RoundAsync(hub, load, 1));
        }
        while (!import.IsCompleted);
        var (report, took) = await import;
        if (!report.Applied || report.WrongRows > 0 || report.Unchanged > 0) throw new BenchmarkFailedException($"The import was not what it should be: {report}");
        return new ImportFigures(alone, Measured.Of([.. rounds.SelectMany(r => r.Microseconds)], rounds.Sum(r => r.Seconds)), took);
    }

    private static async Task<Measured> LoadAsync(BenchHub hub, LoadProcess load, double seconds)
    {
        var result = await RoundAsync(hub, load, seconds);
        return Measured.Of(result.Microseconds, result.Seconds);
    }

    private static async Task<LoadResult> RoundAsync(BenchHub hub, LoadProcess load, double seconds)
    {
        var result = await load.RunAsync(hub.Process, new LoadOrder(10 * 1024, Clients) { Seconds = seconds, WarmUp = 0 });
        hub.Acknowledged.AddRange(result.Acknowledged);
        return result;
    }

    private static async Task<(double Seconds, double Megabytes, double AddsMegabytes)> ListAsync(ServerProcess hub)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{hub.Port}/api/v1/directory/export?format=jsonl");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{BenchParties.Operator}:{BenchParties.Secret}")));
        hub.ForgetPeak();
        var before = hub.ResidentMegabytes;
        var clock = Stopwatch.StartNew();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var length = 0L;
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(buffer)) > 0;) length += read;
        return (clock.Elapsed.TotalSeconds, length / (1024.0 * 1024), hub.PeakMegabytes - before);
    }

    /// <summary>Asked of the picture itself, in this process: HTTP would hide the microseconds.</summary>
    private static async Task<DirectoryFigures> ReadAsync(string folder, int entries)
    {
        await using var hub = await HubApplication.OpenAsync(new HubOptions { Data = folder, Port = 0 }, TimeProvider.System);
        var parties = hub.Services.GetRequiredService<CurrentParties>();
        parties.Book.Directory.PrepareSearch();
        var with = GC.GetTotalMemory(forceFullCollection: true);
        var directory = parties.Book.Directory;
        parties.Change(_ => PartyBook.Empty);
        directory = null!;
        var without = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        await hub.Store.Parties.LoadAsync(default);
        var loaded = clock.Elapsed.TotalSeconds;
        directory = parties.Book.Directory;
        directory.PrepareSearch();
        var codes = Enumerable.Range(0, entries).Select(i => i % 2 == 0 ? ManyAgencies.Code(i) : $"000.{i}.T{i % 100}").ToArray();
        clock.Restart();
        var missing = codes.Count(code => directory.Find(code) is null);
        var lookUp = clock.Elapsed.TotalNanoseconds / codes.Length;
        if (missing > 0) throw new BenchmarkFailedException($"{missing} codes were not found.");
        var searches = Enumerable.Range(0, 20).SelectMany(_ => Searches).Select(text =>
        {
            clock.Restart();
            directory.Search(text, 50);
            return clock.Elapsed.TotalMilliseconds;
        }).Order().ToArray();
        var changes = Enumerable.Range(0, 500).Select(i =>
        {
            clock.Restart();
            directory = directory.With([directory.Find(codes[i * 7])! with { Mail = "x@y.vn" }]);
            return clock.Elapsed.TotalMilliseconds;
        }).Order().ToArray();
        return new DirectoryFigures(entries, null!, null!, 0, 0, 0, 0, lookUp, searches[(int)(searches.Length * 0.95)], changes[(int)(changes.Length * 0.95)], (with - without) / (1024.0 * 1024), loaded);
    }
}
