using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>
/// One attachment's content while it streams by: decoded, hashed, its head kept for sniffing, and kept whole only when it is a small ZIP,
/// whose directory stands at its end. Reused from attachment to attachment.
/// </summary>
internal sealed class AttachmentBody : ITextTarget, IDisposable
{
    /// <summary>Larger ZIPs are inspected after the original is staged (<see cref="PackageReader.Complete"/>).</summary>
    public const int InlineZipBytes = 256 * 1024;

    private readonly Base64Pump _pump = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _piece = ArrayPool<byte>.Shared.Rent(Base64Pump.MaxPiece);
    private byte[] _kept = ArrayPool<byte>.Shared.Rent(ContentSniffer.HeadBytes * 4);
    private int _keptLength;
    private readonly SignatureSigns _signs = new();
    private bool _complete;

    public long Length { get; private set; }

    public bool Valid { get; private set; }

    public SignatureHint Hint => _signs.Hint;

    public bool IsZip => _keptLength >= 4 && _kept.AsSpan(0, 2).SequenceEqual("PK"u8) && _kept[2] is 3 or 5;

    public ReadOnlySpan<byte> Head => _kept.AsSpan(0, Math.Min(_keptLength, ContentSniffer.HeadBytes));

    /// <summary>The whole decoded content, if it was kept.</summary>
    public MemoryStream? Whole => _complete ? new MemoryStream(_kept, 0, _keptLength, writable: false) : null;

    public void Reset()
    {
        _pump.Reset();
        _signs.Reset();
        _keptLength = 0;
        Length = 0;
        Valid = _complete = true;
    }

    public void Take(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && Valid)
        {
            var piece = text[..Math.Min(text.Length, Base64Pump.MaxPiece)];
            Valid = Ascii.FromUtf16(piece, _piece, out var count) == OperationStatus.Done;
            if (Valid) Keep(_pump.Push(_piece.AsSpan(0, count)));
            Valid &= _pump.Valid;
            text = text[piece.Length..];
        }
    }

    public void Meet(SafeXml element) => Valid = false;

    /// <summary>Ends the content and returns the SHA-256 of its decoded bytes.</summary>
    public byte[] Finish()
    {
        if (Valid) Keep(_pump.Finish());
        Valid &= _pump.Valid;
        return _hash.GetHashAndReset();
    }

    public void Dispose()
    {
        _pump.Dispose();
        _hash.Dispose();
        ArrayPool<byte>.Shared.Return(_piece);
        ArrayPool<byte>.Shared.Return(_kept);
        (_piece, _kept) = ([], []);
    }

    private void Keep(ReadOnlySpan<byte> decoded)
    {
        if (decoded.IsEmpty) return;
        _hash.AppendData(decoded);
        _signs.Take(decoded);
        Length += decoded.Length;
        if (!_complete) return;
        var most = _keptLength == 0 || IsZip ? InlineZipBytes : ContentSniffer.HeadBytes;
        if (_keptLength + decoded.Length > most)
        {
            _complete = false;
            decoded = decoded[..Math.Max(0, Math.Min(decoded.Length, ContentSniffer.HeadBytes - _keptLength))];
        }
        if (_keptLength + decoded.Length > _kept.Length) Grow(_keptLength + decoded.Length);
        decoded.CopyTo(_kept.AsSpan(_keptLength));
        _keptLength += decoded.Length;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _kept.Length * 2));
        _kept.AsSpan(0, _keptLength).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_kept);
        _kept = larger;
    }
}
