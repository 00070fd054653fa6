using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DocExchange.Benchmarks.Load;

/// <summary>
/// The load generator, a process of its own: as many clients as connections, each sending one document at a time on a thread of its own
/// with blocking calls, which is the cheapest a client can be. Writes what was acknowledged to a file.
/// </summary>
internal static class LoadCommand
{
    public static int Run(Arguments arguments)
    {
        var plan = new LoadPlan(arguments);
        var letter = Letter.For(plan.Edge, plan.Size, plan.Recipients);
        var clients = Enumerable.Range(0, plan.Clients).Select(i => new LoadClient(plan, letter, i)).ToArray();
        using var together = new Barrier(plan.Clients);
        var started = new long[plan.Clients];
        var threads = clients.Select((client, i) => new Thread(() =>
        {
            client.Guarded(() => client.Send(plan.WarmUp, plan.Count > 0 ? 0 : 1, isMeasured: false));
            together.SignalAndWait();
            started[i] = Stopwatch.GetTimestamp();
            client.Guarded(() => client.Send(plan.Count > 0 ? TimeSpan.Zero : plan.Duration, plan.Count, isMeasured: true));
        }, 256 * 1024)).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        WriteAll(plan.Out + ".acks", clients.SelectMany(c => c.Acknowledged).ToArray());
        WriteAll(plan.Out + ".times", clients.SelectMany(c => c.Microseconds).ToArray());
        var measured = clients.Sum(c => c.Microseconds.Count);
        var seconds = measured == 0 ? 0 : Stopwatch.GetElapsedTime(started.Min(), clients.Max(c => c.LastEnd)).TotalSeconds;
        var failure = clients.Select(c => c.Failure).FirstOrDefault(f => f is not null);
        Console.WriteLine(JsonSerializer.Serialize(new LoadSummary(measured, seconds, clients.Sum(c => c.Acknowledged.Count),
            Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds, failure)));
        return failure is null ? 0 : 1;
    }

    private static void WriteAll<T>(string path, T[] values) where T : unmanaged => File.WriteAllBytes(path, MemoryMarshal.AsBytes(values.AsSpan()));
}

/// <param name="Measured">Documents sent after the warm-up.</param>
/// <param name="Seconds">From the first client's start after the warm-up to the last answer.</param>
/// <param name="Acknowledged">All acknowledgements, warm-up included.</param>
internal sealed record LoadSummary(int Measured, double Seconds, int Acknowledged, double CpuSeconds, string? Failure);

internal sealed class LoadPlan(Arguments arguments)
{
    public int Port { get; } = arguments.Number("port", 0);

    /// <summary>Through which edge.</summary>
    public string Edge { get; } = arguments.Text("edge", "vxp");

    public long Size { get; } = arguments.Long("size", 10 * 1024);

    public int Clients { get; } = arguments.Number("clients", 1);

    public bool KeepAlive { get; } = !arguments.Has("new-connections");

    public TimeSpan WarmUp { get; } = TimeSpan.FromSeconds(arguments.Fraction("warmup", 0.5));

    public TimeSpan Duration { get; } = TimeSpan.FromSeconds(arguments.Fraction("seconds", 5));

    /// <summary>Documents per client; 0 = as many as the time allows.</summary>
    public int Count { get; } = arguments.Number("count", 0);

    /// <summary>Part of every DocumentId: no two runs over one folder may have the same.</summary>
    public int Number { get; } = arguments.Number("run", 1);

    public IReadOnlyList<string> Recipients { get; } = arguments.Has("recipients") ? [.. BenchParties.Recipients(arguments.Number("recipients", 1))] : [BenchParties.Receiver];

    public string Out { get; } = arguments.Required("out");
}

/// <summary>One client: one connection, or one after the other.</summary>
internal sealed class LoadClient(LoadPlan plan, Letter letter, int index)
{
    private readonly SendRequest _request = new(letter, RequestHead.For(plan.Edge, letter.Length, $"127.0.0.1:{plan.Port}", plan.KeepAlive));
    private readonly SendAnswer _answer = new();
    private Socket? _socket;
    private int _sequence;

    public List<long> Acknowledged { get; } = [];

    public List<int> Microseconds { get; } = [];

    public long LastEnd { get; private set; }

    public string? Failure { get; private set; }

    public void Guarded(Action action)
    {
        if (Failure is not null) return;
        try
        {
            action();
        }
        catch (Exception fault) when (fault is SocketException or BenchmarkFailedException)
        {
            Failure = fault.Message;
        }
    }

    /// <summary>Sends until the time is over, and at least so many.</summary>
    public void Send(TimeSpan duration, int atLeast, bool isMeasured)
    {
        var start = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < atLeast || Stopwatch.GetElapsedTime(start) < duration; sent++)
        {
            _request.Patch(plan.Number, index, _sequence++);
            var before = Stopwatch.GetTimestamp();
            var number = Exchange();
            LastEnd = Stopwatch.GetTimestamp();
            if (number is not { } acknowledged) throw new BenchmarkFailedException("Not an acknowledgement: " + _answer.Text);
            Acknowledged.Add(acknowledged);
            if (isMeasured) Microseconds.Add((int)Stopwatch.GetElapsedTime(before, LastEnd).TotalMicroseconds);
        }
    }

    private long? Exchange()
    {
        _socket ??= Connect();
        _request.Send(_socket);
        var number = _answer.Read(_socket);
        if (plan.KeepAlive) return number;
        // The server closes first, so that no port of ours waits out its time.
        Span<byte> rest = stackalloc byte[16];
        _socket.Receive(rest);
        _socket.Dispose();
        _socket = null;
        return number;
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(new IPEndPoint(IPAddress.Loopback, plan.Port));
        return socket;
    }
}
