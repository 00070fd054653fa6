using System.Diagnostics;

namespace DocExchange.Benchmarks.Limits;

/// <summary>What the data folder stands on. Memory is refused: a figure without a disk behind it means nothing.</summary>
internal sealed record Disk(string FileSystem, string Device, double SyncP50, double SyncP99)
{
    private static readonly string[] Memory = ["tmpfs", "ramfs", "devtmpfs"];

    public static Disk Examine(string folder)
    {
        var (type, device) = MountOf(folder);
        if (Memory.Contains(type)) throw new BenchmarkFailedException($"{folder} is on {type}, which is memory. Give a folder on a disk with --data.");
        var (p50, p99) = MeasureSync(folder);
        return new Disk(type, device, p50, p99);
    }

    /// <summary>The mount whose path is the longest beginning of the folder's; mountinfo: "... mount-point options ... - type source ...".</summary>
    private static (string Type, string Device) MountOf(string folder)
    {
        var path = Path.GetFullPath(folder);
        var best = ("", "unknown", "");
        foreach (var line in File.ReadLines("/proc/self/mountinfo"))
        {
            var fields = line.Split(' ');
            var rest = Array.IndexOf(fields, "-");
            var point = fields[4];
            var isAbove = point == "/" || path == point || path.StartsWith(point + "/", StringComparison.Ordinal);
            if (isAbove && point.Length >= best.Item1.Length) best = (point, fields[rest + 1], fields[rest + 2]);
        }
        return (best.Item2, best.Item3);
    }

    private static (double P50, double P99) MeasureSync(string folder)
    {
        var path = Path.Combine(folder, "sync.bin");
        var bytes = new byte[4096];
        var times = new List<double>();
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            for (var i = 0; i < 500; i++)
            {
                var start = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, bytes, i * 4096L);
                DataSync.Call(file);
                if (i >= 50) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        File.Delete(path);
        times.Sort();
        return (times[times.Count / 2], times[times.Count * 99 / 100]);
    }
}
