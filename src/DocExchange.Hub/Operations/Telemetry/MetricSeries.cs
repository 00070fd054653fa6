using System.Globalization;
using System.Text;

namespace DocExchange.Hub.Operations.Telemetry;

/// <summary>One line of a metric, or for a histogram its lines; added to from any thread.</summary>
internal sealed class MetricSeries(string labels, double[]? bounds)
{
    private readonly long[] _buckets = new long[(bounds?.Length ?? 0) + 1];
    private double _value;

    public string Labels { get; } = labels;

    public void Set(double value) => Interlocked.Exchange(ref _value, value);

    /// <summary>Counts a value in; of a histogram, in its bucket and its sum.</summary>
    public void Add(double value)
    {
        if (bounds is not null)
        {
            var bucket = Array.BinarySearch(bounds, value);
            Interlocked.Increment(ref _buckets[bucket < 0 ? ~bucket : bucket]);
        }
        double seen;
        do seen = Volatile.Read(ref _value);
        while (Interlocked.CompareExchange(ref _value, seen + value, seen) != seen);
    }

    public void Write(StringBuilder page, string name)
    {
        if (bounds is null)
        {
            Line(page, name, Labels, Volatile.Read(ref _value));
            return;
        }
        var before = Labels.Length == 0 ? "" : Labels + ",";
        long count = 0;
        for (var i = 0; i < _buckets.Length; i++)
        {
            count += Interlocked.Read(ref _buckets[i]);
            var bound = i < bounds.Length ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Line(page, name + "_bucket", $"{before}le=\"{bound}\"", count);
        }
        Line(page, name + "_sum", Labels, Volatile.Read(ref _value));
        Line(page, name + "_count", Labels, count);
    }

    private static void Line(StringBuilder page, string name, string labels, double value) =>
        page.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
