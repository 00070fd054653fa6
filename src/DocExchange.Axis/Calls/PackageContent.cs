using System.Net;

namespace DocExchange.Axis.Calls;

/// <summary>A file and the line end that the protocol puts behind it; sent with its length, never in chunks.</summary>
internal sealed class PackageContent(Stream file, long length) : HttpContent
{
    private static readonly ReadOnlyMemory<byte> LineEnd = "\r\n"u8.ToArray();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await file.CopyToAsync(stream, 64 * 1024, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(LineEnd, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long total)
    {
        total = length + LineEnd.Length;
        return true;
    }
}
