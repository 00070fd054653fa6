namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>A package that is a part of the message (XOP). Its end is not told before the message's own end has come, with no part that nobody asked for.</summary>
internal sealed class ReferencedPackage(SoapRequest request, Stream part) : ForwardStream
{
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended) return 0;
        var read = await part.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read > 0) return read;
        _ended = true;
        await request.EndPartsAsync(cancellationToken).ConfigureAwait(false);
        return 0;
    }
}
