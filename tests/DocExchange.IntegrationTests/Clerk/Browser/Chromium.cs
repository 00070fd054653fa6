using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DocExchange.IntegrationTests.Clerk.Browser;

/// <summary>Debian's Chromium without a window, driven over the DevTools protocol: keys, pictures, and questions to the page.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    /// <summary>For a machine that does other things as well.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Dictionary<int, TaskCompletionSource<JsonNode>> _answers = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _loaded = new();
    private Task _reading = Task.CompletedTask;
    private string? _session;
    private int _calls;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').SelectMany(d => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(n => Path.Combine(d, n)))
        .FirstOrDefault(File.Exists);

    public static async Task<Chromium> StartAsync(string program, int width, int height)
    {
        var profile = Directory.CreateTempSubdirectory("docexchange-chromium-").FullName;
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        foreach (var option in new[]
        {
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank",
        })
        {
            start.ArgumentList.Add(option);
        }
        var browser = new Chromium(Process.Start(start)!, profile);
        browser._process.BeginOutputReadLine();
        browser._process.BeginErrorReadLine();
        await browser.ConnectAsync();
        await browser.ResizeAsync(width, height);
        return browser;
    }

    public Task ResizeAsync(int width, int height) => CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject
    {
        ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600,
    });

    public async Task OpenAsync(string address)
    {
        var loaded = ExpectLoad();
        await CallAsync("Page.navigate", new JsonObject { ["url"] = address });
        await loaded;
    }

    public Task TypeAsync(string text) => CallAsync("Input.insertText", new JsonObject { ["text"] = text });

    /// <summary>Presses a key; with <paramref name="leads"/>, waits for the page it leads to.</summary>
    public async Task PressAsync(string key, bool leads = false)
    {
        var loaded = leads ? ExpectLoad() : Task.CompletedTask;
        var code = key switch { "Tab" => 9, "Enter" => 13, _ => throw new ArgumentOutOfRangeException(nameof(key)) };
        var down = new JsonObject { ["type"] = "keyDown", ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code };
        if (key == "Enter") down["text"] = "\r";
        await CallAsync("Input.dispatchKeyEvent", down);
        await CallAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code });
        await loaded;
    }

    /// <summary>What an expression gives in the page, as JSON; promises are waited for.</summary>
    public async Task<JsonNode?> AskAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.True(answer["exceptionDetails"] is null, answer.ToJsonString());
        return answer["result"]!["value"];
    }

    public async Task<byte[]> PictureAsync()
    {
        var answer = await CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = false });
        return Convert.FromBase64String(answer["data"]!.GetValue<string>());
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading.ContinueWith(_ => { }, TaskScheduler.Default);
        _socket.Dispose();
        _process.Dispose();
        for (var attempt = 0; attempt < 20 && Directory.Exists(_profile); attempt++)
        {
            // Children of the browser may still be closing their files.
            try { Directory.Delete(_profile, recursive: true); }
            catch (IOException) { await Task.Delay(100); }
        }
    }

    private async Task ConnectAsync()
    {
        var file = Path.Combine(_profile, "DevToolsActivePort");
        var clock = Stopwatch.StartNew();
        string[] lines = [];
        while (lines.Length < 2)
        {
            if (_process.HasExited || clock.Elapsed > Patience) throw new IOException("Chromium did not open its DevTools port.");
            await Task.Delay(50);
            if (File.Exists(file)) lines = await File.ReadAllLinesAsync(file);
        }
        await _socket.ConnectAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{lines[0]}{lines[1]}")), default);
        _reading = ReadAsync();
        var target = await CallAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        var attached = await CallAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true });
        _session = attached["sessionId"]!.GetValue<string>();
        await CallAsync("Page.enable", []);
    }

    private Task ExpectLoad()
    {
        _loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _loaded.Task.WaitAsync(Patience);
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        var id = Interlocked.Increment(ref _calls);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _answers[id] = answer;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null) call["sessionId"] = _session;
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(call), WebSocketMessageType.Text, true, default);
        return await answer.Task.WaitAsync(Patience);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, default);
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;
            var said = JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!;
            message.SetLength(0);
            if (said["method"]?.GetValue<string>() == "Page.loadEventFired") _loaded.TrySetResult();
            if (said["id"]?.GetValue<int>() is not { } id) continue;
            TaskCompletionSource<JsonNode> waiting;
            lock (_lock) waiting = _answers[id];
            if (said["error"] is { } error) waiting.SetException(new IOException(error.ToJsonString()));
            else waiting.SetResult(said["result"]!);
        }
    }
}
