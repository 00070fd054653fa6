using System.Collections.Concurrent;
using System.Text;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DocExchange.IntegrationTests.Operations;

/// <summary>A collector is sent what the hub does, in OpenTelemetry's own protocol, and nothing when none is named.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task A_submission_arrives_at_the_collector_as_a_span_with_its_stages_and_as_a_count()
    {
        var received = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.GetOrAdd(signal, _ => []).Enqueue(Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.StartAsync();

        await using (var hub = await TestHub.StartAsync(configure: options => options.OtlpEndpoint = collector.Urls.First()))
        {
            (await hub.PostPackageAsync(new Letter().Bytes)).Is(201);
            (await hub.PostPackageAsync(new Letter { To = ["H30.99"] }.Bytes)).Is(422);
            // Ending the hub sends what it still holds.
        }

        var traces = string.Concat(received["traces"]);
        Assert.Contains("submission", traces, StringComparison.Ordinal);
        Assert.Contains("CommitStage", traces, StringComparison.Ordinal);
        Assert.Contains("DX-4001", traces, StringComparison.Ordinal);
        var metrics = string.Concat(received["metrics"]);
        Assert.Contains("docexchange.submissions", metrics, StringComparison.Ordinal);
        Assert.Contains("docexchange.mailbox.items", metrics, StringComparison.Ordinal);
    }
}
