using System.Text.Json;
using DocExchange.Cli;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.IntegrationTests.Evidence.Exports;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>The commands an auditor, a mirror and a witness type, against a real hub.</summary>
public sealed class CliEvidenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_export_is_taken_listed_verified_and_found_out_when_it_is_altered()
    {
        await using var hub = await ExportCalls.StartAsync();
        await hub.SendLettersAsync(2);
        var (all, table, root) = (_folder.At("all.asice"), _folder.At("all.xlsx"), EvidenceCalls.RootFile(hub, _folder));

        var (made, said) = await hub.DexAsync("export", all, "--packages", "--user", User);
        Assert.Equal((ExitCode.Done, true), (made, said.Contains("--after ", StringComparison.Ordinal)));
        Assert.Equal(ExitCode.Done, (await hub.DexAsync("export", table, "--agency", "H30", "--units", "--after", "last", "--user", User)).Code);
        var (_, listed) = await hub.DexAsync("exports", "--json", "--user", User);
        Assert.Equal(["xlsx", "asice"], JsonDocument.Parse(listed).RootElement.EnumerateArray().Select(one => one.GetProperty("format").GetString()));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.part"));

        var (whole, verdict) = await hub.DexAsync("verify", all, "--root", root, "--deep");
        Assert.Equal((ExitCode.Done, true), (whole, verdict.Contains("Valid and trusted. / Hợp lệ và đáng tin cậy.", StringComparison.Ordinal)));
        var bytes = await File.ReadAllBytesAsync(all);
        bytes[bytes.AsSpan().IndexOf("receipts.csv"u8) + 60] ^= 1;
        await File.WriteAllBytesAsync(all, bytes);
        Assert.Equal(ExitCode.Refused, (await hub.DexAsync("verify", all, "--root", root)).Code);
    }

    [Fact]
    public async Task A_sealed_export_needs_its_ending_and_its_certificate_and_wrong_words_are_named()
    {
        await using var hub = await ExportCalls.StartAsync();

        Assert.Equal(ExitCode.Usage, (await hub.DexAsync("export", _folder.At("all.asice.p7m"), "--user", User)).Code);
        Assert.Equal(ExitCode.Usage, (await hub.DexAsync("export", _folder.At("all.asice"), "--certificate", EvidenceCalls.RootFile(hub, _folder), "--user", User)).Code);
        var (code, said) = await hub.DexAsync("export", _folder.At("all.asice.p7m"), "--certificate", EvidenceCalls.RootFile(hub, _folder), "--user", User);
        // The hub's own root may sign certificates and nothing else.
        Assert.Equal((ExitCode.Refused, true), (code, said.Contains("certificate", StringComparison.Ordinal)));
        Assert.Contains("agency", (await hub.DexAsync("export", _folder.At("a.csv"), "--agency", "nobody", "--user", User)).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mirror_is_copied_grows_verifies_and_is_found_out_when_a_tile_changes()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.FillAsync(300);
        await hub.PublishAsync();
        var mirror = _folder.At("mirror");

        Assert.Equal(ExitCode.Done, (await hub.DexAsync("log", "mirror", hub.LogAddress(), mirror)).Code);
        await hub.FillAsync(40);
        await hub.PublishAsync();
        Assert.Equal(ExitCode.Done, (await hub.DexAsync("log", "mirror", hub.LogAddress(), mirror)).Code);
        var copy = Path.Combine(mirror, LogSource.TagOf(hub.Hub.Store.Origin));
        Assert.Equal(ExitCode.Done, (await hub.DexAsync("verify", copy, "--root", EvidenceCalls.RootFile(hub, _folder))).Code);

        var tile = Directory.EnumerateFiles(Path.Combine(copy, "tile", "0"), "*", SearchOption.AllDirectories).First();
        var bytes = await File.ReadAllBytesAsync(tile);
        bytes[7] ^= 1;
        await File.WriteAllBytesAsync(tile, bytes);
        Assert.Equal(ExitCode.Refused, (await hub.DexAsync("verify", copy, "--root", EvidenceCalls.RootFile(hub, _folder))).Code);
    }

    [Fact]
    public async Task A_witness_co_signs_what_grows_and_ends_with_code_4_when_the_hub_goes_back()
    {
        var (data, older, state) = (_folder.At("data"), _folder.At("older"), _folder.At("state"));
        await using (var hub = await TestHub.StartAsync(data)) await hub.PublishAsync();
        EvidenceCalls.CopyFolder(data, older);
        await using (var hub = await TestHub.StartAsync(data))
        {
            await hub.SendLettersAsync(3);
            await hub.PublishAsync();
            Assert.Equal(ExitCode.Done, (await hub.DexAsync("witness", hub.LogAddress(), "--state", state, "--root", EvidenceCalls.RootFile(hub, _folder), "--once")).Code);
        }

        await using var back = await TestHub.StartAsync(older);
        await back.PublishAsync();
        var (code, said) = await back.DexAsync("witness", back.LogAddress(), "--state", state, "--root", EvidenceCalls.RootFile(back, _folder), "--once");

        Assert.Equal(ExitCode.Contradicted, code);
        Assert.Contains("REWIND", said, StringComparison.Ordinal);
        Assert.Contains("QUAY LUI", said, StringComparison.Ordinal);
    }

    private static string User => $"{ExportCalls.Auditor}:{ExportCalls.Password}";
}
