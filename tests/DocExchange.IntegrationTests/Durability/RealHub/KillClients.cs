using DocExchange.Axis.Calls;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using DocExchange.Client;
using DocExchange.Core.Evidence;
using DocExchange.CrashHost;

namespace DocExchange.IntegrationTests.Durability.RealHub;

/// <summary>
/// Several systems at work on a hub that keeps dying: they send, receive, confirm and report, and repeat every call, byte for byte, until
/// it is answered, as the SDK's users do.
/// </summary>
internal sealed class KillClients(KillJournal journal, int seed)
{
    private const int Senders = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly ConcurrentQueue<(TestPackage Package, string DocId)> _earlier = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly CancellationTokenSource _done = new();
    private volatile TaskCompletionSource<HubTracee> _hub = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;

    /// <summary>Lets the clients go on with the hub that is up now.</summary>
    public void Continue(HubTracee hub) => _hub.TrySetResult(hub);

    /// <summary>Before a start: the clients wait for <see cref="Continue"/>.</summary>
    public void Halt()
    {
        if (_hub.Task.IsCompleted) _hub = new TaskCompletionSource<HubTracee>(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Completes when <see cref="Finish"/> was called and every call begun by then is answered.</summary>
    public async Task RunAsync()
    {
        var senders = Enumerable.Range(0, Senders).Select(lane => Task.Run(() => SendAsync(new Random(seed * 31 + lane)))).ToList();
        var receiver = Task.Run(ReceiveAsync);
        var province = Task.Run(TakeStatusesAsync);
        await Task.WhenAll([.. senders, receiver, province]);
    }

    public void Finish() => _done.Cancel();

    private async Task SendAsync(Random chance)
    {
        while (!_done.IsCancellationRequested)
        {
            var package = TestPackage.Document(Interlocked.Increment(ref _next), chance.Next(3) == 0 ? TestPackage.FileSize : 1_500);
            journal.Attempted(package);
            var docId = await SendUntilTakenAsync(package);
            journal.Acknowledged(package, docId);
            _earlier.Enqueue((package, docId));
            _arrived.Release();
            if (chance.Next(3) == 0) await FetchReceiptAsync(docId);
            if (chance.Next(3) == 0 && _earlier.TryDequeue(out var earlier) && await SendUntilTakenAsync(earlier.Package) is var again && again != earlier.DocId)
            {
                journal.Faults.Enqueue($"{earlier.DocId} became {again} when it was sent again");
            }
        }
    }

    private async Task<string> SendUntilTakenAsync(TestPackage package) => (await AskAsync(hub => hub.SendAsync(package))).DocId;

    private async Task FetchReceiptAsync(string docId)
    {
        var track = await RepeatAsync(hub => hub.Receipts.TrackAsync(docId));
        var receipt = await RepeatAsync(hub => hub.Receipts.ReceiptAsync(track.ReceiptId!));
        if (!ReceiptVerifier.Verify(receipt, null).Valid) journal.Faults.Enqueue($"the receipt of {docId} does not verify");
        journal.Received(docId, track.ReceiptId!, receipt);
    }

    private async Task ReceiveAsync()
    {
        while (!_done.IsCancellationRequested)
        {
            var items = await AskAsync(hub => hub.Department.ListAsync("edoc"));
            foreach (var item in items.Take(25))
            {
                // Its sender may still be waiting for the answer that the hub's death swallowed; then it is somebody else's turn.
                var docId = item.DocId[..24];
                if (!journal.IsAcknowledged(docId)) continue;
                using var copy = await RepeatAsync(hub => CopyAsync(hub.Department, item.DocId));
                if (journal.NumberOf(Digest(copy)) is not { } number)
                {
                    journal.Faults.Enqueue($"{item.DocId} was fetched and holds bytes nobody sent");
                    continue;
                }
                await AskAsync(hub => hub.Department.ConfirmAsync(item.DocId));
                journal.Confirmed(docId);
                if (number % 2 == 0) await ReportAsync(number);
            }
            if (items.Count == 0) await _arrived.WaitAsync(TimeSpan.FromMilliseconds(200));
        }
    }

    private async Task ReportAsync(int number)
    {
        var status = TestPackage.Status(number);
        var taken = await AskAsync(hub => hub.Department.SendAsync(status.Open(), "status", HubHost.Department));
        journal.Acknowledged(status, taken.DocId, isStatus: true);
    }

    private async Task TakeStatusesAsync()
    {
        while (!_done.IsCancellationRequested)
        {
            var items = await AskAsync(hub => hub.Province.ListAsync("status"));
            foreach (var item in items.Take(10))
            {
                using var copy = await RepeatAsync(hub => CopyAsync(hub.Province, item.DocId));
                await AskAsync(hub => hub.Province.ConfirmAsync(item.DocId));
            }
            if (items.Count == 0) await _arrived.WaitAsync(TimeSpan.FromMilliseconds(200));
        }
    }

    private static async Task<MemoryStream> CopyAsync(VxpClient client, string item)
    {
        var copy = new MemoryStream();
        var answer = await client.FetchAsync(item, copy);
        return answer.Refusal is null ? copy : throw new InvalidOperationException($"{item} was listed and cannot be fetched: {answer.Refusal.Text}");
    }

    private static string Digest(MemoryStream copy)
    {
        copy.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(copy));
    }

    private async Task<T> AskAsync<T>(Func<HubTracee, Task<VxpAnswer<T>>> call)
    {
        var answer = await RepeatAsync(call);
        return answer.Refusal is null ? answer.Value! : throw new InvalidOperationException("Refused: " + answer.Refusal.Text);
    }

    private async Task<T> RepeatAsync<T>(Func<HubTracee, Task<T>> call)
    {
        while (true)
        {
            var current = _hub;
            var hub = await current.Task.WaitAsync(Patience);
            try
            {
                return await call(hub);
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException or TaskCanceledException or ObjectDisposedException)
            {
                // The connection broke: either the hub is dead, or it was a hiccup and the same hub is asked again.
                await Task.WhenAny(hub.Ended, Task.Delay(TimeSpan.FromSeconds(10)));
                if (hub.Ended.IsCompleted) Interlocked.CompareExchange(ref _hub, new TaskCompletionSource<HubTracee>(TaskCreationOptions.RunContinuationsAsynchronously), current);
            }
        }
    }
}
