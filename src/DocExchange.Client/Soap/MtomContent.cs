using System.Net;
using System.Net.Http.Headers;
using DocExchange.Core.Packages;

namespace DocExchange.Client.Soap;

/// <summary>An envelope and the package it refers to as a message of two parts (MTOM); the package goes out as it is read.</summary>
internal sealed class MtomContent : HttpContent
{
    private readonly byte[] _head;
    private readonly byte[] _end;
    private readonly Stream _package;

    public MtomContent(byte[] envelope, Stream package)
    {
        var frame = new MtomFrame("dx-" + Core.Ids.New(), SoapLine.MediaType);
        _package = package;
        _head = [.. frame.Root, .. envelope, .. frame.Package];
        _end = frame.End;
        Headers.ContentType = MediaTypeHeaderValue.Parse(frame.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_head, cancellationToken).ConfigureAwait(false);
        await _package.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(_end, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _package.CanSeek ? _head.Length + _package.Length - _package.Position + _end.Length : 0;
        return _package.CanSeek;
    }
}
