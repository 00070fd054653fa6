namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>A package that stands in the envelope as base64, decoded as it arrives. Its end is not told before the envelope's own end has come.</summary>
internal sealed class InlinePackage(SoapRequest request) : ForwardStream
{
    private byte[] _buffer = [];
    private int _at;
    private int _count;
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended) return 0;
        if (_at == _count)
        {
            if (_buffer.Length == 0) _buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(32 * 1024);
            (_at, _count) = (0, await request.Message.Xml.ReadBase64Async(_buffer).ConfigureAwait(false));
            if (_count == 0)
            {
                _ended = true;
                await request.EndAsync(cancellationToken).ConfigureAwait(false);
                return 0;
            }
        }
        var read = Math.Min(buffer.Length, _count - _at);
        _buffer.AsMemory(_at, read).CopyTo(buffer);
        _at += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (_buffer.Length > 0) System.Buffers.ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        base.Dispose(disposing);
    }
}
