namespace DocExchange.Core.Packages.Outlines;

/// <summary>How a piece of a package comes about. The numbers are stored.</summary>
internal enum PieceKind : byte
{
    /// <summary>Bytes of the outline itself.</summary>
    Literal = 0,

    /// <summary>Bytes of the request as they are.</summary>
    Copied = 1,

    /// <summary>The base64 of bytes of the request, unbroken and padded (RFC 4648 §4).</summary>
    Encoded = 2,
}

/// <param name="At">Where in the package it begins.</param>
/// <param name="Length">In the package.</param>
/// <param name="Source">Where in the request, or in the outline's own bytes, its bytes begin.</param>
/// <param name="SourceLength">How many they are there.</param>
internal readonly record struct OutlinePiece(PieceKind Kind, long At, long Length, long Source, long SourceLength);
