using System.Diagnostics.Metrics;
using DocExchange.Core;
using DocExchange.Hub.Axes;

namespace DocExchange.Hub.Operations.Telemetry;

/// <summary>How each axis is doing, when somebody asks; read at most every few seconds, whoever asks how often.</summary>
internal sealed class AxisGauges : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Meter _meter = new(HubMeter.Name);
    private readonly AxisConnections _axes;
    private readonly TimeProvider _time;
    private readonly Lock _reading = new();
    private Task? _pending;
    private volatile IReadOnlyList<AxisCondition> _conditions = [];
    private long? _readAt;

    public AxisGauges(AxisConnections axes, TimeProvider time)
    {
        (_axes, _time) = (axes, time);
        _meter.CreateObservableGauge("docexchange.axis.breaker.open", () => Of(c => c.Breaker == "open" ? 1 : 0), description: "1 while an axis that does not answer is left alone");
        _meter.CreateObservableGauge("docexchange.axis.waiting", () => Of(c => c.Waiting), description: "Copies that wait to be sent over an axis");
        _meter.CreateObservableGauge("docexchange.axis.oldest", () => Of(c => c.Oldest is { } since ? Math.Max(0, (_time.GetUtcNow() - since).TotalSeconds) : 0), "s", "Age of the oldest of them");
        _meter.CreateObservableGauge("docexchange.axis.drift", () => Of(c => c.DriftSeconds), "s", "How far the axis' clock was ahead at its last answer");
        _meter.CreateObservableCounter("docexchange.axis.sent", () => Of(c => c.Sent), description: "Calls that an axis took");
        _meter.CreateObservableCounter("docexchange.axis.retried", () => Of(c => c.Retried), description: "Attempts over an axis that failed and are repeated");
        _meter.CreateObservableCounter("docexchange.axis.dead.letters", () => Of(c => c.DeadLetters), description: "Calls over an axis that ended as dead letters");
        _meter.CreateObservableCounter("docexchange.axis.taken", () => Of(c => c.Taken), description: "Items taken in from an axis");
    }

    public Meter Meter => _meter;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> Of(Func<AxisCondition, double> figure) =>
        Conditions().Select(c => new Measurement<double>(figure(c), new KeyValuePair<string, object?>("axis", c.Name)));

    /// <summary>The latest that have been read. A store on this machine has answered before the question's call returns; another is asked for the next look.</summary>
    private IReadOnlyList<AxisCondition> Conditions()
    {
        lock (_reading)
        {
            if (_pending is not { IsCompleted: false } && (_readAt is not { } at || _time.GetElapsedTime(at) >= Fresh))
            {
                _readAt = _time.GetTimestamp();
                _pending = ReadAsync();
            }
        }
        return _conditions;
    }

    private async Task ReadAsync() => _conditions = await _axes.ConditionAsync().ConfigureAwait(false);
}
