namespace DocExchange.Benchmarks.Reporting;

/// <summary>Replaces the measured part of docs/performance.md; the text around it is written by hand.</summary>
internal static class PerformancePage
{
    private const string Start = "<!-- measured: written by ./bench --write -->";
    private const string End = "<!-- end of measured -->";

    public static void Write(string path, string measured)
    {
        var page = File.ReadAllText(path);
        var (start, end) = (page.IndexOf(Start, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        if (start < 0 || end < start) throw new BenchmarkFailedException($"{path} has lost its markers \"{Start}\" and \"{End}\".");
        File.WriteAllText(path, page[..(start + Start.Length)] + "\n" + measured.TrimEnd() + "\n" + page[end..]);
    }
}
