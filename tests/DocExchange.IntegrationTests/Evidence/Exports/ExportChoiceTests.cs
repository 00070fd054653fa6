using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Evidence.Exports;

/// <summary>What an auditor can choose of a real hub's evidence, for whom it is sealed, and what a stop does to it.</summary>
public sealed class ExportChoiceTests
{
    [Fact]
    public async Task An_agency_is_exported_with_its_units_when_they_are_asked_for()
    {
        await using var hub = await ExportCalls.StartAsync();
        var letter = new Letter { From = "H30.12", To = ["H30"] };
        (await hub.SendAsync(letter, TestHub.Department)).Ok();

        var alone = await ExportCalls.EventsAsync(hub, new() { ["agency"] = "H30", ["direction"] = "sent" });
        var whole = await ExportCalls.EventsAsync(hub, new() { ["agency"] = "H30", ["direction"] = "sent", ["units"] = "true" });

        Assert.Empty(alone.Events);
        Assert.Contains(whole.Events, entry => entry is { Event: EvidenceEvents.SubmissionAcceptance, Sender: "H30.12" });
        Assert.True(ExportVerifier.Verify(new MemoryStream(whole.File), hub.Root(), HeldEvidence.Nothing).Valid);
        (await ExportCalls.CallAsync(hub, HttpMethod.Post, "exports", new() { ["units"] = "true" })).Refuses(400, "DX-0008");
    }

    [Fact]
    public async Task Since_the_last_export_means_the_same_persons_last_one_of_the_same_choice()
    {
        await using var hub = await ExportCalls.StartAsync();
        var (first, _) = await ExportCalls.ExportAsync(hub, new() { ["format"] = "jsonl", ["after"] = "last" });
        var (other, _) = await ExportCalls.ExportAsync(hub, new() { ["format"] = "csv", ["agency"] = "H30", ["after"] = "last" });
        var (next, _) = await ExportCalls.ExportAsync(hub, new() { ["format"] = "jsonl", ["after"] = "last" });

        Assert.Equal(0, first.GetProperty("from").GetInt64());
        Assert.Equal(0, other.GetProperty("from").GetInt64());
        Assert.Equal(first.GetProperty("end").GetInt64(), next.GetProperty("from").GetInt64());
    }

    [Fact]
    public async Task A_sealed_container_is_opened_by_its_reader_alone_and_verifies_then()
    {
        await using var hub = await ExportCalls.StartAsync();
        await hub.SendLettersAsync(1);
        using var reader = Certificate(DateTimeOffset.UtcNow);

        var (export, file) = await ExportCalls.ExportAsync(hub, new() { ["format"] = "asice", ["certificate"] = reader.ExportCertificatePem() });

        Assert.Equal("Reader", export.GetProperty("sealedFor").GetString());
        Assert.Equal(export.GetProperty("digest").GetString(), Convert.ToHexStringLower(SHA256.HashData(file)));
        Assert.Equal(-1, file.AsSpan().IndexOf("receipts.jsonl"u8));
        var envelope = new EnvelopedCms();
        envelope.Decode(file);
        envelope.Decrypt([reader]);
        Assert.True(AsicVerifier.Verify(new MemoryStream(envelope.ContentInfo.Content), hub.Root(), HeldEvidence.Nothing).Valid);

        using var expired = Certificate(DateTimeOffset.UtcNow.AddYears(-5));
        foreach (var wrong in new[] { "no certificate", expired.ExportCertificatePem() })
        {
            (await ExportCalls.CallAsync(hub, HttpMethod.Post, "exports", new() { ["certificate"] = wrong })).Refuses(400, "DX-0008");
        }
    }

    [Fact]
    public async Task An_export_that_a_stop_interrupted_is_made_after_the_next_start_and_one_that_cannot_be_is_closed()
    {
        using var folder = new TemporaryFolder();
        string id;
        await using (var hub = await ExportCalls.StartAsync(folder.Path))
        {
            await hub.SendLettersAsync(1);
            id = (await ExportCalls.ExportAsync(hub, new() { ["format"] = "jsonl" })).Export.GetProperty("id").GetString()!;
        }
        // As a stop in the middle leaves it: the record is open, the words are there, the file is not.
        var exports = folder.At("exports");
        var record = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(exports, id + ".json")))!;
        record["State"] = "running";
        File.WriteAllText(Path.Combine(exports, id + ".json"), record.ToJsonString());
        File.WriteAllText(Path.Combine(exports, id + ".asked"), """{"format":"jsonl"}""");
        record["Id"] = "lost";
        File.WriteAllText(Path.Combine(exports, "lost.json"), record.ToJsonString());
        File.WriteAllText(Path.Combine(exports, id + ".lines.part"), "half a line");
        File.Delete(Path.Combine(exports, id + ".jsonl"));

        await using var again = await TestHub.StartAsync(folder.Path);
        var (_, file) = await ExportCalls.FinishedAsync(again, id);

        Assert.True(ExportVerifier.Verify(new MemoryStream(file), again.Root(), HeldEvidence.Nothing).Valid);
        Assert.Equal("failed", (await ExportCalls.CallAsync(again, HttpMethod.Get, "exports/lost")).Json.GetProperty("state").GetString());
        Assert.Empty(Directory.EnumerateFiles(exports, "*.part"));
        Assert.Empty(Directory.EnumerateFiles(exports, "*.asked"));
    }

    private static X509Certificate2 Certificate(DateTimeOffset from)
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=Reader", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(from.AddMinutes(-1), from.AddYears(1));
    }
}
