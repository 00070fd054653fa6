using DocExchange.Core.Evidence;

namespace DocExchange.Storage.Sqlite.Log;

/// <summary>Stamps and co-signatures: of the first head that covers a size, or of the newest head each authority or witness has seen.</summary>
internal static class ProofReads
{
    public static IReadOnlyList<HeadStamp> Stamps(Database database, LogEpoch epoch, long atLeast, bool newest)
    {
        var first = EpochIds.FirstOf(epoch.Ordinal);
        return Bind(database.Prepare(newest
            ? "SELECT max(head), authority, stamped_at, token FROM time_stamp WHERE head >= ?1 AND head < ?2 GROUP BY authority ORDER BY authority"
            : """
              SELECT head, authority, stamped_at, token FROM time_stamp
              WHERE head = (SELECT min(head) FROM time_stamp WHERE head >= ?1 AND head < ?2) ORDER BY authority
              """), epoch, first + atLeast).ReadAll(row => new HeadStamp(row.Long(0) - first, row.Text(1), row.Time(2), row.Blob(3)));
    }

    public static IReadOnlyList<Cosignature> Cosignatures(Database database, LogEpoch epoch, long atLeast, bool newest)
    {
        var first = EpochIds.FirstOf(epoch.Ordinal);
        return Bind(database.Prepare(newest
            ? "SELECT max(head), witness, signed_at, signature, chain FROM cosignature WHERE head >= ?1 AND head < ?2 GROUP BY witness ORDER BY witness"
            : """
              SELECT head, witness, signed_at, signature, chain FROM cosignature
              WHERE head = (SELECT min(head) FROM cosignature WHERE head >= ?1 AND head < ?2) ORDER BY witness
              """), epoch, first + atLeast)
            .ReadAll(row => new Cosignature(row.Long(0) - first, row.Text(1), row.Time(2), row.Blob(3), StoredChain.Split(row.Span(4))));
    }

    private static Statement Bind(Statement statement, LogEpoch epoch, long from) => statement.Bind(1, from).Bind(2, EpochIds.FirstOf(epoch.Ordinal + 1));
}
