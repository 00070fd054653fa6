namespace DocExchange.IntegrationTests.Durability.PowerCuts;

/// <summary>What a disk may do with names that were not yet made durable.</summary>
public enum NameOrder
{
    /// <summary>POSIX and nothing more: any subset of unsynced name changes survives; only fsync of a directory makes its names durable.</summary>
    Adversarial,

    /// <summary>A metadata journal (ext4, XFS): a prefix of all name changes survives, and every fsync commits the journal.</summary>
    Journalled,
}

/// <param name="Names">See <see cref="NameOrder"/>.</param>
/// <param name="FileSyncKeepsNewName">
/// In adversarial order: fsync of a file also keeps the name it was created under (ext4, XFS, btrfs do; POSIX does not promise it).
/// </param>
public sealed record DiskRules(NameOrder Names = NameOrder.Adversarial, bool FileSyncKeepsNewName = false);
