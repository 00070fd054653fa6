using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Evidence.Stamping;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Scheduling;
using DocExchange.IntegrationTests.Durability.RealHub;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using DocExchange.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>Time-stamps of a real authority over HTTP: one covers everything before it, and none is waited for.</summary>
public sealed class TimeStampTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_stamp_of_the_newest_head_dates_every_receipt_before_it()
    {
        await using var sandbox = await SandboxHost.StartAsync(_folder.Path, 0, TimeProvider.System);
        await using var hub = await StartAsync(sandbox.Address, sandbox.RootFile);
        var first = await hub.SendLettersAsync(1);
        var last = await hub.SendLettersAsync(3);
        Assert.Empty(SupplementFormat.TryParse(await hub.SupplementAsync(first), out _)!.Heads);

        Assert.Empty(await hub.StampAsync());

        var trusted = new TrustedParties(hub.Root(), [X509CertificateLoader.LoadCertificateFromFile(sandbox.RootFile)], null);
        foreach (var id in (string[])[first, last])
        {
            var checks = EvidenceCalls.CheckSupplement(await hub.ReceiptAsync(id), await hub.SupplementAsync(id), trusted);
            Assert.Equal("time-stamp", Assert.Single(checks).Name);
            Assert.Equal(CheckOutcome.Passed, checks[0].Outcome);
        }
        var before = await hub.SupplementAsync(first);
        Assert.Empty(await hub.StampAsync());
        Assert.Equal(before, await hub.SupplementAsync(first));
    }

    [SkippableFact]
    public async Task Openssl_verifies_the_published_stamp_with_the_commands_of_the_document()
    {
        await using var sandbox = await SandboxHost.StartAsync(_folder.At("sandbox"), 0, TimeProvider.System);
        await using var hub = await StartAsync(sandbox.Address, sandbox.RootFile);
        Skip.IfNot(Has("openssl"), "openssl is not installed.");
        await hub.SendLettersAsync(1);
        await hub.StampAsync();
        await hub.PublishAsync();
        var stamped = Directory.EnumerateFiles(Path.Combine(hub.LogFolder(), LogSource.TagOf(hub.Hub.Store.Origin), "stamped"), "checkpoint", SearchOption.AllDirectories).Single();
        var folder = Path.GetDirectoryName(stamped)!;
        await File.WriteAllTextAsync(_folder.At("hub-root.pem"), PemChain.Write([hub.Hub.Key.Chain[^1]]));

        Assert.Contains("Verification: OK", OpenSsl(folder, "ts", "-verify", "-data", "checkpoint.p7s", "-in", "checkpoint.tst", "-token_in", "-CAfile", sandbox.RootFile), StringComparison.Ordinal);
        Assert.Contains("successful", OpenSsl(folder, "cms", "-verify", "-binary", "-inform", "DER", "-in", "checkpoint.p7s", "-content", "checkpoint", "-CAfile", _folder.At("hub-root.pem"), "-out", "/dev/null"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_is_away_stops_nothing_is_seen_by_operators_and_is_caught_up_with_by_one_stamp()
    {
        var sandbox = await SandboxHost.StartAsync(_folder.Path, Ports.Free(), TimeProvider.System);
        var (address, root) = (sandbox.Address, sandbox.RootFile);
        await sandbox.DisposeAsync();
        await using var hub = await StartAsync(address, root);

        var early = await hub.SendLettersAsync(3);
        var failed = Assert.Single(await hub.StampAsync());
        Assert.NotNull(failed.Problem);
        using var ready = await hub.Http.GetAsync(new Uri(hub.Address, "health/ready"));
        var health = JsonDocument.Parse(await ready.Content.ReadAsByteArrayAsync()).RootElement;
        Assert.True(health.GetProperty("status").GetString() == "ready" || HubTracee.IsOnlySlow(health.GetRawText()), health.GetRawText());
        Assert.NotEqual("", health.GetProperty("evidence").GetProperty("timeStamps")[0].GetProperty("problem").GetString());

        await using var back = await SandboxHost.StartAsync(_folder.Path, address.Port, TimeProvider.System);
        Assert.Empty(await hub.StampAsync());
        Assert.Single(SupplementFormat.TryParse(await hub.SupplementAsync(early), out _)!.Heads);
    }

    [Fact]
    public async Task A_day_without_stamps_is_an_alarm_also_for_a_hub_that_was_started_an_hour_ago()
    {
        var data = _folder.At("data");
        var sandbox = await SandboxHost.StartAsync(_folder.At("sandbox"), 0, TimeProvider.System);
        var (address, root) = (sandbox.Address, sandbox.RootFile);
        await using (var hub = await StartAsync(address, root, data)) Assert.Empty(await hub.StampAsync());
        await sandbox.DisposeAsync();

        await using var again = await StartAsync(address, root, data);
        await again.SendLettersAsync(1);
        await StampLaterAsync(again, TimeSpan.FromHours(23));
        Assert.DoesNotContain(Alarms(again).All, alarm => alarm.Kind == AlarmKind.TimeStampsMissing);
        await StampLaterAsync(again, TimeSpan.FromHours(25));
        Assert.Contains(Alarms(again).All, alarm => alarm.Kind == AlarmKind.TimeStampsMissing);
    }

    [Fact]
    public async Task Two_authorities_on_one_host_are_told_apart_and_the_hub_says_that_it_is_ready()
    {
        await using var sandbox = await SandboxHost.StartAsync(_folder.Path, 0, TimeProvider.System);
        await using var hub = await TestHub.StartAsync(configure: options =>
        {
            options.TimestampAuthorities = [new Uri(sandbox.Address, "tsa").ToString(), new Uri(sandbox.Address, "tsa?second").ToString()];
            options.TimestampRoots = sandbox.RootFile;
        }, byHand: StampHeadJob.Key);
        await hub.SendLettersAsync(1);

        Assert.Empty(await hub.StampAsync());

        using var ready = await hub.Http.GetAsync(new Uri(hub.Address, "health/ready"));
        Assert.Equal(2, JsonDocument.Parse(await ready.Content.ReadAsByteArrayAsync()).RootElement.GetProperty("evidence").GetProperty("timeStamps").GetArrayLength());
    }

    [Fact]
    public async Task The_end_of_a_log_that_another_goes_on_from_is_stamped_as_well()
    {
        var data = _folder.At("data");
        await using var sandbox = await SandboxHost.StartAsync(_folder.At("sandbox"), 0, TimeProvider.System);
        string receipt;
        await using (var hub = await StartAsync(sandbox.Address, sandbox.RootFile, data)) receipt = await hub.SendLettersAsync(1);
        Assert.Equal(0, await LogCommand.RunAsync(["new-epoch", "--reason", "exercise", "--data", data]));

        await using var again = await StartAsync(sandbox.Address, sandbox.RootFile, data);
        Assert.Empty(await again.StampAsync());

        Assert.Single(SupplementFormat.TryParse(await again.SupplementAsync(receipt), out _)!.Heads);
    }

    [Fact]
    public async Task A_stamp_that_does_not_chain_to_the_configured_roots_is_not_kept()
    {
        await using var sandbox = await SandboxHost.StartAsync(_folder.At("one"), 0, TimeProvider.System);
        await using var stranger = await SandboxHost.StartAsync(_folder.At("other"), 0, TimeProvider.System);
        await using var hub = await StartAsync(stranger.Address, sandbox.RootFile);
        var receipt = await hub.SendLettersAsync(1);

        Assert.Contains("trusted root", Assert.Single(await hub.StampAsync()).Problem, StringComparison.Ordinal);
        Assert.Empty(SupplementFormat.TryParse(await hub.SupplementAsync(receipt), out _)!.Heads);
    }

    [Fact]
    public async Task A_receipt_as_xml_has_the_content_of_its_json_and_another_callers_supplement_does_not_exist()
    {
        await using var hub = await TestHub.StartAsync();
        var id = await hub.SendLettersAsync(1);

        var xml = (await hub.GetAsync($"receipts/{id}?format=xml", TestHub.Province)).Is(200);

        Assert.Equal("application/xml", xml.ContentHeaders.ContentType?.MediaType);
        Assert.Equal(await hub.ReceiptAsync(id), ReceiptFormat.Render(ReceiptXml.TryParse(xml.Body, out _)!));
        (await hub.GetAsync($"receipts/{id}?format=yaml", TestHub.Province)).Is(400);
        (await hub.GetAsync($"receipts/{id}/supplement", TestHub.Peer)).Is(404);
    }

    private static Task StampLaterAsync(TestHub hub, TimeSpan later) => new StampHeadJob(
        hub.Hub.Services.GetRequiredService<HeadStamper>(), Alarms(hub), new LaterTime(later), NullLogger<StampHeadJob>.Instance).Execute(null!).AsTask();

    private static AlarmBoard Alarms(TestHub hub) => hub.Hub.Services.GetRequiredService<AlarmBoard>();

    private sealed class LaterTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    private static Task<TestHub> StartAsync(Uri authority, string roots, string? folder = null) => TestHub.StartAsync(folder, options =>
    {
        options.TimestampAuthorities = [new Uri(authority, "tsa").ToString()];
        options.TimestampRoots = roots;
    }, byHand: StampHeadJob.Key);

    private static bool Has(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string OpenSsl(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = new StringBuilder(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        return output.Append(errors.GetAwaiter().GetResult()).ToString();
    }
}
