using System.Security.Cryptography;
using DocExchange.Core;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>Originals that are files, from one folder of bodies to another. What is there already was checked when it came and is not copied again.</summary>
internal static class BodyCopies
{
    public static string PathOf(string folder, string digest) => Path.Combine(folder, "bodies", digest[..2], digest);

    /// <summary>The original in a folder; null when it is not there.</summary>
    public static Stream? Open(string folder, string digest) => File.Exists(PathOf(folder, digest)) ? File.OpenRead(PathOf(folder, digest)) : null;

    /// <summary>True when the original is durably there; false when the source has it not, or with other bytes.</summary>
    public static bool TryCopy(string from, string to, string digest)
    {
        var (source, target) = (PathOf(from, digest), PathOf(to, digest));
        if (File.Exists(target)) return true;
        if (!File.Exists(source)) return false;
        DurableFile.CreateDirectory(Path.GetDirectoryName(target)!);
        var beside = Path.Combine(to, "bodies", "arriving");
        File.Delete(beside);
        using (var file = DurableFile.Create(beside))
        {
            if (CopyHashed(source, file) != digest) return false;
            DurableFile.SyncFile(file.SafeFileHandle);
        }
        File.Move(beside, target, overwrite: true);
        DurableFile.SyncDirectory(Path.GetDirectoryName(target)!);
        return true;
    }

    private static string CopyHashed(string source, FileStream target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        var buffer = new byte[256 * 1024];
        int read;
        while ((read = file.Read(buffer)) > 0)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            target.Write(buffer.AsSpan(0, read));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
