namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>While a backup copies originals none is collected, and the other way round; across processes, by a lock that ends with them.</summary>
internal static class CollectionPause
{
    private const string FileName = "collection.lock";

    /// <summary>Makes the file that is locked; the caller syncs the folder.</summary>
    public static void Prepare(string folder) => File.Open(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();

    /// <summary>Taken by a backup; several share it. Null while originals are being collected.</summary>
    public static IDisposable? TryPause(string folder) => TryOpen(folder, FileAccess.Read, FileShare.Read);

    /// <summary>Taken to collect. Null while a backup copies.</summary>
    public static IDisposable? TryCollect(string folder) => TryOpen(folder, FileAccess.ReadWrite, FileShare.None);

    private static FileStream? TryOpen(string folder, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, access, share, bufferSize: 0);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
