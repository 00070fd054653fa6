using System.Diagnostics;
using System.Globalization;
using System.Net;
using DocExchange.CrashHost;
using DocExchange.IntegrationTests.Durability.Tracing;

namespace DocExchange.IntegrationTests.Durability;

/// <summary>The http-writer, alone or under the recorder, with a client that sends one body after another.</summary>
internal sealed class HttpTracee : IAsyncDisposable
{
    private readonly SyscallRecorder? recorder;
    private readonly Process process;
    private readonly HttpClient client;

    private HttpTracee(Process process, SyscallRecorder? recorder, int port)
    {
        (this.process, this.recorder, Port) = (process, recorder, port);
        client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
    }

    public int Port { get; }

    public static async Task<HttpTracee> StartAsync(ProcessStartInfo program)
    {
        var process = Process.Start(program)!;
        return new HttpTracee(process, null, await PortAsync(process));
    }

    public static async Task<HttpTracee> RecordAsync(ProcessStartInfo program, string dataFolder)
    {
        var recorder = SyscallRecorder.Start(program, dataFolder);
        return new HttpTracee(recorder.Process, recorder, await PortAsync(recorder.Process));
    }

    public async Task<HttpStatusCode> SendAsync(int number, int size, bool expectContinue = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{number}") { Content = new ByteArrayContent(Payload.For(number, size)) };
        request.Headers.ExpectContinue = expectContinue;
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    public async Task StopAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
    }

    public async Task<SyscallTrace> FinishAsync()
    {
        process.StandardInput.Close();
        return await recorder!.FinishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (recorder is not null)
        {
            recorder.Dispose();
            return;
        }

        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static async Task<int> PortAsync(Process process) =>
        int.Parse((await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2)))!.Split(' ')[1], CultureInfo.InvariantCulture);
}
