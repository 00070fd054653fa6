using System.Text;
using SQLitePCL;

namespace DocExchange.Storage.Sqlite;

/// <summary>
/// One prepared statement, bound, stepped and used again. Thin over the native calls because the writer runs a handful of these per
/// document and thousands of documents a second. Parameters count from 1, columns from 0, as SQLite does.
/// </summary>
internal sealed class Statement(sqlite3_stmt handle, sqlite3 database) : IDisposable
{
    public Statement Bind(int index, long value) => Checked(raw.sqlite3_bind_int64(handle, index, value));

    public Statement Bind(int index, long? value) => value is { } given ? Bind(index, given) : Null(index);

    public Statement Bind(int index, bool value) => Bind(index, value ? 1 : 0);

    public Statement Bind(int index, string? value) => value is null ? Null(index) : Checked(raw.sqlite3_bind_text(handle, index, value));

    public Statement Bind(int index, ReadOnlySpan<byte> value) =>
        Checked(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, value));

    public Statement Bind(int index, DateTimeOffset value) => Bind(index, value.ToUnixTimeMilliseconds());

    public Statement Bind(int index, DateTimeOffset? value) => value is { } given ? Bind(index, given) : Null(index);

    public Statement Null(int index) => Checked(raw.sqlite3_bind_null(handle, index));

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        return result switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw SqliteFault.Of(database, result),
        };
    }

    /// <summary>Runs a statement that gives no rows and makes it ready again.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first column of the first row, or null when there is no row.</summary>
    public long? RunScalar()
    {
        try
        {
            return Step() ? Long(0) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Every row, read before the next statement runs; ready again afterwards.</summary>
    public List<T> ReadAll<T>(Func<Statement, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (Step()) rows.Add(read(this));
            return rows;
        }
        finally
        {
            Reset();
        }
    }

    public void Reset()
    {
        raw.sqlite3_reset(handle);
        raw.sqlite3_clear_bindings(handle);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public int Int(int column) => raw.sqlite3_column_int(handle, column);

    public bool Bool(int column) => Int(column) != 0;

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(handle, column);

    public byte[] Blob(int column) => Span(column).ToArray();

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Long(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public void Dispose() => handle.Dispose();

    private Statement Checked(int result) => result == raw.SQLITE_OK ? this : throw SqliteFault.Of(database, result);
}

/// <summary>What SQLite answered that is not success.</summary>
internal sealed class SqliteFault(int code, int extended, string message) : Exception($"SQLite {code} ({extended}): {message}")
{
    public int Code { get; } = code;

    /// <summary>No room, no permission or a busy medium: nothing was written and a later try may succeed.</summary>
    public bool IsNoRoom => Code is raw.SQLITE_FULL or raw.SQLITE_READONLY or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_CANTOPEN
        || (Code == raw.SQLITE_IOERR && extended == WriteFailed);

    /// <summary>A failed fsync: what the disk holds is unknown, and asking again may report success falsely.</summary>
    public bool IsLostSync => extended is SyncFailed or DirectorySyncFailed;

    private const int WriteFailed = raw.SQLITE_IOERR | (3 << 8);
    private const int SyncFailed = raw.SQLITE_IOERR | (4 << 8);
    private const int DirectorySyncFailed = raw.SQLITE_IOERR | (5 << 8);

    public static SqliteFault Of(sqlite3 database, int result) =>
        new(result & 0xff, raw.sqlite3_extended_errcode(database), raw.sqlite3_errmsg(database).utf8_to_string());
}
