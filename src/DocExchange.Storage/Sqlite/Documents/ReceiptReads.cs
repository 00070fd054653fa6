using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Storage.Sqlite.Log;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>
/// A receipt is a pure function of rows that never change: the leaf, its batch's other leaves, the frontier before them, the signed note
/// and the signer's chain. So it is rendered when asked for, byte-identical for ever, and costs the acceptance nothing.
/// </summary>
internal static class ReceiptReads
{
    public static ReceiptParts? Find(Database database, EpochIds ids, Scope scope, string receiptId)
    {
        if (!ids.TryParseReceipt(receiptId, out var index)) return null;
        var leaf = ReadLeaf(database, index);
        if (leaf is null || !IsReceipted(leaf, receiptId) || !MaySee(database, scope, leaf)) return null;
        var statement = database.Prepare("SELECT first, size, note, peaks, signature, key_id FROM checkpoint WHERE size > ?1 ORDER BY size LIMIT 1").Bind(1, index);
        long first, size;
        byte[] note, peaks, signature;
        string key;
        try
        {
            if (!statement.Step()) return null;
            (first, size, note, peaks, signature, key) =
                (statement.Long(0), statement.Long(1), statement.Blob(2), statement.Blob(3), statement.Blob(4), statement.Text(5));
        }
        finally
        {
            statement.Reset();
        }
        var position = EpochIds.IndexInEpoch(index);
        var before = MerkleFrontier.Parse(EpochIds.IndexInEpoch(first), peaks);
        var path = BatchInclusion.PathOf(position, before, database
            .Prepare("SELECT hash FROM log WHERE idx >= ?1 AND idx < ?2 ORDER BY idx").Bind(1, first).Bind(2, size).ReadAll(row => row.Blob(0)));
        var chain = HeadReads.ChainOf(database, key);
        return new ReceiptParts(receiptId, leaf.Entry, leaf.Salt, position, note, path, signature, chain);
    }

    /// <summary>Events such as a fetch are leaves too, but nobody was handed a receipt for them.</summary>
    private static bool IsReceipted(Leaf leaf, string receiptId) => leaf.Entry.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\"receipt\":\"{receiptId}\"")) >= 0;

    private static bool MaySee(Database database, Scope scope, Leaf leaf)
    {
        if (scope.IsUnscoped || (leaf.System is { } caller && scope.SystemId == caller)) return true;
        if (leaf.Document is not { } document) return false;
        return database.Prepare("SELECT sender_id FROM document WHERE number = ?1").Bind(1, document).RunScalar() is { } sender && scope.Allows(sender);
    }

    private static Leaf? ReadLeaf(Database database, long index)
    {
        var statement = database.Prepare("SELECT salt, entry, document, system FROM log WHERE idx = ?1").Bind(1, index);
        try
        {
            return statement.Step() && !statement.IsNull(1)
                ? new Leaf(statement.Blob(0), statement.Blob(1), statement.LongOrNull(2), statement.LongOrNull(3))
                : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    private sealed record Leaf(byte[] Salt, byte[] Entry, long? Document, long? System);
}
