using System.Globalization;
using System.Net;
using DocExchange.Core.Evidence.Publishing;

namespace DocExchange.Cli.Proof;

/// <summary>Shows over HTTP what a witness co-signed: the names a log has, and nothing else of its folder. Any web server on the folder does the same.</summary>
internal sealed class WitnessServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly LogFolder _state;

    private WitnessServer(string state) => _state = new LogFolder(state);

    public static WitnessServer Start(string port, string state)
    {
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)) throw CommandFailed.Usage("--serve takes a port.", "--serve nhận số cổng.");
        var server = new WitnessServer(state);
        server._listener.Prefixes.Add($"http://*:{port}/");
        try
        {
            server._listener.Start();
        }
        catch (HttpListenerException fault)
        {
            throw CommandFailed.Usage($"Port {port} cannot be used: {fault.Message}", $"Không dùng được cổng {port}.");
        }
        _ = server.ServeAsync();
        return server;
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true) Answer(await _listener.GetContextAsync().ConfigureAwait(false));
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // The witness stops.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var name = context.Request.Url!.AbsolutePath.Trim('/');
        var bytes = context.Request.HttpMethod == "GET" && IsPublic(name) ? _state.Read(name) : null;
        context.Response.StatusCode = bytes is null ? 404 : 200;
        try
        {
            context.Response.Close(bytes ?? [], willBlock: true);
        }
        catch (HttpListenerException)
        {
            // The reader has gone.
        }
    }

    private static bool IsPublic(string name) =>
        name == LogPublisher.EpochsFile || (name.Split('/') is [var tag, var file] && tag.All(char.IsAsciiLetterOrDigit) && LogFolder.Names.Contains(file));
}
