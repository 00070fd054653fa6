using System.Buffers;
using System.Buffers.Text;

namespace DocExchange.Core.Packages;

/// <summary>
/// Decodes base64 that arrives in pieces of any size, white space anywhere (edxml 1.2: "base64, may contain whitespace"). Intake and later
/// reading share it, so that both always see the same bytes.
/// </summary>
internal sealed class Base64Pump : IDisposable
{
    private const int PieceBytes = 16 * 1024;

    private byte[] _packed = ArrayPool<byte>.Shared.Rent(PieceBytes + 4);
    private byte[] _decoded = ArrayPool<byte>.Shared.Rent(PieceBytes);
    private int _carried;

    /// <summary>False once something was met that is not base64.</summary>
    public bool Valid { get; private set; } = true;

    /// <summary>What a piece may measure at most.</summary>
    public static int MaxPiece => PieceBytes;

    public void Reset()
    {
        _carried = 0;
        Valid = true;
    }

    /// <summary>The bytes that became complete with this piece; valid until the next call.</summary>
    public ReadOnlySpan<byte> Push(ReadOnlySpan<byte> piece)
    {
        if (!Valid) return default;
        var count = _carried + Pack(piece, _packed.AsSpan(_carried));
        // The last quartet stays back: only the end of the text may carry padding.
        var whole = count == 0 ? 0 : (count - 1) / 4 * 4;
        var decoded = Decode(_packed.AsSpan(0, whole), last: false);
        _packed.AsSpan(whole, count - whole).CopyTo(_packed);
        _carried = count - whole;
        return decoded;
    }

    /// <summary>The bytes of the last quartet.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        if (!Valid) return default;
        var decoded = Decode(_packed.AsSpan(0, _carried), last: true);
        _carried = 0;
        return decoded;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_packed);
        ArrayPool<byte>.Shared.Return(_decoded);
        (_packed, _decoded) = ([], []);
    }

    private ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> quartets, bool last)
    {
        var status = Base64.DecodeFromUtf8(quartets, _decoded, out var used, out var written, last);
        Valid = status == OperationStatus.Done && used == quartets.Length;
        return Valid ? _decoded.AsSpan(0, written) : default;
    }

    private static int Pack(ReadOnlySpan<byte> piece, Span<byte> target)
    {
        var count = 0;
        while (true)
        {
            var space = piece.IndexOfAny(" \t\r\n"u8);
            var run = space < 0 ? piece : piece[..space];
            run.CopyTo(target[count..]);
            count += run.Length;
            if (space < 0) return count;
            piece = piece[(space + 1)..];
        }
    }
}
