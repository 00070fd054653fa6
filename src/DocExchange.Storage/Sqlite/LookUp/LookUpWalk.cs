namespace DocExchange.Storage.Sqlite.LookUp;

/// <param name="Next">The last document looked at, if more may follow.</param>
/// <param name="IsWhole">True when the page is full or the list has ended; false when looking was given up before.</param>
internal sealed record Looked(List<long> Numbers, long? Next, bool IsWhole);

/// <summary>Reads the documents for which all conditions hold, newest first, between two numbers, until the page is full.</summary>
internal sealed class LookUpWalk(Database database, RowChecks checks, long before, long from, int limit)
{
    /// <param name="most">Documents to look at before giving up.</param>
    public Looked Look(IReadOnlyCollection<string> conditions, int most)
    {
        var statement = conditions.Count == 0
            ? database.Prepare("SELECT number FROM document WHERE number < ?1 AND number >= ?2 AND kind = 0 ORDER BY number DESC")
            : database.Prepare("SELECT rowid FROM look_up WHERE look_up MATCH ?3 AND rowid < ?1 AND rowid >= ?2 ORDER BY rowid DESC").Bind(3, string.Join(" AND ", conditions));
        statement.Bind(1, before).Bind(2, from);
        var numbers = new List<long>();
        try
        {
            long looked = 0, number = 0;
            while (statement.Step())
            {
                if (numbers.Count == limit) return new Looked(numbers, numbers[^1], true);
                if (looked++ == most) return new Looked(numbers, number, false);
                number = statement.Long(0);
                if (checks.Hold(number)) numbers.Add(number);
            }
            return new Looked(numbers, null, true);
        }
        finally
        {
            statement.Reset();
        }
    }
}
