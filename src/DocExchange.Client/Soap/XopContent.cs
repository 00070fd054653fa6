using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace DocExchange.Client.Soap;

/// <summary>An envelope and the package it refers to as a message of two parts (MTOM); the package goes out as it is read.</summary>
internal sealed class XopContent : HttpContent
{
    private readonly byte[] _head;
    private readonly byte[] _end;
    private readonly Stream _package;

    public XopContent(byte[] envelope, string packageId, Stream package)
    {
        var boundary = "dx-" + Core.Ids.New();
        _package = package;
        _head =
        [
            .. Encoding.ASCII.GetBytes($"--{boundary}\r\nContent-ID: <root>\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"text/xml\"\r\nContent-Transfer-Encoding: binary\r\n\r\n"),
            .. envelope,
            .. Encoding.ASCII.GetBytes($"\r\n--{boundary}\r\nContent-ID: <{packageId}>\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n\r\n"),
        ];
        _end = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/related; type=\"application/xop+xml\"; start=\"<root>\"; start-info=\"text/xml\"; boundary=\"{boundary}\"");
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
