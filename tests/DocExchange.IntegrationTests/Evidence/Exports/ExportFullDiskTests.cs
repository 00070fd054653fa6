using System.Text.Json.Nodes;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Hub.Evidence.Exports;
using DocExchange.IntegrationTests.Callers;
using DocExchange.IntegrationTests.Durability;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Evidence.Exports;

/// <summary>A disk that takes nothing: the export ends, everybody is told so, and the hub starts all the same.</summary>
public sealed class ExportFullDiskTests : IDisposable
{
    private static readonly ExportRecord Asked = new("0123456789abcdef", "waiting", "jsonl", "hub/1", "", "account 1", DateTimeOffset.UnixEpoch, 0, 10, 0);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task An_export_that_fills_the_disk_has_failed_and_one_that_a_stop_interrupted_keeps_no_hub_from_starting_on_it()
    {
        using var disk = TinyDisk.TryMount(48, out var whyNot);
        Skip.If(disk is null, whyNot);
        var data = Path.Combine(disk.Path, "data");
        string id;
        await using (var hub = await ExportCalls.StartAsync(data))
        {
            await hub.FillAsync(4000);
            disk.Fill(leave: 300_000);
            id = (await ExportCalls.CallAsync(hub, HttpMethod.Post, "exports", new() { ["format"] = "jsonl" })).Is(202).Json.GetProperty("id").GetString()!;
            await Polled.UntilAsync(async () => await StateAsync(hub, id) is not ("waiting" or "running"), "the export ends");
            Assert.Equal("failed", await StateAsync(hub, id));
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(data, "exports"), "*.part"));
        }
        disk.Free();
        var open = Path.Combine(data, "exports", id + ".json");
        var record = JsonNode.Parse(await File.ReadAllTextAsync(open))!;
        record["State"] = "running";
        await File.WriteAllTextAsync(open, record.ToJsonString());
        await File.WriteAllTextAsync(Path.ChangeExtension(open, "asked"), """{"format":"jsonl"}""");
        disk.Fill();

        await using var again = await TestHub.StartAsync(data);
        await Polled.UntilAsync(async () => await StateAsync(again, id) is not ("waiting" or "running"), "the export ends");
        Assert.Equal("failed", await StateAsync(again, id));
        disk.Free();
        var (_, file) = await ExportCalls.ExportAsync(again, new() { ["format"] = "jsonl" });
        Assert.True(ExportVerifier.Verify(new MemoryStream(file), again.Root(), HeldEvidence.Nothing).Valid);
    }

    [Fact]
    public async Task An_export_that_cannot_even_be_begun_is_refused_with_a_code_to_retry()
    {
        await using var hub = await ExportCalls.StartAsync(_folder.Path);
        await File.WriteAllTextAsync(_folder.At("exports"), "in the way");

        (await ExportCalls.CallAsync(hub, HttpMethod.Post, "exports", new() { ["format"] = "jsonl" })).Is(503);
    }

    [Fact]
    public void What_ended_while_nothing_could_be_written_is_shown_as_it_is_and_written_when_it_can_be()
    {
        var folder = new ExportFolder(_folder.Path);
        folder.Ask(Asked, new Dictionary<string, string?>());
        var inTheWay = Directory.CreateDirectory(_folder.At(Asked.Id + ".json.new"));

        Assert.NotNull(folder.Close(Asked with { State = "failed" }));

        Assert.Equal("failed", folder.Find(Asked.Id)!.State);
        Assert.Equal("failed", Assert.Single(folder.All()).State);
        inTheWay.Delete();
        folder.WriteUnwritten();
        Assert.Equal("failed", new ExportFolder(_folder.Path).Find(Asked.Id)!.State);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.asked"));
    }

    [Fact]
    public async Task An_export_whose_last_record_was_not_written_is_not_made_a_second_time()
    {
        string id;
        await using (var hub = await ExportCalls.StartAsync(_folder.Path)) id = (await ExportCalls.ExportAsync(hub, new() { ["format"] = "jsonl" })).Export.GetProperty("id").GetString()!;
        var file = Path.Combine(_folder.At("exports"), id + ".json");
        var record = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        (record["State"], record["Receipt"]) = ("running", null);
        await File.WriteAllTextAsync(file, record.ToJsonString());
        await File.WriteAllTextAsync(Path.ChangeExtension(file, "asked"), """{"format":"jsonl"}""");
        await File.WriteAllTextAsync(_folder.At("exports/nobody.asked"), "{}");

        await using var again = await TestHub.StartAsync(_folder.Path);

        await ExportCalls.FinishedAsync(again, id);
        Assert.Single(await EvidenceReads.EventsAsync(again), one => one.Event == Core.Evidence.EvidenceEvents.ExportMade);
        Assert.Empty(Directory.EnumerateFiles(_folder.At("exports"), "*.asked"));
    }

    private static async Task<string?> StateAsync(TestHub hub, string id) => (await ExportCalls.CallAsync(hub, HttpMethod.Get, "exports/" + id)).Is(200).Json.GetProperty("state").GetString();
}
