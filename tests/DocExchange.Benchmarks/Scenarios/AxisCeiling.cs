using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using DocExchange.Axis.Calls;
using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Load;

namespace DocExchange.Benchmarks.Scenarios;

/// <summary>The axis alone: what the hubs' client code moves through it when nothing is judged, stored or signed.</summary>
internal static class AxisCeiling
{
    private static readonly ConcurrentDictionary<long, Letter> Letters = [];
    private static int _serial;

    /// <summary>Documents per second from the first call to the last confirmation.</summary>
    public static async Task<double> MeasureAsync(BenchAxis axis, long size, int documents, int concurrency)
    {
        var (sender, receiver) = (axis.Client(BenchParties.SenderSystem), axis.Client(BenchParties.ReceiverSystem));
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency };
        var watch = Stopwatch.StartNew();
        var sending = Parallel.ForEachAsync(Enumerable.Range(0, documents), options, async (_, _) => await SendAsync(sender, size));
        for (var taken = 0; taken < documents;)
        {
            var waiting = (await receiver.ListAsync("edoc")).Value!;
            await Parallel.ForEachAsync(waiting, options, async (item, ct) =>
            {
                Expect((await receiver.FetchAsync(item.DocId, Stream.Null, ct)).Refusal);
                Expect((await receiver.ConfirmAsync(item.DocId, ct)).Refusal);
            });
            taken += waiting.Count;
        }
        await sending;
        return documents / watch.Elapsed.TotalSeconds;
    }

    /// <summary>One more document.</summary>
    public static async Task SendAsync(VxpClient client, long size)
    {
        var letter = Letters.GetOrAdd(size, _ => Letter.Make(size, [BenchParties.Receiver]));
        using var package = new MemoryStream(Package(letter, Interlocked.Increment(ref _serial)));
        Expect((await client.SendAsync(package, "edoc", BenchParties.Sender)).Refusal);
    }

    private static void Expect(VxpRefusal? refusal)
    {
        if (refusal is not null) throw new BenchmarkFailedException($"The axis refuses: {refusal.Code} {refusal.Text}");
    }

    private static byte[] Package(Letter letter, int serial)
    {
        using var package = new MemoryStream();
        package.Write(letter.Front);
        for (var left = letter.Middle; left > 0; left -= letter.Block.Length) package.Write(letter.Block, 0, (int)Math.Min(left, letter.Block.Length));
        package.Write(letter.Tail);
        var bytes = package.ToArray();
        Encoding.ASCII.GetBytes("9" + serial.ToString(CultureInfo.InvariantCulture).PadLeft(Letter.SerialDigits - 1, '0'), bytes.AsSpan(letter.SerialAt));
        return bytes;
    }
}
