namespace DocExchange.UnitTests.Axis;

/// <summary>Bytes that arrive so many at a time.</summary>
internal sealed class InPieces(byte[] bytes, int piece) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
}
