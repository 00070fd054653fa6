using DocExchange.Core.Delivery;

namespace DocExchange.Core.Ports;

/// <summary>Pushes copies to the other side of one connection. Safe for concurrent use; every way a call can end is an outcome, none an exception.</summary>
public interface ITransport
{
    /// <summary>Sends one call. May find out first what became of an earlier attempt, where <see cref="RelayCall.InDoubt"/> says that there was one.</summary>
    Task<DeliveryOutcome> SendAsync(RelayCall call, CancellationToken cancellationToken);

    /// <summary>Asks for something small that changes nothing: the probe where nothing waits to be sent. Null = the other side answers as it should; otherwise what is wrong.</summary>
    Task<string?> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>The copy to be sent of a document: made once, then stored. The staged package is the caller's to keep and to let go.</summary>
    /// <param name="original">The package as recipients get it, from its start.</param>
    MadeCopy MakeCopy(WaitingDocument document, Stream original);
}

/// <param name="Staged">The bytes where they differ from the original; null when the original is sent as it is.</param>
/// <param name="Digest">SHA-256 of what is to be sent.</param>
/// <param name="Sender">The sender as the package names it.</param>
public sealed record MadeCopy(IStagedPackage? Staged, ReadOnlyMemory<byte> Digest, string Sender) : IDisposable
{
    public void Dispose() => Staged?.Dispose();
}
