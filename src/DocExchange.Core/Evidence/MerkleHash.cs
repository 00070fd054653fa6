using System.Security.Cryptography;

namespace DocExchange.Core.Evidence;

/// <summary>The hash rules of RFC 9162 §2.1 with SHA-256. The leaf's data is <c>salt || entry</c>.</summary>
public static class MerkleHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 32;

    /// <summary>SHA-256 of nothing: the root of the empty log.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>SHA-256(0x00 || salt || entry). Salts are always 16 bytes, so the boundary between the two is never in doubt.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> entry)
    {
        const int onStack = 2048;
        var length = 1 + salt.Length + entry.Length;
        var data = length <= onStack ? stackalloc byte[onStack] : new byte[length];
        data = data[..length];
        data[0] = 0;
        salt.CopyTo(data[1..]);
        entry.CopyTo(data[(1 + salt.Length)..]);
        return SHA256.HashData(data);
    }

    /// <summary>SHA-256(0x01 || left || right).</summary>
    /// <exception cref="ArgumentException">A child is not <see cref="Size"/> bytes.</exception>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[Size];
        Node(left, right, hash);
        return hash;
    }

    /// <summary>As <see cref="Node(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/> into <paramref name="destination"/>, which may be one of the children.</summary>
    internal static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> destination)
    {
        if (left.Length != Size || right.Length != Size) throw new ArgumentException("A Merkle hash is 32 bytes.");
        Span<byte> data = stackalloc byte[1 + 2 * Size];
        data[0] = 1;
        left.CopyTo(data[1..]);
        right.CopyTo(data[(1 + Size)..]);
        SHA256.HashData(data, destination);
    }
}
