using DocExchange.Core.Alarms;

namespace DocExchange.Axis.Connector;

/// <summary>Compares this hub's clock with the <c>Date</c> of the axis' answers (RFC 9110 §6.6.1, whole seconds). Statuses and periods are written in local times: both sides must agree.</summary>
internal sealed class AxisClock(string name, AxisSettings settings, AlarmBoard alarms, TimeProvider time) : DelegatingHandler
{
    private long _drift;

    /// <summary>How far the axis' clock was ahead of ours at its last answer.</summary>
    public TimeSpan Drift => TimeSpan.FromTicks(Interlocked.Read(ref _drift));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = time.GetUtcNow();
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Headers.Date is { } date)
        {
            var arrived = time.GetUtcNow();
            // Made at some moment between the two, and cut to the second.
            var drift = date > arrived ? date - arrived : date + TimeSpan.FromSeconds(1) < sent ? date + TimeSpan.FromSeconds(1) - sent : TimeSpan.Zero;
            Interlocked.Exchange(ref _drift, drift.Ticks);
            if (drift.Duration() > TimeSpan.FromSeconds(settings.MaxDriftSeconds)) alarms.Raise(AlarmKind.AxisClock, name, $"{drift.TotalSeconds:F0} s");
        }
        return response;
    }
}
