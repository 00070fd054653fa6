using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Load;

namespace DocExchange.Benchmarks.Scenarios;

/// <summary>Documents per second through one edge, and through the axis SDK's edge in the same minutes.</summary>
internal sealed record DoorFigures(string Edge, long Size, double PerSecond, double VxpPerSecond)
{
    public double OfVxp => PerSecond / VxpPerSecond;
}

/// <summary>The same documents through every edge in turns: an edge only translates, so none may cost much more than another.</summary>
internal static class Doors
{
    private const int Clients = 16;
    private const int Rounds = 3;
    public static readonly string[] Others = ["rest", "soap", EdocHead.Edge];

    public static async Task<(IReadOnlyList<DoorFigures> Figures, CheckedStore Checked)> MeasureAsync(string folder, LoadProcess load, double seconds, IEnumerable<long> sizes, IReadOnlyList<string> others)
    {
        using var hub = await BenchHub.StartAsync(Path.Combine(folder, "doors"));
        var figures = new List<DoorFigures>();
        await SendAsync("vxp", 10 * 1024);
        foreach (var size in sizes)
        {
            var rates = others.Prepend("vxp").ToDictionary(edge => edge, _ => (Documents: 0, Seconds: 0.0));
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var edge in rates.Keys)
                {
                    var result = await SendAsync(edge, size);
                    rates[edge] = (rates[edge].Documents + result.Microseconds.Length, rates[edge].Seconds + result.Seconds);
                }
            }
            figures.AddRange(others.Select(edge => new DoorFigures(edge, size, Rate(edge), Rate("vxp"))));

            double Rate(string edge) => rates[edge].Documents / rates[edge].Seconds;
        }
        return (figures, await hub.StopAndCheckAsync());

        async Task<LoadResult> SendAsync(string edge, long size)
        {
            var result = await load.RunAsync(hub.Process, new LoadOrder(size, Clients) { Edge = edge, Seconds = seconds / Rounds });
            hub.Acknowledged.AddRange(result.Acknowledged);
            return result;
        }
    }
}
