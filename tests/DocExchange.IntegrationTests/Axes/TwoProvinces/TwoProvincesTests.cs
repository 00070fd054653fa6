using System.Diagnostics;
using System.Globalization;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Storage.Sqlite;
using Xunit.Abstractions;

namespace DocExchange.IntegrationTests.Axes.TwoProvinces;

/// <summary>
/// Two provinces' hubs over one axis, all three processes of their own: letters and reports both ways while the line fails in every way there is
/// and hubs are killed. DOCEXCHANGE_AXIS_LETTERS (each way), DOCEXCHANGE_AXIS_KILLS and DOCEXCHANGE_AXIS_SEED for longer or other runs.
/// </summary>
public sealed class TwoProvincesTests(ITestOutputHelper output)
{
    private const string North = "H30", South = "H53";

    private readonly int _letters = Setting("DOCEXCHANGE_AXIS_LETTERS", 1000), _kills = Setting("DOCEXCHANGE_AXIS_KILLS", 8), _seed = Setting("DOCEXCHANGE_AXIS_SEED", 20261122);

    [Fact]
    public async Task Every_letter_arrives_exactly_once_every_report_comes_back_and_the_evidence_of_both_sides_agrees()
    {
        output.WriteLine($"seed {_seed}");
        var watch = Stopwatch.StartNew();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(900 + _letters / 4));
        await using var axis = await AxisProcess.StartAsync(North, South);
        // A resend of the same bytes is known to the axis; half-way, only its list of sent documents tells.
        await axis.SetReadingsAsync(new { repeats = "sameBytesAnsweredAgain" });
        await axis.SetFaultsAsync(AxisTroubles.All);
        await using var north = await ProvinceProcess.StartAsync(North, axis.Address, South);
        await using var south = await ProvinceProcess.StartAsync(South, axis.Address, North);
        using var arrivals = new SemaphoreSlim(0);
        var (office, partner) = (new ProvinceOffice(north, South, _letters, () => arrivals.Release()), new ProvinceOffice(south, North, _letters, () => arrivals.Release()));

        var work = Task.WhenAll(office.SendAllAsync(late.Token), partner.SendAllAsync(late.Token), office.ReceiveAllAsync(late.Token), partner.ReceiveAllAsync(late.Token));
        await KillAsync([north, south], axis, arrivals, work, late.Token);
        await work;

        var faults = await axis.FaultsHappenedAsync();
        await axis.SetFaultsAsync();
        await Polled.UntilAsync(() => IsSettledAsync(axis, [north, south], [office, partner], late.Token), "the end of everything", 300);
        output.WriteLine($"{2 * _letters} letters and {2 * ProvinceOffice.ReportsPerLetter * _letters} reports in {watch.Elapsed.TotalSeconds:f0} s; {faults} faults, {_kills} kills");
        Assert.Empty(office.Wrong.Concat(partner.Wrong));
        AssertOnce(office);
        AssertOnce(partner);
        await north.KillAsync();
        await south.KillAsync();
        Assert.Empty(TwoProvincesAudit.Compare(north.Folder, south.Folder, North, South, _letters, await axis.DocumentsAsync()));
    }

    /// <summary>At moments spread over the run and drawn from the seed.</summary>
    private async Task KillAsync(ProvinceProcess[] hubs, AxisProcess axis, SemaphoreSlim arrivals, Task work, CancellationToken stop)
    {
        var chance = new Random(_seed);
        var moments = Enumerable.Range(0, _kills).Select(_ => (At: chance.Next(2 * _letters * 9 / 10), Who: chance.Next(hubs.Length))).OrderBy(m => m.At).ToList();
        var arrived = 0;
        for (var i = 0; i < moments.Count; i++)
        {
            for (; arrived < moments[i].At && !work.IsCompleted; arrived++) await Task.WhenAny(arrivals.WaitAsync(stop), work);
            if (i == moments.Count / 2) await axis.SetReadingsAsync(new { repeats = "kept", sentListId = "either" });
            await hubs[moments[i].Who].KillAsync();
            await hubs[moments[i].Who].StartAsync();
        }
    }

    /// <summary>Nothing waits anywhere any more, looked at in the order in which things travel; what comes late is taken in, and counted.</summary>
    private static async Task<bool> IsSettledAsync(AxisProcess axis, ProvinceProcess[] hubs, ProvinceOffice[] offices, CancellationToken stop)
    {
        var came = 0;
        foreach (var office in offices) came += await office.EmptyAsync(stop);
        foreach (var hub in hubs) came += (int)await hub.WaitingAsync();
        if (came > 0 || !await axis.IsEmptyAsync()) return false;
        foreach (var office in offices) came += await office.EmptyAsync(stop);
        return came == 0;
    }

    private void AssertOnce(ProvinceOffice office)
    {
        Assert.Equal(_letters, office.Sent.Values.Distinct().Count());
        Assert.Equal(_letters, office.Arrived.Count);
        Assert.All(office.Arrived, letter => Assert.Single(letter.Value));
        Assert.Equal(ProvinceOffice.ReportsPerLetter * _letters, office.Reported.Count);
        Assert.All(office.Reported, report => Assert.Single(report.Value));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
