using DocExchange.Core.Evidence;

namespace DocExchange.Storage.Sqlite.Log;

/// <summary>Signed heads with the certificates that were in force when they were signed.</summary>
internal static class HeadReads
{
    private const string Columns = "SELECT note, signature, key_id FROM checkpoint";

    public static SignedHead? Newest(Database database, LogEpoch epoch) => Read(database, database
        .Prepare(Columns + " WHERE size > ?1 AND size < ?2 ORDER BY size DESC LIMIT 1")
        .Bind(1, EpochIds.FirstOf(epoch.Ordinal)).Bind(2, EpochIds.FirstOf(epoch.Ordinal + 1)));

    public static SignedHead? OfSize(Database database, LogEpoch epoch, long size) =>
        Read(database, database.Prepare(Columns + " WHERE size = ?1").Bind(1, EpochIds.FirstOf(epoch.Ordinal) + size));

    /// <summary>The chain of the key that signed under this id, signer first.</summary>
    public static List<byte[]> ChainOf(Database database, string keyId) =>
        database.Prepare("SELECT certificate FROM signer WHERE key_id = ?1 ORDER BY place").Bind(1, keyId).ReadAll(row => row.Blob(0));

    private static SignedHead? Read(Database database, Statement statement) =>
        statement.ReadAll(row => (Note: row.Blob(0), Signature: row.Blob(1), Key: row.Text(2))) is [var found]
            ? new SignedHead(found.Note, found.Signature, ChainOf(database, found.Key))
            : null;
}
