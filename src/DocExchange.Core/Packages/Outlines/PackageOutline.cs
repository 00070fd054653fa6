namespace DocExchange.Core.Packages.Outlines;

/// <summary>
/// A package told as pieces of the request it was built from: the markup itself, and of every file only where its bytes stand. With the request
/// it gives the package byte for byte, whatever version of the hub reads it, and nothing is stored twice (decisions/0049).
/// </summary>
public sealed class PackageOutline
{
    private readonly byte[] _literal;

    internal PackageOutline(byte[] literal, IReadOnlyList<OutlinePiece> pieces)
    {
        (_literal, Pieces) = (literal, pieces);
        Length = pieces is [.., var last] ? last.At + last.Length : 0;
    }

    /// <summary>Bytes of the package.</summary>
    public long Length { get; }

    internal IReadOnlyList<OutlinePiece> Pieces { get; }

    internal ReadOnlyMemory<byte> Literal => _literal;

    /// <summary>What a writer of packages writes, files that stand in the request left where they are.</summary>
    public static PackageOutline Of(Action<Stream> write)
    {
        using var builder = new OutlineBuilder();
        write(builder);
        return builder.Build();
    }

    /// <summary>The package as a seekable stream; disposes <paramref name="request"/> with itself.</summary>
    /// <param name="request">The request as it is kept, seekable.</param>
    public Stream Open(Stream request) => new OutlineStream(this, request);

    /// <summary>The stored form: version, number of pieces, each as kind, length and source, then the literal bytes.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(_literal.Length + 16 * Pieces.Count + 16);
        using var writer = new BinaryWriter(bytes);
        writer.Write(OutlineFormat.Version);
        writer.Write7BitEncodedInt(Pieces.Count);
        foreach (var piece in Pieces)
        {
            writer.Write((byte)piece.Kind);
            writer.Write7BitEncodedInt64(piece.Source);
            writer.Write7BitEncodedInt64(piece.SourceLength);
        }
        writer.Write(_literal);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">These are not the bytes of an outline.</exception>
    public static PackageOutline Parse(byte[] bytes) => OutlineFormat.Parse(bytes);
}
