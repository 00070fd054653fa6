using DocExchange.Core.Evidence;
using DocExchange.Storage.Packages;
using DocExchange.Storage.Sqlite.LookUp;

namespace DocExchange.Storage.Sqlite;

/// <summary>What an operation may use inside the writer: the open transaction, its one time, and the evidence log.</summary>
internal sealed class WriteSession(Database database, EvidenceAppender evidence, SharedBodies smallBodies, DateTimeOffset now)
{
    /// <summary>The evidence time of this commit; never earlier than that of the one before.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Changes of the look-up index, written at the end of the commit.</summary>
    public LookUpChanges LookUp { get; } = new();

    /// <summary>Takes the small originals of this commit.</summary>
    public SharedBodies SmallBodies => smallBodies;

    public EpochIds Ids => evidence.Ids;

    private long? _lastNumber;

    /// <summary>The next free document number of this epoch; read once for a commit.</summary>
    public long NextDocumentNumber()
    {
        _lastNumber ??= Math.Max(Ids.FirstNumber, Prepare("SELECT max(number) FROM document").RunScalar() ?? 0);
        return (_lastNumber = _lastNumber.Value + 1).Value;
    }

    /// <summary>Reads what the transaction made of the store, so that nothing has to be read back after it.</summary>
    public T Read<T>(Func<Database, T> read) => read(database);

    public Statement Prepare(string sql) => database.Prepare(sql);

    public long LastRowId => database.LastRowId;

    /// <summary>The receipt id the next <see cref="Witness"/> will give its entry.</summary>
    public long NextIndex => evidence.NextIndex;

    public string NextReceiptId => evidence.Ids.Receipt(evidence.NextIndex);

    /// <summary>Writes the entry as a leaf of the log, in this transaction. Returns its index.</summary>
    public long Witness(EvidenceEntry entry, long? document = null, long? system = null) => evidence.Append(database, entry, document, system);
}
