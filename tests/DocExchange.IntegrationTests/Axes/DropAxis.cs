using System.Collections.Concurrent;
using DocExchange.Core.Delivery;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>A real hub, and an axis that takes what a test lets it take; the test runs its dispatcher.</summary>
internal sealed class DropAxis : ITransport, IPackageStore, IAsyncDisposable
{
    private readonly IPackageStore _packages;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _sent = new();
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<Exception> _faults = new();

    private DropAxis(TestHub hub, long mailbox)
    {
        (Hub, Mailbox, _packages) = (hub, mailbox, hub.Hub.Services.GetRequiredService<IPackageStore>());
        Relays = new FaultyRelays(hub.Hub.Services.GetRequiredService<IRelayStore>());
        var retry = Core.Delivery.RetryPolicy.Default with { First = TimeSpan.FromMilliseconds(20), Longest = TimeSpan.FromMilliseconds(50) };
        var connection = new RelayConnection(
            "drop", mailbox, new RelaySettings(4, 100, 10, retry), new CircuitBreaker(5, TimeSpan.FromSeconds(1), TimeProvider.System), hub.Store, hub.Hub.Store.Alarms, TimeProvider.System);
        Dispatcher = new Dispatcher(connection, this, Relays, new RelayPreparation(Relays, this), hub.Hub.Services.GetRequiredService<CurrentParties>(), TimeProvider.System);
        Dispatcher.Faulted += _faults.Enqueue;
    }

    public TestHub Hub { get; }

    public long Mailbox { get; }

    public FaultyRelays Relays { get; }

    public Dispatcher Dispatcher { get; }

    /// <summary>Documents of the calls that were made, in their order.</summary>
    public IReadOnlyCollection<string> Sent => _sent;

    /// <summary>Ends with the first call.</summary>
    public Task Called => _called.Task;

    public IReadOnlyCollection<Exception> Faults => _faults;

    /// <summary>While this has not ended the axis does not answer.</summary>
    public Task Answers { get; set; } = Task.CompletedTask;

    /// <summary>A document whose calls are never answered.</summary>
    public string? Hangs { get; set; }

    /// <summary>An original that the disk does not give.</summary>
    public ReadOnlyMemory<byte>? Unreadable { get; set; }

    public static async Task<DropAxis> StartAsync(Action<HubOptions>? configure = null, JobKey? byHand = null)
    {
        var hub = await TestHub.StartAsync(configure: configure, byHand: byHand);
        var system = await hub.PartyStore.SaveSystemAsync(new PartnerSystem(0, "axis.drop", Profile.Peer, true, []) { Axis = "drop", Dialects = [] }, "test", default);
        await hub.ChangeAgencyAsync("G22", a => a with { Axis = "drop" });
        return new DropAxis(hub, system.Id);
    }

    public Task RunAsync() => Dispatcher.RunAsync(_stop.Token);

    public async Task<string> SendAsync(Letter? letter = null) => (await Hub.SendAsync((letter ?? new Letter()) with { To = ["G22"] })).Ok().DocId;

    /// <summary>Begins the first attempt of the one copy that waits, as the dispatcher would; null when it may not be sent any more.</summary>
    public async Task<RelayCall?> BeginAsync()
    {
        var waiting = await WaitingAsync();
        return await Relays.BeginAsync(new NewRelay(Mailbox, waiting, new RelayCopy(waiting.Digest, ""), null), default);
    }

    public async Task<string> SendToAsync(string[] codes) => (await Hub.SendAsync(new Letter { To = codes })).Ok().DocId;

    /// <summary>So many organisations more behind it.</summary>
    public async Task<string[]> AddAsync(int count)
    {
        string[] codes = [.. Enumerable.Range(1, count).Select(i => $"G22.{i:00}")];
        foreach (var code in codes) await Hub.PartyStore.SaveAgencyAsync(new Agency(0, code, $"Cục {code} (mẫu)", null, AgencyKind.External) { Axis = "drop" }, "test", default);
        return codes;
    }

    public Task UntilRelayedAsync(string docId) =>
        Hub.UntilAsync(async () => (await Hub.TrackAsync(docId)).Deliveries.All(d => d.State == DeliveryState.Relayed), "the relay of " + docId);

    public async Task<WaitingDocument> WaitingAsync() => (await Relays.ListWaitingAsync(Mailbox, false, 10, default)).Single();

    public async Task<DeliveryOutcome> SendAsync(RelayCall call, CancellationToken cancellationToken)
    {
        _sent.Enqueue(call.DocId);
        _called.TrySetResult();
        await Answers.WaitAsync(cancellationToken);
        if (call.DocId == Hangs) await Task.Delay(Timeout.Infinite, cancellationToken);
        return new DeliveryOutcome.Delivered("drop-" + call.DocId);
    }

    public Task<string?> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public MadeCopy MakeCopy(WaitingDocument document, Stream original) => new(null, document.Digest, "");

    public IStagedPackage Stage(long? announcedLength) => _packages.Stage(announcedLength);

    public ValueTask<Stream?> OpenAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken) =>
        Unreadable is { } bad && bad.Span.SequenceEqual(digest.Span) ? throw new EndOfStreamException("a bad sector") : _packages.OpenAsync(digest, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Hub.DisposeAsync();
        _stop.Dispose();
    }
}
