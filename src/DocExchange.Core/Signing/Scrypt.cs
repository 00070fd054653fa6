using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace DocExchange.Core.Signing;

/// <summary>scrypt as RFC 7914 defines it, over the platform's PBKDF2; tested against the vectors of its §8-12.</summary>
internal static class Scrypt
{
    /// <param name="password">Any bytes.</param>
    /// <param name="salt">Any bytes.</param>
    /// <param name="logN">Cost N = 2^logN; memory is 128 * r * N bytes.</param>
    /// <param name="r">Block size.</param>
    /// <param name="p">Parallelism.</param>
    /// <param name="length">Bytes wanted.</param>
    public static byte[] Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int logN, int r, int p, int length)
    {
        var blocks = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1, HashAlgorithmName.SHA256, p * 128 * r);
        var words = MemoryMarshal.Cast<byte, uint>(blocks.AsSpan());
        Reorder(words);
        var memory = GC.AllocateUninitializedArray<uint>(checked((32 * r) << logN));
        var spare = new uint[32 * r];
        for (var i = 0; i < p; i++) Mix(words.Slice(i * 32 * r, 32 * r), memory, spare, 1 << logN, r);
        Array.Clear(memory);
        Reorder(words);
        return Rfc2898DeriveBytes.Pbkdf2(password, blocks, 1, HashAlgorithmName.SHA256, length);
    }

    /// <summary>scryptROMix (§5).</summary>
    private static void Mix(Span<uint> block, Span<uint> memory, Span<uint> spare, int cost, int r)
    {
        var size = block.Length;
        for (var i = 0; i < cost; i++)
        {
            block.CopyTo(memory.Slice(i * size, size));
            MixBlock(block, spare, r);
        }
        for (var i = 0; i < cost; i++)
        {
            var j = (int)(block[(2 * r - 1) * 16] & (uint)(cost - 1));
            var chosen = memory.Slice(j * size, size);
            Xor(block, chosen);
            MixBlock(block, spare, r);
        }
    }

    /// <summary>scryptBlockMix (§4): even results to the first half, odd ones to the second.</summary>
    private static void MixBlock(Span<uint> block, Span<uint> spare, int r)
    {
        Span<uint> x = stackalloc uint[16];
        block.Slice((2 * r - 1) * 16, 16).CopyTo(x);
        for (var i = 0; i < 2 * r; i++)
        {
            Xor(x, block.Slice(i * 16, 16));
            Salsa(x);
            x.CopyTo(spare.Slice((i / 2 + (i % 2) * r) * 16, 16));
        }
        spare.CopyTo(block);
    }

    /// <summary>
    /// Salsa20/8 core (§3). The four diagonals of the 4x4 state are vectors: one quarter round on them is all four of a column round, and,
    /// with three of them turned, of a row round.
    /// </summary>
    internal static void Salsa(Span<uint> x)
    {
        Vector128<uint> a0 = Vector128.Create(x[0], x[5], x[10], x[15]), b0 = Vector128.Create(x[4], x[9], x[14], x[3]);
        Vector128<uint> c0 = Vector128.Create(x[8], x[13], x[2], x[7]), d0 = Vector128.Create(x[12], x[1], x[6], x[11]);
        Vector128<uint> a = a0, b = b0, c = c0, d = d0, t;
        for (var round = 0; round < 4; round++)
        {
            t = a + d; b ^= t << 7 | t >>> 25;
            t = b + a; c ^= t << 9 | t >>> 23;
            t = c + b; d ^= t << 13 | t >>> 19;
            t = d + c; a ^= t << 18 | t >>> 14;
            (b, d) = (Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0)), Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2)));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            t = a + d; b ^= t << 7 | t >>> 25;
            t = b + a; c ^= t << 9 | t >>> 23;
            t = c + b; d ^= t << 13 | t >>> 19;
            t = d + c; a ^= t << 18 | t >>> 14;
            (b, d) = (Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0)), Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2)));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
        }
        (a, b, c, d) = (a + a0, b + b0, c + c0, d + d0);
        (x[0], x[5], x[10], x[15]) = (a[0], a[1], a[2], a[3]);
        (x[4], x[9], x[14], x[3]) = (b[0], b[1], b[2], b[3]);
        (x[8], x[13], x[2], x[7]) = (c[0], c[1], c[2], c[3]);
        (x[12], x[1], x[6], x[11]) = (d[0], d[1], d[2], d[3]);
    }

    /// <summary>Lengths are multiples of 16 words.</summary>
    private static void Xor(Span<uint> target, ReadOnlySpan<uint> with)
    {
        var into = MemoryMarshal.Cast<uint, Vector128<uint>>(target);
        var from = MemoryMarshal.Cast<uint, Vector128<uint>>(with);
        for (var i = 0; i < into.Length; i++) into[i] ^= from[i];
    }

    private static void Reorder(Span<uint> words)
    {
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(words, words);
    }
}
