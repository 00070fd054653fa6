using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>A line that can be cut: passes each call on to the axis, and loses or holds the answers it is told to.</summary>
internal sealed class BrokenLine : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly HttpClient _http = new();
    private readonly ConcurrentDictionary<string, int> _seen = [], _lost = [];
    private readonly ConcurrentDictionary<string, byte[]> _bodies = [];
    private volatile string? _held;
    private Uri _axis = new("http://127.0.0.1");

    private BrokenLine(WebApplication web) => _web = web;

    /// <summary>No call is let through.</summary>
    public bool IsCut { get; set; }

    public static async Task<BrokenLine> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var web = builder.Build();
        var line = new BrokenLine(web);
        web.Run(line.CarryAsync);
        await web.StartAsync();
        return line;
    }

    /// <summary>The address of this line, which leads to the axis.</summary>
    public Uri To(Uri axis)
    {
        _axis = axis;
        return new Uri(_web.Urls.First() + "/vxp");
    }

    public void LoseAnswers(string operation, int times) => _lost[operation] = times;

    /// <summary>Answers to this operation do not come as long as the caller waits.</summary>
    public void HoldAnswers(string? operation) => _held = operation;

    public int Seen(string operation) => _seen.GetValueOrDefault(operation);

    /// <summary>Every different body this operation was called with.</summary>
    public int DifferentBodies(string operation) => _bodies.Keys.Count(k => k.StartsWith(operation + " ", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _http.Dispose();
    }

    private async Task CarryAsync(HttpContext http)
    {
        var operation = http.Request.Path.Value!.Split('/')[^1];
        if (IsCut)
        {
            http.Abort();
            return;
        }
        // Decided when the call comes: the test may have gone on before the axis' answer is here.
        var isHeld = _held == operation;
        _seen.AddOrUpdate(operation, 1, (_, n) => n + 1);
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(_axis, http.Request.Path));
        foreach (var (name, value) in http.Request.Headers)
        {
            if (name.StartsWith("XroadVnpt-", StringComparison.OrdinalIgnoreCase)) request.Headers.TryAddWithoutValidation(name, value.ToString());
        }
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _bodies[operation + " " + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(body.ToArray()))] = [];
        if (http.Request.Method == "POST") request.Content = new ByteArrayContent(body.ToArray());
        using var response = await _http.SendAsync(request);
        if (isHeld) await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        if (isHeld || (_lost.GetValueOrDefault(operation) > 0 && _lost.AddOrUpdate(operation, 0, (_, n) => n - 1) >= 0))
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = (int)response.StatusCode;
        http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(http.Response.Body);
    }
}
