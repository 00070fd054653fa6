using System.Text;

namespace DocExchange.Core.Evidence.Publishing;

/// <summary>
/// The names of one published log's files, in a data folder, in a mirror and behind a URL alike. Files are written beside and renamed, the
/// checkpoint after everything it needs, so that a reader finds each whole.
/// </summary>
public sealed class LogFolder(string path)
{
    public const string CheckpointFile = "checkpoint";
    public const string SignatureFile = "checkpoint.p7s";
    public const string ChainFile = "checkpoint.pem";
    public const string StampedFolder = "stamped";
    public const string CosignedFolder = "cosigned";
    public const string TokenFile = "checkpoint.tst";

    public const string WitnessSignatureFile = "witness.p7s";
    public const string WitnessChainFile = "witness.pem";

    /// <summary>Every file but the tiles.</summary>
    public static readonly IReadOnlyCollection<string> Names = [CheckpointFile, SignatureFile, ChainFile, TokenFile, WitnessSignatureFile, WitnessChainFile];

    public string Path => path;

    /// <summary>What may stand as the name of an authority's or witness' folder.</summary>
    public static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    /// <summary>The checkpoint published last; null when there is none or it is not whole.</summary>
    public Checkpoint? ReadCheckpoint() => Read(CheckpointFile) is { } note && Checkpoint.TryParse(note, out var checkpoint) ? checkpoint : null;

    /// <summary>The head published last, in this folder or one below it; null when a part is missing or unreadable.</summary>
    public SignedHead? ReadHead(string below = "")
    {
        if (Read(System.IO.Path.Combine(below, CheckpointFile)) is not { } note || !Checkpoint.TryParse(note, out _)) return null;
        if (Read(System.IO.Path.Combine(below, SignatureFile)) is not { } signature || Read(System.IO.Path.Combine(below, ChainFile)) is not { } chain) return null;
        return PemChain.TryParse(chain) is { } certificates ? new SignedHead(note, signature, certificates) : null;
    }

    /// <summary>Bytes of a tile at least as wide as asked, cut to that width: a wider tile begins with the same hashes.</summary>
    public byte[]? ReadTile(TileId tile)
    {
        if ((Read(tile.Path) ?? Read(tile.Full.Path) ?? ReadWider(tile)) is not { } bytes) return null;
        return bytes.Length >= tile.Width * MerkleHash.Size ? bytes[..(tile.Width * MerkleHash.Size)] : null;
    }

    /// <summary>Writes a tile that <see cref="Sync"/> makes durable with all others, where a log is made from its first leaf.</summary>
    public void WriteTileOfMany(TileId tile, byte[] hashes) => Write(tile.Path, hashes);

    /// <summary>Makes durable what lies here, before a checkpoint speaks of it.</summary>
    /// <exception cref="SyncFailedException">The system did not confirm it.</exception>
    public void Sync() => DurableFile.SyncEverything(path);

    /// <summary>
    /// Writes a tile. A full one is durable before a checkpoint speaks of it, because nobody writes it again; a partial one that a power cut
    /// takes is seen by its length when the log goes on.
    /// </summary>
    public void WriteTile(TileId tile, byte[] hashes)
    {
        if (!tile.IsFull)
        {
            Write(tile.Path, hashes);
            return;
        }
        var file = System.IO.Path.Combine(path, tile.Path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        DurableFile.Write(file, hashes);
    }

    /// <summary>Whether every full tile of a log of that size lies here in its full length.</summary>
    public bool HasFullTiles(long size)
    {
        for (var level = 0; level < TileId.Levels(size); level++)
        {
            for (long number = 0; number < size >> (TileId.HeightBits * (level + 1)); number++)
            {
                var file = new FileInfo(System.IO.Path.Combine(path, new TileId(level, number, TileId.FullWidth).Path));
                if (!file.Exists || file.Length != TileId.FullWidth * MerkleHash.Size) return false;
            }
        }
        return true;
    }

    /// <summary>Removes a partial tile that a wider one replaced.</summary>
    public void RemovePartial(TileId tile)
    {
        var file = System.IO.Path.Combine(path, tile.Path);
        File.Delete(file);
        var folder = System.IO.Path.GetDirectoryName(file)!;
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    /// <summary>Writes a head's three files; the checkpoint last and durable, because it is compared with the store at the next start.</summary>
    public void WriteHead(SignedHead head, string below = "")
    {
        Write(System.IO.Path.Combine(below, SignatureFile), head.Signature);
        Write(System.IO.Path.Combine(below, ChainFile), Encoding.ASCII.GetBytes(PemChain.Write(head.Chain)));
        DurableFile.Write(System.IO.Path.Combine(path, below, CheckpointFile), head.Note);
    }

    public byte[]? Read(string name)
    {
        try
        {
            return File.ReadAllBytes(System.IO.Path.Combine(path, name));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Write(string name, byte[] bytes)
    {
        var file = System.IO.Path.Combine(path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file + ".new", bytes);
        File.Move(file + ".new", file, overwrite: true);
    }

    private byte[]? ReadWider(TileId tile)
    {
        if (tile.IsFull) return null;
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.Combine(path, tile.Path))!;
        if (!Directory.Exists(folder)) return null;
        var widths = Directory.EnumerateFiles(folder).Select(file => int.TryParse(System.IO.Path.GetFileName(file), out var width) ? width : 0);
        var wider = widths.Where(width => width > tile.Width).Order().FirstOrDefault();
        return wider == 0 ? null : Read((tile with { Width = wider }).Path);
    }
}
