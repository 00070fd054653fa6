using System.Globalization;

namespace DocExchange.Core.Evidence.Publishing;

/// <summary>
/// One tile of a log: up to 256 hashes of one level, as C2SP tlog-tiles lays them out. Level 0 holds leaf hashes; a hash of level L is the
/// root of 256^L leaves.
/// </summary>
/// <param name="Width">Hashes in it, 1 to 256; fewer than 256 only at the log's right edge.</param>
public readonly record struct TileId(int Level, long Number, int Width)
{
    public const int FullWidth = 256;
    internal const int HeightBits = 8;

    public bool IsFull => Width == FullWidth;

    /// <summary>The path below the log's folder: <c>tile/0/x001/x234/067</c>, with <c>.p/5</c> behind a partial tile's.</summary>
    public string Path
    {
        get
        {
            var number = (Number % 1000).ToString("000", CultureInfo.InvariantCulture);
            for (var rest = Number / 1000; rest > 0; rest /= 1000) number = $"x{(rest % 1000).ToString("000", CultureInfo.InvariantCulture)}/{number}";
            var whole = $"tile/{Level.ToString(CultureInfo.InvariantCulture)}/{number}";
            return IsFull ? whole : $"{whole}.p/{Width.ToString(CultureInfo.InvariantCulture)}";
        }
    }

    public TileId Full => this with { Width = FullWidth };

    /// <summary>The tile at the right edge of a level in a log of <paramref name="size"/> leaves; null where the edge is that of a full tile.</summary>
    public static TileId? Edge(int level, long size)
    {
        var hashes = size >> (HeightBits * level);
        var width = (int)(hashes % FullWidth);
        return width == 0 ? null : new TileId(level, hashes / FullWidth, width);
    }

    /// <summary>Levels that hold anything in a log of that size.</summary>
    public static int Levels(long size)
    {
        var levels = 0;
        for (; size > 0; size >>= HeightBits) levels++;
        return levels;
    }

    /// <summary>True for exactly what <see cref="Path"/> writes, so that no other name reaches a file system.</summary>
    public static bool TryParse(string path, out TileId tile)
    {
        tile = default;
        var parts = path.Split('/');
        if (parts.Length < 3 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var level) || level > 7) return false;
        var width = FullWidth;
        var end = parts.Length;
        if (parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= FullWidth) return false;
            parts[--end - 1] = parts[end - 1][..^2];
        }
        long number = 0;
        for (var i = 2; i < end; i++)
        {
            var digits = parts[i].StartsWith('x') ? parts[i][1..] : parts[i];
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var three) || three > 999 || number > long.MaxValue / 1000 - 1) return false;
            number = number * 1000 + three;
        }
        tile = new TileId(level, number, width);
        return tile.Path == path;
    }
}
