using DocExchange.Core;
using DocExchange.Core.Pipeline;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DocExchange.Hub.Operations.Telemetry;

/// <summary>Traces and metrics for an OpenTelemetry collector, while one is named. Nothing listens, and nothing is spent, otherwise.</summary>
internal sealed class OtlpExport : IDisposable
{
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    public OtlpExport(HubOptions options, string origin)
    {
        if (options.OtlpEndpoint.Length == 0) return;
        var endpoint = new Uri(options.OtlpEndpoint);
        var resource = ResourceBuilder.CreateEmpty().AddService(options.Name, serviceInstanceId: origin);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(ExchangePipeline.Activities.Name, "Microsoft.AspNetCore")
            .AddOtlpExporter(export => Send(export, endpoint, "v1/traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(HubMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter((export, reader) =>
            {
                Send(export, endpoint, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.OtlpSeconds * 1000;
            }).Build();
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static void Send(OtlpExporterOptions export, Uri endpoint, string path)
    {
        export.Protocol = OtlpExportProtocol.HttpProtobuf;
        export.Endpoint = new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);
    }
}
