using System.Diagnostics;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.CrashHost;
using DocExchange.IntegrationTests.Durability.PowerCuts;
using DocExchange.IntegrationTests.Durability.Tracing;
using DocExchange.Storage;
using DocExchange.Storage.Sqlite;
using Xunit.Abstractions;

namespace DocExchange.IntegrationTests.Durability.RealHub;

/// <summary>
/// Proof (c): whatever a power cut leaves of the hub's data folder, at hundreds of moments of a recorded run, the store opens again and
/// holds everything acknowledged by then.
/// </summary>
public sealed class HubPowerCutTests(ITestOutputHelper output)
{
    private const int Cuts = 240;
    private const int Documents = 48;

    [SkippableTheory]
    [InlineData(NameOrder.Adversarial)]
    [InlineData(NameOrder.Journalled)]
    public async Task Nothing_acknowledged_is_lost_by_a_power_cut(NameOrder names)
    {
        var trials = await TryAsync("FULL", "on", names);

        Assert.Equal(Cuts, trials.Count);
        Assert.All(trials, trial => Assert.True(trial.Wrong is null, $"{trial.Wrong} by {trial.Cut}"));
        Assert.True(trials.Count(trial => trial.Promised > 0) > Cuts / 2);
    }

    [SkippableTheory]
    [InlineData("OFF", "on", NameOrder.Adversarial)]
    [InlineData("OFF", "on", NameOrder.Journalled)]
    [InlineData("FULL", "off", NameOrder.Adversarial)]
    public async Task A_hub_that_leaves_a_sync_out_is_convicted(string synchronous, string directorySync, NameOrder names)
    {
        var trials = await TryAsync(synchronous, directorySync, names);

        Assert.True(trials.Count(trial => trial.Wrong is not null) > Cuts / 10, $"only {trials.Count(trial => trial.Wrong is not null)} of {trials.Count} cuts lost anything");
    }

    private async Task<List<Trial>> TryAsync(string synchronous, string directorySync, NameOrder names)
    {
        Skip.If(SyscallRecorder.CannotTrace is not null, SyscallRecorder.CannotTrace);
        using var data = new TestFolder();
        var (trace, answers, promises) = await RecordAsync(data.Path, synchronous, directorySync);
        using var keys = HubKeys.Read(data.Path);
        var trials = new List<Trial>();
        var watch = Stopwatch.StartNew();
        foreach (var cut in PowerCutModel.Cut(trace, answers, Cuts, seed: 1, new DiskRules(names)))
        {
            using var folder = new TestFolder(inMemory: true);
            var laidOut = Path.Combine(folder.Path, "cut");
            cut.LayOut(laidOut);
            var promised = cut.Answered.Select(answer => promises[answer.Number - 1]).OfType<Promise>()
                .GroupBy(promise => promise.DocId).Select(group => group.Last()).ToList();
            trials.Add(new Trial(await WrongAsync(laidOut, promised, keys), promised.Count, cut.ToString()));
        }
        var wrong = trials.FindAll(trial => trial.Wrong is not null);
        output.WriteLine($"sync {synchronous}, directories {directorySync}, {names}: {wrong.Count} of {trials.Count} cuts lost something, judged in {watch.Elapsed.TotalSeconds:f1} s; first: {wrong.FirstOrDefault()}");
        return trials;
    }

    /// <summary>One client, one call after another, so that the n-th answer is the n-th call's.</summary>
    private static async Task<(SyscallTrace Trace, IReadOnlyList<Answer> Answers, List<Promise?> Promises)> RecordAsync(
        string folder, string synchronous, string directorySync)
    {
        await using var hub = await HubTracee.RecordAsync(folder, "--sync", synchronous, "--dirsync", directorySync, "--checkpoint", "60");
        var promises = new List<Promise?>();
        for (var i = 1; i <= Documents; i++)
        {
            var package = TestPackage.Document(i, i % 3 == 0 ? TestPackage.FileSize : 3_000);
            var sent = await hub.SendAsync(package);
            Assert.True(sent.Refusal is null, sent.Refusal?.Text);
            promises.Add(new Promise(sent.Value!.DocId, package.Digest));
            if (i % 4 != 0) continue;

            // The copy's id is the document's with the recipient's place behind it; confirming it is the recipient's promise kept.
            using var copy = new MemoryStream();
            Assert.Null((await hub.Department.FetchAsync(sent.Value.DocId + "0001", copy)).Refusal);
            promises.Add(null);
            Assert.Null((await hub.Department.ConfirmAsync(sent.Value.DocId + "0001")).Refusal);
            promises.Add(new Promise(sent.Value.DocId, package.Digest, Delivered: true));
        }
        var trace = await hub.FinishAsync();
        var answers = trace.HttpAnswers(hub.Port);
        Assert.Equal(promises.Count, answers.Count);
        return (trace, answers, promises);
    }

    /// <summary>Opens the folder as the next start of the hub would. Null when everything promised is there and can be proved.</summary>
    private static async Task<string?> WrongAsync(string folder, List<Promise> promised, HubKeys keys)
    {
        var ended = new List<string>();
        try
        {
            if (promised.Count > 0 && !keys.AreIn(folder)) return "the hub's keys are gone or damaged";
            var options = new StoreOptions(folder, HubHost.Name) { CacheKilobytes = 2048, EndProcess = ended.Add };
            using var store = SqliteStore.Open(options, keys.Key, TimeProvider.System, new CurrentParties());
            if (ended.Count > 0) return ended[0];
            if (StoreAudit.StagingFiles(folder).Count > 0) return "staging files were left";
            var faults = StoreAudit.Check(folder, promised);
            if (faults.Count > 0) return faults[0];
            // Signatures are costly: the newest promise is the one in danger, one more is taken from anywhere.
            foreach (var promise in promised.TakeLast(1).Concat(promised.Skip(promised.Count * 2 / 3).Take(1)))
            {
                if (await WrongReceiptAsync(store, promise.DocId) is { } wrong) return wrong;
            }
            return null;
        }
        catch (Exception error) when (error is StoreRefusedException or SqliteFault or IOException)
        {
            return error.Message;
        }
    }

    private static async Task<string?> WrongReceiptAsync(SqliteStore store, string docId)
    {
        var track = await store.Exchange.TrackAsync(Scope.Everything(), docId, default);
        var parts = track is null ? null : await store.Exchange.FindReceiptAsync(Scope.Everything(), track.ReceiptId, default);
        return parts is null ? $"{docId} has no receipt"
            : ReceiptVerifier.Verify(ReceiptFormat.Render(parts), null) is { Valid: true } ? null : $"the receipt of {docId} does not verify";
    }

    private sealed record Trial(string? Wrong, int Promised, string Cut);

    /// <summary>What the run's folder holds as keys: read once, because opening a key file costs more than judging a cut.</summary>
    private sealed class HubKeys(HubKey key, Dictionary<string, byte[]> files) : IDisposable
    {
        public HubKey Key => key;

        public static HubKeys Read(string folder)
        {
            var directory = Path.Combine(folder, "keys");
            return new HubKeys(
                KeyStore.OpenOrCreate(directory, HubHost.Name, TimeProvider.System, allowSample: true),
                Directory.GetFiles(directory).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllBytes));
        }

        public bool AreIn(string folder) => files.All(file =>
            Path.Combine(folder, "keys", file.Key) is var path && File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(file.Value));

        public void Dispose() => key.Dispose();
    }
}
