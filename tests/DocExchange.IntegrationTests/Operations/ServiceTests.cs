using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using DocExchange.IntegrationTests.Backups;

namespace DocExchange.IntegrationTests.Operations;

/// <summary>The hub as a service manager runs it: says when it answers, reads its settings again on SIGHUP, says that it ends.</summary>
public sealed class ServiceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _work = Directory.CreateTempSubdirectory("docexchange-service-").FullName;

    private string Settings => Path.Combine(_work, "settings.json");

    public void Dispose() => Directory.Delete(_work, recursive: true);

    [SkippableFact]
    public async Task A_service_manager_hears_when_the_hub_answers_reloads_and_ends()
    {
        Skip.If(IgnoresHangUp(), "The tests were started with nohup: what they start is deaf to SIGHUP.");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var path = Path.Combine(_work, "notify");
        manager.Bind(new UnixDomainSocketEndPoint(path));
        Write("""{"RequestsPerSecond": 5}""");
        using var hub = HubProgram.Start(start => start.Environment["NOTIFY_SOCKET"] = path, "serve", "--data", Path.Combine(_work, "data"), "--port", "0", "--settings", Settings);
        try
        {
            Assert.Equal("READY=1", await HearAsync(manager));

            Write("""{"RequestsPerSecond": 7, "MaxPackageMegabytes": 50}""");
            await SignalAsync(hub, "HUP");
            var line = await LineAsync(hub, "Settings were read again");
            Assert.Contains("RequestsPerSecond 5 -> 7", line, StringComparison.Ordinal);
            Assert.Contains("next start: MaxPackageMegabytes 100 -> 50", line, StringComparison.Ordinal);

            Write("""{"RequestsPerSecond": -1}""");
            await SignalAsync(hub, "HUP");
            Assert.Contains("RequestsPerSecond is \"-1\"", await LineAsync(hub, "the old ones stay"), StringComparison.Ordinal);

            await SignalAsync(hub, "TERM");
            Assert.Equal("STOPPING=1", await HearAsync(manager));
            await hub.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(0, hub.ExitCode);
        }
        finally
        {
            if (!hub.HasExited) hub.Kill();
        }
    }

    private void Write(string settings) => File.WriteAllText(Settings, $$"""{"DocExchange": {{settings}}}""");

    private static async Task<string> HearAsync(Socket manager)
    {
        var buffer = new byte[256];
        using var deadline = new CancellationTokenSource(Patience);
        return Encoding.UTF8.GetString(buffer, 0, await manager.ReceiveAsync(buffer, deadline.Token));
    }

    private static async Task<string> LineAsync(Process hub, string with)
    {
        var said = new StringBuilder();
        try
        {
            while (await hub.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
            {
                if (line.Contains(with, StringComparison.Ordinal)) return line;
                said.AppendLine(line);
            }
        }
        catch (TimeoutException)
        {
            said.AppendLine("(and then nothing)");
        }
        throw new InvalidOperationException($"The hub did not say \"{with}\" but:\n{said}");
    }

    private static async Task SignalAsync(Process hub, string name)
    {
        using var kill = Process.Start("/bin/kill", [$"-{name}", hub.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Inherited by every process, and respected by the runtime.</summary>
    private static bool IgnoresHangUp() => File.Exists("/proc/self/status")
        && (Convert.ToUInt64(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Split('\t')[1], 16) & 1) != 0;
}
