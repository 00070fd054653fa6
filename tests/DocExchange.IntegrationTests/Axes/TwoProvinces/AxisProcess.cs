using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using DocExchange.IntegrationTests.Evidence;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Axes.TwoProvinces;

/// <summary>The sandbox as a process of its own, told over HTTP what to do wrong.</summary>
internal sealed class AxisProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly Uri _root;
    private Process _process = null!;

    private AxisProcess(int port) => _root = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");

    public Uri Address => new(_root, "/XrdAdapter/adapter");

    public static async Task<AxisProcess> StartAsync(params string[] provinces)
    {
        var port = Ports.Free();
        var axis = new AxisProcess(port);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true };
        foreach (var word in (string[])[Path.Combine(AppContext.BaseDirectory, "docexchange-sandbox.dll"), "serve", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", axis._folder.Path, "--with-parent"]) start.ArgumentList.Add(word);
        axis._process = Process.Start(start)!;
        await Polled.UntilAsync(axis.IsThereAsync, "the start of the sandbox");
        foreach (var code in provinces) await axis.PostAsync("systems", new { systemId = $"000.00.00.{code}", secret = TestHub.Secret, serves = new[] { code } });
        return axis;
    }

    /// <summary>Replaces all faults; draws begin anew.</summary>
    public Task SetFaultsAsync(params object[] faults) => PutAsync("faults", faults);

    public Task SetReadingsAsync(object readings) => PutAsync("readings", readings);

    /// <summary>How often each fault happened.</summary>
    public async Task<int> FaultsHappenedAsync() => (await _http.GetFromJsonAsync<JsonElement>(new Uri(_root, "/sandbox/faults"))).EnumerateArray().Sum(f => f.GetProperty("happened").GetInt32());

    /// <summary>Documents and status packages held, all of them.</summary>
    public async Task<IReadOnlyList<JsonElement>> DocumentsAsync()
    {
        var all = new List<JsonElement>();
        while (true)
        {
            var page = (await _http.GetFromJsonAsync<JsonElement>(new Uri(_root, $"/sandbox/documents?after={all.Count.ToString(CultureInfo.InvariantCulture)}"))).EnumerateArray().ToList();
            if (page.Count == 0) return all;
            all.AddRange(page);
        }
    }

    /// <summary>Everybody has answered everything.</summary>
    public async Task<bool> IsEmptyAsync() => (await DocumentsAsync()).All(document => document.GetProperty("items").EnumerateArray().All(item => item.GetProperty("status").GetString() is "done" or "fail"));

    public async ValueTask DisposeAsync()
    {
        // The end of its input is the end of it.
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        _process.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> IsThereAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(_root, "/sandbox"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(_root, "/sandbox/" + path), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task PutAsync(string path, object body)
    {
        using var answer = await _http.PutAsJsonAsync(new Uri(_root, "/sandbox/" + path), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
