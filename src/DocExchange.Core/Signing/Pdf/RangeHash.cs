using System.Buffers;
using System.Security.Cryptography;

namespace DocExchange.Core.Signing.Pdf;

/// <summary>The digest of what a PDF signature covers: the file up to its room, and from there to where it ends.</summary>
internal static class RangeHash
{
    private const int Piece = 64 * 1024;

    public static byte[] Of(Stream content, PdfSignature signature, HashAlgorithmName algorithm, JudgingBudget budget)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            Append(content, hash, buffer, budget, 0, signature.GapStart);
            Append(content, hash, buffer, budget, signature.GapEnd, signature.End);
            return hash.GetHashAndReset();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Append(Stream content, IncrementalHash hash, byte[] buffer, JudgingBudget budget, long from, long to)
    {
        content.Position = from;
        while (from < to)
        {
            budget.Check();
            var count = content.Read(buffer, 0, (int)Math.Min(Piece, to - from));
            if (count == 0) return;
            hash.AppendData(buffer, 0, count);
            from += count;
        }
    }
}
