namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>When a following backup tidies up.</summary>
/// <param name="LogBytes">A log of the store longer than this is made to begin anew; it goes on growing until readers leave a gap.</param>
/// <param name="ChangesBytes">Changes of this size, and of half the store's, are put into a new copy of the store.</param>
internal sealed record BackupLimits(long LogBytes, long ChangesBytes)
{
    public static readonly BackupLimits Default = new(32 * 1024 * 1024, 256 * 1024 * 1024);
}
