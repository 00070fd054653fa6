namespace DocExchange.Core.Packages.Outlines;

/// <summary>Reads the stored form of an outline.</summary>
internal static class OutlineFormat
{
    public const byte Version = 1;

    public static PackageOutline Parse(byte[] bytes)
    {
        try
        {
            using var source = new MemoryStream(bytes, writable: false);
            using var reader = new BinaryReader(source);
            if (reader.ReadByte() != Version) throw new InvalidDataException("An outline of an unknown version: it was written by a newer hub.");
            var pieces = new OutlinePiece[reader.Read7BitEncodedInt()];
            var at = 0L;
            for (var i = 0; i < pieces.Length; i++)
            {
                var (kind, from, length) = ((PieceKind)reader.ReadByte(), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
                pieces[i] = new OutlinePiece(kind, at, LengthOf(kind, length), from, length);
                at += pieces[i].Length;
            }
            return new PackageOutline(bytes[(int)source.Position..], pieces);
        }
        catch (Exception fault) when (fault is EndOfStreamException or FormatException or OverflowException)
        {
            throw new InvalidDataException("The outline of a package is damaged.", fault);
        }
    }

    public static long LengthOf(PieceKind kind, long sourceLength) => kind == PieceKind.Encoded ? Base64Text.LengthFor(sourceLength) : sourceLength;
}
