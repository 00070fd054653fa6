namespace DocExchange.Sandbox.Axis.Faults;

/// <summary>An answer's body on its way out: in slow pieces, cut short, and counted.</summary>
/// <param name="cutAt">Bytes after which nothing more goes out; null for all.</param>
internal sealed class HurtStream(Stream inner, long? cutAt, AxisFault? slow, TimeProvider time) : Stream
{
    /// <summary>Bytes that went out.</summary>
    public long Sent { get; private set; }

    public bool WasCut { get; private set; }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cutAt is { } end && Sent + buffer.Length > end)
        {
            buffer = buffer[..(int)Math.Max(0, end - Sent)];
            WasCut = true;
        }
        while (buffer.Length > 0)
        {
            var piece = slow is null ? buffer : buffer[..Math.Min(buffer.Length, slow.PieceBytes)];
            await inner.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            Sent += piece.Length;
            buffer = buffer[piece.Length..];
            if (slow is null) continue;
            await inner.FlushAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromMilliseconds(slow.DelayMs), time, cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
