using System.Globalization;
using System.Runtime.InteropServices;

namespace DocExchange.Benchmarks.Reporting;

/// <summary>Where and when the figures were taken. A load from elsewhere makes absolute figures low; the ratios bear it better.</summary>
internal sealed record Machine(string Processor, int Cores, double MemoryGigabytes, string Kernel, string Runtime, DateTime At, string LoadAverage)
{
    public static Machine Look() => new(
        Field("/proc/cpuinfo", "model name"), Environment.ProcessorCount,
        long.Parse(Field("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) / (1024.0 * 1024),
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(), RuntimeInformation.FrameworkDescription, DateTime.UtcNow,
        string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)));

    private static string Field(string path, string name) =>
        File.ReadLines(path).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
}
