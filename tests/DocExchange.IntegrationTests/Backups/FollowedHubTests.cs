using System.Collections.Concurrent;
using DocExchange.Client;
using DocExchange.Core.Evidence;
using DocExchange.IntegrationTests.Durability;
using DocExchange.IntegrationTests.Durability.RealHub;
using DocExchange.Storage.Sqlite.Backups;
using Xunit.Abstractions;

namespace DocExchange.IntegrationTests.Backups;

/// <summary>
/// The disk of a hub is gone in the middle of its work and only its following backup is left. Nothing acknowledged before the backup's last
/// point may be missing; what came later is accepted again when it is sent again; nothing is there twice.
/// </summary>
public sealed class FollowedHubTests(ITestOutputHelper output)
{
    private const int Senders = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<int, Acknowledged> _acknowledged = new();
    private int _next;

    [Fact]
    public async Task A_hub_killed_under_load_comes_back_with_everything_acknowledged_before_the_last_point_and_nothing_twice()
    {
        using var data = new TestFolder();
        using var copies = new TestFolder();
        var (backup, restored) = (Path.Combine(copies.Path, "backup"), Path.Combine(copies.Path, "restored"));
        await RunUntilKilledAsync(data.Path, backup);
        var point = BackupManifest.Read(backup).TakenAt;

        await HubProgram.SucceedAsync("restore", "--from", backup, "--data", restored);
        HubProgram.CopyKeys(data.Path, restored);
        await using var hub = await HubTracee.StartAsync(restored);

        await CompareReceiptsAsync(hub, point);
        var again = await SendAllAgainAsync(hub, point);
        await hub.StopAsync();
        Assert.Empty(StoreAudit.CheckWhole(restored, again, _acknowledged.Count));
        var late = _acknowledged.Values.Count(a => a.At >= point);
        output.WriteLine($"{_acknowledged.Count} documents acknowledged, {late} of them after the backup's last point, {_acknowledged.Values.Max(a => a.At) - point} before the end");
        Assert.True(_acknowledged.Count - late > 30, "too little was acknowledged to prove anything");
    }

    private async Task RunUntilKilledAsync(string data, string backup)
    {
        await using var hub = await HubTracee.StartAsync(data);
        using var follower = await HubProgram.FollowAsync(data, backup);
        try
        {
            var began = BackupManifest.Read(backup).TakenAt;
            var senders = Enumerable.Range(0, Senders).Select(lane => Task.Run(() => SendUntilKilledAsync(hub, new Random(lane)))).ToList();
            var deadline = DateTime.UtcNow + Patience;
            while (_acknowledged.Count < 150 || BackupManifest.Read(backup).TakenAt is var at && (at < began + TimeSpan.FromSeconds(2) || _acknowledged.Values.Count(a => a.At < at) <= 40))
            {
                Assert.True(DateTime.UtcNow < deadline && !follower.HasExited, "the backup does not follow");
                await Task.Delay(50);
            }
            await hub.KillAsync();
            await Task.WhenAll(senders);
        }
        finally
        {
            follower.Kill();
            await follower.WaitForExitAsync();
        }
    }

    private async Task SendUntilKilledAsync(HubTracee hub, Random chance)
    {
        while (true)
        {
            var package = TestPackage.Document(Interlocked.Increment(ref _next), chance.Next(3) == 0 ? TestPackage.FileSize : 1_500);
            try
            {
                var docId = (await hub.SendAsync(package)).Value!.DocId;
                var at = DateTimeOffset.UtcNow;
                _acknowledged[package.Number] = new Acknowledged(package, docId, at, null, null);
                if (package.Number % 5 != 0) continue;
                var id = (await hub.Receipts.TrackAsync(docId)).ReceiptId!;
                _acknowledged[package.Number] = new Acknowledged(package, docId, at, id, await hub.Receipts.ReceiptAsync(id));
            }
            catch (Exception dead) when (dead is HttpRequestException or IOException)
            {
                return;
            }
        }
    }

    private async Task CompareReceiptsAsync(HubTracee hub, DateTimeOffset point)
    {
        foreach (var one in _acknowledged.Values.Where(a => a.Receipt is not null))
        {
            Assert.True(ReceiptVerifier.Verify(one.Receipt, null).Valid);
            try
            {
                Assert.Equal(one.Receipt, await hub.Receipts.ReceiptAsync(one.ReceiptId!));
            }
            catch (HubRefusedException lost) when (one.At >= point)
            {
                Assert.Equal("DX-6003", lost.Problem.Code);
            }
        }
    }

    private async Task<List<Promise>> SendAllAgainAsync(HubTracee hub, DateTimeOffset point)
    {
        var earlier = _acknowledged.Values.Select(a => a.DocId).ToHashSet();
        var again = new List<Promise>();
        foreach (var one in _acknowledged.Values)
        {
            var docId = (await hub.SendAsync(one.Package)).Value!.DocId;
            Assert.True(docId == one.DocId || (one.At >= point && !earlier.Contains(docId)), $"{one.DocId}, acknowledged at {one.At:O}, became {docId}");
            again.Add(new Promise(docId, one.Package.Digest));
        }
        return again;
    }

    private sealed record Acknowledged(TestPackage Package, string DocId, DateTimeOffset At, string? ReceiptId, byte[]? Receipt);
}
