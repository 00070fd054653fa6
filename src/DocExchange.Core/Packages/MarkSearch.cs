namespace DocExchange.Core.Packages;

/// <summary>Notices a few bytes in content that streams by, also where they are cut by the end of a piece. Costs one vectorised search.</summary>
internal struct MarkSearch
{
    private const int Longest = 16;

    private readonly byte[] _seam = new byte[Longest * 2];
    private int _kept;

    public MarkSearch()
    {
    }

    public bool Seen { get; private set; }

    public void Reset() => (_kept, Seen) = (0, false);

    /// <param name="mark">The same at every call, at most 16 bytes.</param>
    public void Take(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> mark)
    {
        if (Seen) return;
        var begin = piece[..Math.Min(piece.Length, Longest)];
        begin.CopyTo(_seam.AsSpan(_kept));
        Seen = _seam.AsSpan(0, _kept + begin.Length).IndexOf(mark) >= 0 || piece.IndexOf(mark) >= 0;
        // The last bytes of everything so far, one less than a mark has.
        var tail = piece.Length >= mark.Length - 1 ? piece[^(mark.Length - 1)..] : _seam.AsSpan(0, _kept + begin.Length);
        if (tail.Length > mark.Length - 1) tail = tail[^(mark.Length - 1)..];
        _kept = tail.Length;
        tail.CopyTo(_seam);
    }
}
