using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Core.Signing;
using DocExchange.IntegrationTests.Hub;
using Microsoft.Extensions.DependencyInjection;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>Somebody outside who remembers: what a hub that goes back, or shows two faces, cannot talk its way out of.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly HubKey _key;

    public WitnessTests() => _key = KeyStore.OpenOrCreate(_folder.At("witness/keys"), "Thanh tra", TimeProvider.System, allowSample: true);

    public void Dispose()
    {
        _key.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    private string State => _folder.At("witness");

    [Fact]
    public async Task A_log_that_only_grows_is_co_signed_and_the_hub_hands_the_co_signature_to_receipt_holders()
    {
        var roots = _folder.At("witness.pem");
        await File.WriteAllTextAsync(roots, PemChain.Write([_key.Chain[^1]]));
        await using var hub = await TestHub.StartAsync(configure: options => (options.Witnesses, options.WitnessRoots) = ([State], roots));
        var receipt = await hub.SendLettersAsync(2);
        await hub.PublishAsync();
        Assert.Equal(Sighting.Cosigned, (await ObserveAsync(hub)).Sighting);
        Assert.Equal(Sighting.Unchanged, (await ObserveAsync(hub)).Sighting);
        await hub.SendLettersAsync(2);
        await hub.PublishAsync();
        Assert.Equal(Sighting.Cosigned, (await ObserveAsync(hub)).Sighting);

        Assert.Empty(await hub.Hub.Services.GetRequiredService<CosignatureCollector>().CollectAsync(default));
        await hub.PublishAsync();

        var trusted = new TrustedParties(hub.Root(), null, [X509CertificateLoader.LoadCertificate(_key.Chain[^1])]);
        var checks = EvidenceCalls.CheckSupplement(await hub.ReceiptAsync(receipt), await hub.SupplementAsync(receipt), trusted);
        Assert.Equal("witness", Assert.Single(checks).Name);
        Assert.Equal(CheckOutcome.Passed, checks[0].Outcome);
        Assert.True(File.Exists(Path.Combine(hub.LogFolder(), LogSource.TagOf(hub.Hub.Store.Origin), "cosigned", "Thanh_tra", LogFolder.WitnessSignatureFile)));
    }

    [Fact]
    public async Task A_hub_put_back_to_an_older_copy_is_seen_as_a_rewind_and_then_as_a_split()
    {
        var data = _folder.At("data");
        await using (var hub = await TestHub.StartAsync(data)) await hub.PublishAsync();
        EvidenceCalls.CopyFolder(data, _folder.At("older"));
        await using (var hub = await TestHub.StartAsync(data))
        {
            await hub.SendLettersAsync(3);
            await hub.PublishAsync();
            Assert.Equal(Sighting.Cosigned, (await ObserveAsync(hub)).Sighting);
        }

        await using var older = await TestHub.StartAsync(_folder.At("older"));
        await older.PublishAsync();
        var rewound = await ObserveAsync(older);
        Assert.Equal(Sighting.Rewound, rewound.Sighting);
        Assert.Contains("REWIND", rewound.English, StringComparison.Ordinal);
        Assert.Contains("QUAY LUI", rewound.Vietnamese, StringComparison.Ordinal);
        await older.SendLettersAsync(6);
        await older.PublishAsync();
        var split = await ObserveAsync(older);

        Assert.Equal(Sighting.SplitView, split.Sighting);
        Assert.Contains("SPLIT VIEW", split.English, StringComparison.Ordinal);
        // Both heads are kept, each signed by the hub: anybody can see that they contradict.
        var tag = Path.Combine(State, LogSource.TagOf(older.Hub.Store.Origin));
        Assert.Null(HeadCheck.Fault(new LogFolder(tag).ReadHead()!, older.Root()));
        Assert.Null(HeadCheck.Fault(new LogFolder(tag).ReadHead("contradiction")!, older.Root()));
    }

    [Fact]
    public async Task A_log_under_another_signature_is_not_believed()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.PublishAsync();

        var seen = await new LogWitness(new LogSource(hub.LogAddress(), _http), State, _key, [X509CertificateLoader.LoadCertificate(_key.Chain[^1])], TimeProvider.System).ObserveAsync(default);

        Assert.Equal(Sighting.NotGenuine, seen[^1].Sighting);
        Assert.False(File.Exists(Path.Combine(State, LogSource.TagOf(hub.Hub.Store.Origin), LogFolder.CheckpointFile)));
    }

    private async Task<Observation> ObserveAsync(TestHub hub) =>
        (await new LogWitness(new LogSource(hub.LogAddress(), _http), State, _key, hub.Root(), TimeProvider.System).ObserveAsync(default))[^1];
}
