using DocExchange.Core.Signing.Envelopes;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>A package on its way to the desk that the signature of its message covers: its bytes are taken into the digest as they pass.</summary>
internal sealed class SignedPackage(Stream package, PendingBody body) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await package.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        body.Append(buffer.Span[..read]);
        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        body.Dispose();
        await package.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
