using DocExchange.Core.Delivery;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.NationalAxis;
using DocExchange.Sandbox.Axis.Correspondents;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>What docs/axis.md says of further axes: one of the same protocol is data, one of another protocol is a small class.</summary>
public sealed class SecondAxisTests
{
    private const string Second = "test-axis";

    [Fact]
    public async Task A_second_axis_is_a_section_of_the_configuration_and_routes_in_the_directory()
    {
        await using var other = await TestAxis.StartAsync();
        await using var first = await TestAxis.StartAsync();
        using var folder = new Evidence.TemporaryFolder();
        await using var hub = await JoinedHub.StartProvinceAsync(folder.Path, first.Axis.Address, adjust: options =>
        {
            options.Axes[Second] = JoinedHub.Settings(other.Axis.Address, null);
            File.WriteAllText(Path.Combine(folder.Path, "keys", $"axis-{Second}.secret"), TestHub.Secret);
        });
        await hub.ChangeAgencyAsync("G22", a => a with { Axis = AxisPair.AxisName });
        await hub.ChangeAgencyAsync("H17", a => a with { Axis = Second });

        var letter = new Letter { To = ["G22", "H17"] };
        var sent = (await hub.SendAsync(letter)).Ok();
        await other.Axis.DeliverAsync(new SampleLetter("H17", "H30.12"));
        await first.Axis.DeliverAsync(new SampleLetter("G22", "H30.12"));

        await hub.UntilAsync(async () => (await hub.TrackAsync(sent.DocId)).Deliveries.All(d => d.State == DeliveryState.Relayed), "both relays");
        await hub.UntilAsync(async () => (await hub.ListAsync(TestHub.Department)).Count == 2, "both letters");
        Assert.Equal(["G22"], first.Axis.Documents.Single(d => d.DocumentId == letter.DocumentId).Items.SelectMany(i => i.To));
        Assert.Equal(["H17"], other.Axis.Documents.Single(d => d.DocumentId == letter.DocumentId).Items.SelectMany(i => i.To));
    }

    [Fact]
    public async Task An_axis_of_another_protocol_needs_only_to_say_how_a_call_is_made()
    {
        await using var hub = await TestHub.StartAsync();
        var system = await hub.PartyStore.SaveSystemAsync(new PartnerSystem(0, "axis.drop", Profile.Peer, true, []) { Axis = "drop", Dialects = [] }, "test", default);
        await hub.ChangeAgencyAsync("G22", a => a with { Axis = "drop" });
        var (relays, packages) = (hub.Hub.Services.GetRequiredService<IRelayStore>(), hub.Hub.Services.GetRequiredService<IPackageStore>());
        using var place = new Evidence.TemporaryFolder();
        var folder = Path.Combine(place.Path, "not-yet");
        var transport = new FolderTransport(folder, packages);
        var connection = new RelayConnection("drop", system.Id, new RelaySettings(2, 100, 10, RetryPolicy.Default with { First = TimeSpan.FromMilliseconds(50) }),
            new CircuitBreaker(5, TimeSpan.FromSeconds(1), TimeProvider.System), hub.Store, hub.Hub.Store.Alarms, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var running = new Dispatcher(connection, transport, relays, new RelayPreparation(relays, packages), hub.Hub.Services.GetRequiredService<CurrentParties>(), TimeProvider.System).RunAsync(stop.Token);

        var letter = new Letter { To = ["G22"] };
        var sent = (await hub.SendAsync(letter)).Ok();
        await hub.UntilAsync(() => Task.FromResult(connection.Retried > 0), "an attempt");
        Directory.CreateDirectory(folder);
        await hub.UntilAsync(async () => (await hub.TrackAsync(sent.DocId)).Deliveries.All(d => d.State == DeliveryState.Relayed), "the relay");
        await stop.CancelAsync();
        await running;

        Assert.Equal(letter.Bytes, await File.ReadAllBytesAsync(Path.Combine(folder, sent.DocId)));
    }

    [Fact]
    public async Task The_transport_that_the_documentation_shows_is_the_one_that_is_tried_here()
    {
        var tried = await File.ReadAllTextAsync(RepositoryFiles.PathOf("tests/DocExchange.IntegrationTests/Axes/FolderTransport.cs"));

        Assert.Contains(tried[tried.IndexOf("internal sealed class", StringComparison.Ordinal)..], await File.ReadAllTextAsync(RepositoryFiles.PathOf("docs/integrating.md")), StringComparison.Ordinal);
    }
}
