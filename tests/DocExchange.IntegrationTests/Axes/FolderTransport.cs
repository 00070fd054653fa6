using DocExchange.Core.Delivery;
using DocExchange.Core.Ports;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>An axis of another protocol, as docs/integrating.md shows it.</summary>
internal sealed class FolderTransport(string folder, IPackageStore packages) : ITransport
{
    // One call. Every end is an outcome: Delivered, Transient (again later), Unknown (may have arrived), Permanent (a dead letter).
    public async Task<DeliveryOutcome> SendAsync(RelayCall call, CancellationToken cancellationToken)
    {
        if (await ProbeAsync(cancellationToken) is { } wrong) return new DeliveryOutcome.Transient(wrong);
        await using var package = (await packages.OpenAsync(call.Copy.Digest, cancellationToken))!;
        await using var file = File.Create(Path.Combine(folder, call.DocId));
        await package.CopyToAsync(file, cancellationToken);
        return new DeliveryOutcome.Delivered("folder-" + call.DocId);
    }

    // Does it answer? Null when it does; asked while the breaker is open and nothing waits.
    public Task<string?> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult(Directory.Exists(folder) ? null : "there is no " + folder);

    // The bytes to be sent, made once: here the original.
    public MadeCopy MakeCopy(WaitingDocument document, Stream original) => new(null, document.Digest, "");
}
