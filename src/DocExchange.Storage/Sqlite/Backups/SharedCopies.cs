using System.Security.Cryptography;
using DocExchange.Core;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>Small originals in shared files, which only grow: a copy is brought up to date by adding what lies behind its end.</summary>
internal static class SharedCopies
{
    public const string Folder = "bodies-small";

    /// <summary>Lets go of copies that need not be the beginning of what is there now: the newest, whose end a power cut may have taken back.</summary>
    public static void StartOver(string from, string to)
    {
        var copies = Files(to);
        foreach (var name in copies.Where(name => name == copies[^1] || LengthOf(from, name) != LengthOf(to, name))) File.Delete(Path.Combine(to, Folder, name));
    }

    /// <summary>Adds what is new; durable when this returns.</summary>
    public static void Append(string from, string to)
    {
        DurableFile.CreateDirectory(Path.Combine(to, Folder));
        foreach (var name in Files(from))
        {
            var (there, here) = (LengthOf(from, name), LengthOf(to, name));
            if (here == there) continue;
            using var source = new FileStream(Path.Combine(from, Folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var path = Path.Combine(to, Folder, name);
            using var copy = here is null ? DurableFile.Create(path) : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            source.Position = here ?? 0;
            source.CopyTo(copy);
            DurableFile.SyncFile(copy.SafeFileHandle);
        }
        DurableFile.SyncDirectory(Path.Combine(to, Folder));
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
        return Directory.Exists(path) ? [.. Directory.EnumerateFiles(path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)] : [];
    }

    private static long? LengthOf(string folder, string name) => new FileInfo(Path.Combine(folder, Folder, name)) is { Exists: true, Length: var length } ? length : null;
}
