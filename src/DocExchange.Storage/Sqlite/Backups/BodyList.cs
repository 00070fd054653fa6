namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>Originals that are files, in the order they came.</summary>
internal static class BodyList
{
    private const int PageSize = 200;

    public static IReadOnlyList<(long Id, string Digest)> After(Database database, long id)
    {
        var page = new List<(long, string)>();
        var statement = database.Prepare("SELECT id, lower(hex(digest)) FROM body WHERE id > ?1 AND inline_bytes IS NULL AND shared_file IS NULL AND outline IS NULL ORDER BY id LIMIT ?2").Bind(1, id).Bind(2, PageSize);
        try
        {
            while (statement.Step()) page.Add((statement.Long(0), statement.Text(1)));
        }
        finally
        {
            statement.Reset();
        }
        return page;
    }
}
