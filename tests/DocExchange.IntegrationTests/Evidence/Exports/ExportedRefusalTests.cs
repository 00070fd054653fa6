using System.IO.Compression;
using System.Security.Cryptography;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;

namespace DocExchange.IntegrationTests.Evidence.Exports;

/// <summary>What an agency's export must not leave out in silence: that it was refused, and that an original is no longer there.</summary>
public sealed class ExportedRefusalTests
{
    [Fact]
    public async Task What_an_agency_sent_and_was_refused_is_among_its_own_events_and_nobody_elses()
    {
        await using var hub = await ExportCalls.StartAsync();
        var refused = (await hub.PostPackageAsync(new Letter { To = ["nobody.at.all"] }.Bytes)).Is(422);
        (await hub.PostPackageAsync(new Letter().Bytes)).Is(201);

        var sent = await ExportCalls.EventsAsync(hub, new() { ["agency"] = "H30", ["direction"] = "sent" });
        var both = await ExportCalls.EventsAsync(hub, new() { ["agency"] = "H30" });
        var received = await ExportCalls.EventsAsync(hub, new() { ["agency"] = "H30", ["direction"] = "received" });
        var other = await ExportCalls.EventsAsync(hub, new() { ["agency"] = "H30.12" });

        foreach (var (_, events) in new[] { sent, both })
        {
            var refusal = Assert.Single(events, one => one.Event == EvidenceEvents.SubmissionRejection);
            Assert.Equal(("H30", refused.Json.GetProperty("code").GetString()), (refusal.Sender, refusal.Reason));
            Assert.Contains(events, one => one.Event == EvidenceEvents.SubmissionAcceptance);
        }
        foreach (var (_, events) in new[] { received, other }) Assert.DoesNotContain(events, one => one.Event == EvidenceEvents.SubmissionRejection);
        Assert.True(ExportVerifier.Verify(new MemoryStream(sent.File), hub.Root(), HeldEvidence.Nothing).Valid);
    }

    [Fact]
    public async Task An_original_that_is_no_longer_kept_is_named_in_the_container()
    {
        await using var hub = await ExportCalls.StartAsync();
        var large = new Letter { File = [.. "%PDF-1.4\n"u8, .. RandomNumberGenerator.GetBytes(400_000)] }.Bytes;
        (await hub.PostPackageAsync(large)).Is(201);
        var digest = Convert.ToHexStringLower(SHA256.HashData(large));
        File.Delete(Directory.EnumerateFiles(Path.Combine(hub.Folder, "bodies"), digest, SearchOption.AllDirectories).Single());

        var (_, file) = await ExportCalls.ExportAsync(hub, new() { ["format"] = "asice", ["packages"] = "true" });

        using var zip = new ZipArchive(new MemoryStream(file));
        using var missing = new StreamReader(zip.GetEntry("packages-missing.txt")!.Open());
        Assert.Equal(digest + "\n", await missing.ReadToEndAsync());
        Assert.All(AsicVerifier.Verify(new MemoryStream(file), hub.Root(), HeldEvidence.Nothing).Checks, check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
    }
}
