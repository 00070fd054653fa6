using DocExchange.Cli;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Clerk;
using DocExchange.IntegrationTests.Clerk.Browser;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Evidence.Exports;

/// <summary>A restore begins another log: what an auditor asks for may lie in two, and no export may pass over that in silence.</summary>
public sealed class ExportAfterRestoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_export_that_a_restore_cuts_off_from_its_past_says_so_and_names_the_log_that_has_it()
    {
        string tag, kept;
        byte[] lost;
        await using (var hub = await ExportCalls.StartAsync(_folder.At("data")))
        {
            kept = await hub.SendLettersAsync(1);
            await hub.SendLettersAsync(1);
            Assert.Equal(0, await BackupCommand.RunAsync(["--data", hub.Folder, "--to", _folder.At("backup")]));
            lost = await hub.ReceiptAsync(await hub.SendLettersAsync(1));
            tag = LogSource.TagOf(hub.Hub.Store.Origin);
        }
        await using var again = await RestoredAsync();
        var root = EvidenceCalls.RootFile(again, _folder);
        await again.SendLettersAsync(1);

        var period = _folder.At("period.jsonl");
        var (made, said) = await again.DexAsync("export", period, "--from", "2020-01-01", "--user", User);
        Assert.Equal((ExitCode.Done, true), (made, said.Contains($"--log {tag}", StringComparison.Ordinal)));
        var (code, verdict) = await again.DexAsync("verify", period, "--root", root);
        Assert.Equal((ExitCode.Done, false, true), (code, verdict.Contains("Valid and trusted", StringComparison.Ordinal), verdict.Contains($"--log {tag}", StringComparison.Ordinal)));

        // With the end of the log before in hand nothing stays open, and what the restore lost is said to be lost.
        var before = _folder.At("before.jsonl");
        Assert.DoesNotContain("--log", (await again.DexAsync("export", before, "--log", tag, "--user", User)).Said, StringComparison.Ordinal);
        Assert.Contains("Valid and trusted", (await again.DexAsync("verify", period, "--root", root, "--held", before)).Said, StringComparison.Ordinal);
        var held = HeldEvidence.TryParse("lost", lost)!.And(HeldEvidence.TryParse("kept", await again.ReceiptAsync(kept))!);
        var checks = ExportVerifier.Verify(File.OpenRead(period), again.Root(), held).Checks;
        Assert.Equal(2, checks.Count(check => check.English.Contains("were lost in the restore", StringComparison.Ordinal)));
        Assert.Equal(2, checks.Count(check => check.English.Contains("concerns another log", StringComparison.Ordinal)));
        await File.WriteAllBytesAsync(_folder.At("rewritten"), Rewritten(before));
        Assert.Equal(ExitCode.Refused, (await again.DexAsync("verify", period, "--root", root, "--held", _folder.At("rewritten"))).Code);

        // A choice shows the first entry all the same, and what begins behind it says nothing.
        var chosen = await ExportCalls.EventsAsync(again, new() { ["document"] = "none" });
        Assert.Equal(EvidenceEvents.LogStarted, Assert.Single(chosen.Events).Event);
        var (_, later) = await again.DexAsync("export", _folder.At("later.jsonl"), "--after", "last", "--user", User);
        Assert.DoesNotContain("--log", later, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_auditors_page_offers_every_log_and_says_which_other_one_holds_a_part()
    {
        string tag;
        await using (var hub = await ExportCalls.StartAsync(_folder.At("data")))
        {
            tag = LogSource.TagOf(hub.Hub.Store.Origin);
            Assert.Equal(0, await BackupCommand.RunAsync(["--data", hub.Folder, "--to", _folder.At("backup")]));
        }
        await using var again = await RestoredAsync();
        using var person = new Person(again.Address);
        await person.SignInAsync(ExportCalls.Auditor, ExportCalls.Password);

        Assert.Contains($"<option value=\"{tag}\">", (await person.GetAsync("/audit")).Text, StringComparison.Ordinal);
        var all = (await person.PostAsync("/audit", ("format", "jsonl"))).Location!;
        Assert.Contains($"{LogSource.TagOf(again.Hub.Store.Origin)}", (await person.GetAsync(all)).Text, StringComparison.Ordinal);
        Assert.Contains($"docexchange/{tag}</span> giữ một phần", (await person.GetAsync(all)).Text, StringComparison.Ordinal);
        await person.GetAsync("/audit");
        var old = (await person.PostAsync("/audit", ("format", "jsonl"), ("log", tag))).Location!;
        Assert.DoesNotContain("giữ một phần", (await person.GetAsync(old)).Text, StringComparison.Ordinal);
        await KeepPictureAsync(again, all);
    }

    private static string User => $"{ExportCalls.Auditor}:{ExportCalls.Password}";

    private async Task<TestHub> RestoredAsync()
    {
        Assert.Equal(0, RestoreCommand.Run(["--from", _folder.At("backup"), "--data", _folder.At("restored")]));
        EvidenceCalls.CopyFolder(Path.Combine(_folder.At("data"), "keys"), Path.Combine(_folder.At("restored"), "keys"));
        return await TestHub.StartAsync(_folder.At("restored"));
    }

    /// <summary>The checkpoint an export ends with, over other entries.</summary>
    private static byte[] Rewritten(string export)
    {
        var head = HeldEvidence.TryParse("before", File.ReadAllBytes(export))!.Heads[^1].Checkpoint;
        return new Checkpoint(head.Origin, head.Size, new byte[MerkleHash.Size], head.Time).ToText();
    }

    private static async Task KeepPictureAsync(TestHub hub, string export)
    {
        if (Environment.GetEnvironmentVariable("DOCEXCHANGE_SCREENSHOTS") is not { Length: > 0 } folder || Chromium.Find() is not { } program) return;
        await using var browser = await Chromium.StartAsync(program, 1100, 1300);
        await browser.OpenAsync(new Uri(hub.Address, "sign-in").AbsoluteUri);
        await browser.TypeAsync(ExportCalls.Auditor);
        await browser.PressAsync("Tab");
        await browser.TypeAsync(ExportCalls.Password);
        await browser.PressAsync("Enter", leads: true);
        foreach (var (page, name) in new[] { ("/audit", "audit-two-logs"), (export, "audit-export-two-logs") })
        {
            await browser.OpenAsync(new Uri(hub.Address, page).AbsoluteUri);
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), await browser.PictureAsync());
        }
    }
}
