using System.Collections.Concurrent;

namespace DocExchange.Storage.Sqlite;

/// <summary>Read-only connections. Each read ends its statements before it gives the connection back, so that no read transaction outlives one page of results.</summary>
internal sealed class ReadPool(Func<Database> open) : IDisposable
{
    private readonly ConcurrentBag<Database> _idle = [];

    public T Read<T>(Func<Database, T> read)
    {
        if (!_idle.TryTake(out var database)) database = open();
        try
        {
            return read(database);
        }
        finally
        {
            _idle.Add(database);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var database)) database.Dispose();
    }
}
