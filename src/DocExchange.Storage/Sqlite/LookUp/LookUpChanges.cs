namespace DocExchange.Storage.Sqlite.LookUp;

/// <summary>
/// Changes of the index that wait for the end of their commit. The index writes a piece of itself at every savepoint, and operations that are
/// applied one by one have one each: applied after the last of them, all changes of a commit are one piece.
/// </summary>
internal sealed class LookUpChanges
{
    private readonly List<Change> _waiting = [];

    /// <summary>To give back to <see cref="ReturnTo"/> when an operation is undone.</summary>
    public int Mark => _waiting.Count;

    public void Add(long number, string terms) => _waiting.Add(new Change(number, null, terms));

    /// <param name="old">The terms the document is in the index with, exactly: it is taken out by them.</param>
    public void Replace(long number, string old, string terms) => _waiting.Add(new Change(number, old, terms));

    public void ReturnTo(int mark) => _waiting.RemoveRange(mark, _waiting.Count - mark);

    /// <summary>Writes them, in order, into the open transaction.</summary>
    public void Apply(Database database)
    {
        foreach (var change in _waiting)
        {
            if (change.Old is { } old)
            {
                database.Prepare("INSERT INTO look_up (look_up, rowid, terms) VALUES ('delete', ?1, ?2)").Bind(1, change.Number).Bind(2, old).Run();
            }
            Insert(database, change.Number, change.Terms);
        }
        _waiting.Clear();
    }

    public static void Insert(Database database, long number, string terms) =>
        database.Prepare("INSERT INTO look_up (rowid, terms) VALUES (?1, ?2)").Bind(1, number).Bind(2, terms).Run();

    private readonly record struct Change(long Number, string? Old, string Terms);
}
