using SQLitePCL;

namespace DocExchange.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    static Database()
    {
        Batteries_V2.Init();
        // SQLite's count of its memory, which nobody reads, takes a lock of the whole process for every allocation.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private Database(sqlite3 handle) => _handle = handle;

    /// <summary>Opens for writing (creating the file) or reading only.</summary>
    public static Database Open(string path, bool readOnly)
    {
        var flags = (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE) | raw.SQLITE_OPEN_NOMUTEX;
        var result = raw.sqlite3_open_v2(path, out var handle, flags, null);
        if (result != raw.SQLITE_OK)
        {
            var fault = SqliteFault.Of(handle, result);
            handle.Dispose();
            throw fault;
        }
        raw.sqlite3_extended_result_codes(handle, 1);
        raw.sqlite3_busy_timeout(handle, 5_000);
        return new Database(handle);
    }

    /// <summary>True outside a transaction, also after SQLite rolled one back by itself.</summary>
    public bool IsIdle => raw.sqlite3_get_autocommit(_handle) != 0;

    /// <summary>The rowid that the last INSERT gave. Cheaper than RETURNING, which makes and drops a temporary table each time.</summary>
    public long LastRowId => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>The prepared form of a constant text; the caller resets it after use.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known)) return known;
        var result = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        if (result != raw.SQLITE_OK) throw SqliteFault.Of(_handle, result);
        return _statements[sql] = new Statement(handle, _handle);
    }

    /// <summary>Runs one or several statements without parameters.</summary>
    public void Execute(string sql)
    {
        var result = raw.sqlite3_exec(_handle, sql);
        if (result != raw.SQLITE_OK) throw SqliteFault.Of(_handle, result);
    }

    /// <summary>All rows of a constant text, and the statement made ready again.</summary>
    public List<T> ReadAll<T>(string sql, Func<Statement, T> map, Action<Statement>? bind = null)
    {
        var rows = new List<T>();
        var statement = Prepare(sql);
        bind?.Invoke(statement);
        try
        {
            while (statement.Step()) rows.Add(map(statement));
        }
        finally
        {
            statement.Reset();
        }
        return rows;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _handle.Dispose();
    }
}
