using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
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
            for (var k = 0; k < size; k++) block[k] ^= chosen[k];
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
            var input = block.Slice(i * 16, 16);
            for (var k = 0; k < 16; k++) x[k] ^= input[k];
            Salsa(x);
            x.CopyTo(spare.Slice((i / 2 + (i % 2) * r) * 16, 16));
        }
        spare.CopyTo(block);
    }

    /// <summary>Salsa20/8 core (§3).</summary>
    internal static void Salsa(Span<uint> state)
    {
        Span<uint> x = stackalloc uint[16];
        state.CopyTo(x);
        for (var round = 0; round < 4; round++)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }
        for (var i = 0; i < 16; i++) state[i] += x[i];
    }

    private static void Quarter(Span<uint> x, int a, int b, int c, int d)
    {
        x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
        x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
        x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
        x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
    }

    private static void Reorder(Span<uint> words)
    {
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(words, words);
    }
}
