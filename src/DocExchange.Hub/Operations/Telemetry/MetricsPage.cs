using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using DocExchange.Core;
using DocExchange.Hub.Api;

namespace DocExchange.Hub.Operations.Telemetry;

/// <summary>The hub's figures at <c>/metrics</c> in the Prometheus text format: for whoever calls from this machine, and for operators.</summary>
internal sealed class MetricsPage : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> _families = [];
    private readonly Lock _writing = new();

    public MetricsPage(StoreGauges gauges, AxisGauges axes)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter != HubMeter.Meter && instrument.Meter != gauges.Meter && instrument.Meter != axes.Meter) return;
            var family = new MetricFamily(instrument);
            _families[family.Name] = family;
            listener.EnableMeasurementEvents(instrument, family);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.Start();
    }

    public string Render()
    {
        lock (_writing)
        {
            _listener.RecordObservableInstruments();
            var page = new StringBuilder();
            foreach (var family in _families.Values.OrderBy(f => f.Name, StringComparer.Ordinal)) family.Write(page);
            return page.ToString();
        }
    }

    public static void Map(WebApplication web)
    {
        // From the start, not from the first look: what was counted before it would be missing.
        var page = web.Services.GetRequiredService<MetricsPage>();
        web.MapGet("/metrics", async (HttpContext http, ApiCallers callers) =>
        {
            try
            {
                if (!IsLocal(http) && await callers.FindOperatorAsync(http, http.RequestAborted).ConfigureAwait(false) is null)
                {
                    http.Response.Headers.WWWAuthenticate = "Basic realm=\"DocExchange\"";
                    return Results.StatusCode(StatusCodes.Status401Unauthorized);
                }
            }
            catch (CallersBusyException)
            {
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }
            return Results.Text(page.Render(), "text/plain; version=0.0.4; charset=utf-8");
        }).ExcludeFromDescription();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>A proxy on this machine speaks for somebody elsewhere, and says so.</summary>
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");
}
