namespace DocExchange.IntegrationTests.Durability.PowerCuts;

/// <summary>File content in memory; what is skipped or grown over reads as zeros.</summary>
internal sealed class GrowingBytes
{
    private byte[] bytes = [];

    public int Length { get; private set; }

    public void Write(long offset, ReadOnlySpan<byte> data)
    {
        var end = checked((int)(offset + data.Length));
        if (end > Length)
        {
            Resize(end);
        }

        data.CopyTo(bytes.AsSpan((int)offset));
    }

    public void Resize(long size)
    {
        var length = checked((int)size);
        if (length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(length, bytes.Length * 2));
        }

        if (length < Length)
        {
            bytes.AsSpan(length, Length - length).Clear();
        }

        Length = length;
    }

    public GrowingBytes Copy() => new() { bytes = ToArray(), Length = Length };

    public byte[] ToArray() => bytes.AsSpan(0, Length).ToArray();
}
