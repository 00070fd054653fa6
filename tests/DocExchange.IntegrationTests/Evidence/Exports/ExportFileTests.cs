using System.IO.Compression;
using System.Security.Cryptography;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.IntegrationTests.Callers;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;

namespace DocExchange.IntegrationTests.Evidence.Exports;

/// <summary>What an auditor takes out of a real hub, and that it is checked without it.</summary>
public sealed class ExportFileTests
{
    [Fact]
    public async Task An_auditor_takes_the_evidence_with_its_packages_and_checks_it_without_the_hub()
    {
        await using var hub = await ExportCalls.StartAsync();
        var letter = new Letter();
        (await hub.PostPackageAsync(letter.Bytes)).Is(201);
        await hub.FillAsync(20);

        var (export, file) = await ExportCalls.ExportAsync(hub, new() { ["format"] = "asice", ["packages"] = "true" });

        var verdict = AsicVerifier.Verify(new MemoryStream(file), hub.Root(), HeldEvidence.Nothing, deep: true);
        Assert.All(verdict.Checks, check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        Assert.Equal(export.GetProperty("shown").GetInt64(), verdict.Shown);
        Assert.Equal(0, verdict.Withheld);
        using var zip = new ZipArchive(new MemoryStream(file));
        using var package = zip.GetEntry($"packages/{Convert.ToHexStringLower(SHA256.HashData(letter.Bytes))}.edxml")!.Open();
        Assert.Equal(SHA256.HashData(letter.Bytes), await SHA256.HashDataAsync(package));
        using var table = new StreamReader(zip.GetEntry("receipts.csv")!.Open());
        Assert.Equal(verdict.Shown + 1, (await table.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task The_next_export_goes_on_where_the_last_ended_and_holds_the_event_of_that_export()
    {
        await using var hub = await ExportCalls.StartAsync();
        await hub.SendLettersAsync(2);
        var (first, earlier) = await ExportCalls.ExportAsync(hub, new() { ["format"] = "jsonl" });
        await hub.SendLettersAsync(1);

        var (_, later) = await ExportCalls.ExportAsync(hub, new() { ["format"] = "jsonl", ["after"] = first.GetProperty("end").GetInt64().ToString() });

        var verdict = ExportVerifier.Verify(new MemoryStream(later), hub.Root(), HeldEvidence.TryParse("earlier", earlier)!, deep: true);
        Assert.True(verdict.Valid);
        Assert.Contains(verdict.Checks, check => check is { Name: "held", Outcome: CheckOutcome.Passed });
        var events = ExportEvents.In(new MemoryStream(later)).Select(one => one.Entry).ToList();
        var made = Assert.Single(events, entry => entry.Event == EvidenceEvents.ExportMade);
        Assert.Equal(SHA256.HashData(earlier), made.Digest);
        Assert.StartsWith("account ", made.Actor, StringComparison.Ordinal);
        Assert.Single(events, entry => entry.Event == EvidenceEvents.SubmissionAcceptance);
    }

    [Fact]
    public async Task Filters_show_what_they_name_and_a_period_is_shown_whole()
    {
        await using var hub = await ExportCalls.StartAsync();
        var sent = (await hub.PostPackageAsync(new Letter().Bytes)).Is(201);
        await hub.FillAsync(5);
        (await hub.PostPackageAsync(new Letter().Bytes)).Is(201);

        var one = await ExportCalls.EventsAsync(hub, new() { ["document"] = sent.DocId });
        var others = await ExportCalls.EventsAsync(hub, new() { ["agency"] = "H30", ["direction"] = "received" });
        var waiting = await ExportCalls.EventsAsync(hub, new() { ["agency"] = "H30", ["direction"] = "sent", ["state"] = "available" });
        var past = await ExportCalls.EventsAsync(hub, new() { ["before"] = "2020-01-01" });
        var today = await ExportCalls.EventsAsync(hub, new() { ["from"] = "2020-01-01" });

        Assert.All(one.Events, entry => Assert.Equal(sent.DocId, entry.Document));
        Assert.NotEmpty(one.Events);
        Assert.Empty(others.Events);
        Assert.Equal(2, waiting.Events.Count(entry => entry.Event == EvidenceEvents.SubmissionAcceptance));
        Assert.True(today.Events.Count > waiting.Events.Count);
        Assert.True(past.Events.Count < today.Events.Count);
        foreach (var (file, _) in new[] { one, others, waiting, past, today }) Assert.True(ExportVerifier.Verify(new MemoryStream(file), hub.Root(), HeldEvidence.Nothing).Valid);
    }

    [Fact]
    public async Task Systems_and_clerks_get_no_export_and_wrong_words_are_refused_by_name()
    {
        await using var hub = await ExportCalls.StartAsync();

        (await hub.GetAsync("exports", TestHub.Province)).Is(401);
        foreach (var (name, word) in new[] { ("format", "pdf"), ("after", "7777"), ("after", "x"), ("from", "yesterday"), ("agency", "nobody"), ("state", "1"), ("direction", "sent") })
        {
            var refusal = (await ExportCalls.CallAsync(hub, HttpMethod.Post, "exports", new() { [name] = word })).Refuses(400, "DX-0008");
            Assert.Contains(name, refusal.Text, StringComparison.Ordinal);
        }
        (await ExportCalls.CallAsync(hub, HttpMethod.Post, "settings/reload")).Is(403);
        (await ExportCalls.CallAsync(hub, HttpMethod.Get, "exports/none/file")).Is(404);
    }

    [Fact]
    public async Task An_interrupted_download_goes_on_where_it_stopped_and_is_one_piece_of_evidence()
    {
        await using var hub = await ExportCalls.StartAsync();
        var (export, file) = await ExportCalls.ExportAsync(hub, new() { ["format"] = "jsonl" });

        var rest = (await ExportCalls.CallAsync(hub, HttpMethod.Get, $"exports/{export.GetProperty("id").GetString()}/file", range: 100)).Is(206);

        Assert.Equal(file[100..], rest.Body);
        var taken = Assert.Single(await EvidenceReads.EventsAsync(hub), e => e.Event == EvidenceEvents.ExportTaken);
        Assert.Equal((export.GetProperty("id").GetString(), true), (taken.Detail, taken.Actor!.StartsWith("account ", StringComparison.Ordinal)));
        Assert.Equal(SHA256.HashData(file), taken.Digest);
    }
}
