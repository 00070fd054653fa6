using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace DocExchange.Hub.Operations.Telemetry;

/// <summary>One instrument's figures, summed since the start, as the Prometheus text format (0.0.4) writes them.</summary>
internal sealed class MetricFamily(Instrument instrument)
{
    private const int MostSeries = 500;
    private readonly ConcurrentDictionary<(object? First, object? Second), MetricSeries> _series = [];
    private readonly double[]? _bounds = BoundsOf(instrument);

    /// <summary>The name as Prometheus spells it: underscores, unit and, for counters, <c>_total</c> at the end.</summary>
    public string Name { get; } = NameOf(instrument);

    /// <summary>Takes a measurement. Tags are two at most; their order is the instrument's.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = (tags.Length > 0 ? tags[0].Value : null, tags.Length > 1 ? tags[1].Value : null);
        if (!_series.TryGetValue(key, out var series))
        {
            // Whatever a tag may come to hold: a page that grows without end helps nobody.
            if (_series.Count >= MostSeries) return;
            series = _series.GetOrAdd(key, new MetricSeries(Labels(tags), _bounds));
        }
        if (instrument.IsObservable) series.Set(value);
        else series.Add(value);
    }

    public void Write(StringBuilder page)
    {
        var type = _bounds is not null ? "histogram" : IsCounter(instrument) ? "counter" : "gauge";
        page.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {instrument.Description}\n# TYPE {Name} {type}\n");
        foreach (var series in _series.Values.OrderBy(s => s.Labels, StringComparer.Ordinal)) series.Write(page, Name);
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>();
        foreach (var (name, value) in tags)
        {
            // An empty label is the same as none.
            var text = Convert.ToString(value, CultureInfo.InvariantCulture);
            if (!string.IsNullOrEmpty(text)) labels.Add($"{name}=\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"");
        }
        return string.Join(',', labels);
    }

    private static double[]? BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => [.. histogram.Advice!.HistogramBucketBoundaries!],
        Histogram<long> histogram => [.. histogram.Advice!.HistogramBucketBoundaries!.Select(bound => (double)bound)],
        _ => null,
    };

    private static string NameOf(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", "d" => "_days", _ => "" };
        return instrument.Name.Replace('.', '_') + unit + (IsCounter(instrument) ? "_total" : "");
    }

    private static bool IsCounter(Instrument instrument) => instrument is Counter<long> or ObservableCounter<double>;
}
