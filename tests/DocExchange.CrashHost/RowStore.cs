using Microsoft.Data.Sqlite;

namespace DocExchange.CrashHost;

/// <summary>The smallest store with the hub's settings: SQLite, WAL, one connection that writes.</summary>
internal sealed class RowStore : IDisposable
{
    public const string FileName = "rows.db";
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly SqliteParameter key;
    private readonly SqliteParameter body;

    private RowStore(SqliteConnection connection)
    {
        this.connection = connection;
        insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO row (id, body) VALUES ($id, $body)";
        key = insert.Parameters.Add("$id", SqliteType.Integer);
        body = insert.Parameters.Add("$body", SqliteType.Blob);
    }

    public static RowStore Open(string folder, string synchronous, int checkpointPages = 1_000)
    {
        Directory.CreateDirectory(folder);
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, FileName)};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL");
        Execute(connection, $"PRAGMA synchronous={synchronous}");
        Execute(connection, $"PRAGMA wal_autocheckpoint={checkpointPages}");
        Execute(connection, "CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        return new RowStore(connection);
    }

    public void Add(long id, byte[] content)
    {
        key.Value = id;
        body.Value = content;
        insert.ExecuteNonQuery();
    }

    public void Dispose()
    {
        insert.Dispose();
        connection.Dispose();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
