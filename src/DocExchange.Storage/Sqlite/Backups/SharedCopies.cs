using System.Security.Cryptography;
using DocExchange.Core;
using Microsoft.Win32.SafeHandles;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>Small originals in shared files, which only grow: a copy is brought up to date by adding what lies behind its end.</summary>
internal static class SharedCopies
{
    public const string Folder = "bodies-small";

    /// <summary>What is copied anew lies beside until <see cref="Settle"/>: till then the copy before it is what an earlier backup needs.</summary>
    private const string Beside = ".new";

    private const int Piece = 1024 * 1024;

    /// <summary>
    /// Marks copies that are not the beginning of what is there now, to be made anew by <see cref="Append"/>. Asked of the newest, whose end a power
    /// cut may have taken back on either side, and of those of another length.
    /// </summary>
    public static void Begin(string from, string to)
    {
        foreach (var left in Directory.Exists(Path.Combine(to, Folder)) ? Directory.GetFiles(Path.Combine(to, Folder), "*" + Beside) : []) File.Delete(left);
        var copies = Files(to);
        foreach (var name in copies.Where(name => name == copies[^1] || LengthOf(from, name) != LengthOf(to, name)))
        {
            if (LengthOf(from, name) is not null && !IsBeginning(from, to, name)) DurableFile.Create(Path.Combine(to, Folder, name + Beside)).Dispose();
        }
    }

    /// <summary>Adds what is new; durable when this returns.</summary>
    public static void Append(string from, string to)
    {
        DurableFile.CreateDirectory(Path.Combine(to, Folder));
        foreach (var name in Files(from))
        {
            var target = LengthOf(to, name + Beside) is null ? name : name + Beside;
            var (there, here) = (LengthOf(from, name), LengthOf(to, target));
            if (here == there) continue;
            using var source = new FileStream(Path.Combine(from, Folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var path = Path.Combine(to, Folder, target);
            using var copy = here is null ? DurableFile.Create(path) : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            source.Position = here ?? 0;
            source.CopyTo(copy);
            DurableFile.SyncFile(copy.SafeFileHandle);
        }
        DurableFile.SyncDirectory(Path.Combine(to, Folder));
    }

    /// <summary>Puts what was copied anew in its place: right before the manifest of the backup that needs it.</summary>
    public static void Settle(string to)
    {
        var fresh = Directory.GetFiles(Path.Combine(to, Folder), "*" + Beside);
        foreach (var file in fresh) File.Move(file, file[..^Beside.Length], overwrite: true);
        if (fresh.Length > 0) DurableFile.SyncDirectory(Path.Combine(to, Folder));
    }

    /// <summary>Removes copies of what is no longer there: once no manifest needs them.</summary>
    public static void Sweep(string from, string to)
    {
        foreach (var name in Files(to).Where(name => LengthOf(from, name) is null)) File.Delete(Path.Combine(to, Folder, name));
    }

    /// <summary>The digest of the bytes at a place, lower-case hex; null when the file does not reach so far.</summary>
    public static string? DigestOf(string folder, long file, long offset, long size)
    {
        using var bytes = Open(folder, file, offset, size);
        return bytes is null ? null : Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>The bytes at a place; null when the file does not reach so far.</summary>
    public static Stream? Open(string folder, long file, long offset, long size)
    {
        var path = Path.Combine(folder, Folder, Packages.SharedBodies.NameOf(file));
        if (!File.Exists(path)) return null;
        using var handle = File.OpenHandle(path);
        var bytes = new byte[size];
        return RandomAccess.Read(handle, bytes, offset) == size ? new MemoryStream(bytes, writable: false) : null;
    }

    private static List<string> Files(string folder)
    {
        var path = Path.Combine(folder, Folder);
        return Directory.Exists(path) ? [.. Directory.EnumerateFiles(path).Select(f => Path.GetFileName(f)).Where(name => !name.EndsWith(Beside, StringComparison.Ordinal)).Order(StringComparer.Ordinal)] : [];
    }

    private static bool IsBeginning(string from, string to, string name)
    {
        using var whole = File.OpenHandle(Path.Combine(from, Folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = File.OpenHandle(Path.Combine(to, Folder, name));
        var (there, here) = (new byte[Piece], new byte[Piece]);
        for (long at = 0; RandomAccess.Read(copy, here, at) is > 0 and var read; at += read)
        {
            if (!Fills(whole, there.AsSpan(0, read), at) || !here.AsSpan(0, read).SequenceEqual(there.AsSpan(0, read))) return false;
        }
        return true;
    }

    private static bool Fills(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(file, bytes, offset);
            if (read == 0) return false;
            bytes = bytes[read..];
            offset += read;
        }
        return true;
    }

    private static long? LengthOf(string folder, string name) => new FileInfo(Path.Combine(folder, Folder, name)) is { Exists: true, Length: var length } ? length : null;
}
