using System.Collections.Concurrent;

namespace DocExchange.Storage.Sqlite;

/// <summary>Read-only connections. Each read ends its statements before it gives the connection back, so that no read transaction outlives one page of results.</summary>
internal sealed class ReadPool(Func<Database> open) : IDisposable
{
    private readonly ConcurrentBag<Database> _idle = [];

    public T Read<T>(Func<Database, T> read)
    {
        if (!_idle.TryTake(out var database)) database = Open();
        try
        {
            return read(database);
        }
        catch (SqliteFault fault) when (fault.IsNoRoom)
        {
            throw new Core.Ports.StoreUnavailableException("The store cannot be read at present.", fault);
        }
        finally
        {
            _idle.Add(database);
        }
    }

    private Database Open()
    {
        try
        {
            return open();
        }
        catch (SqliteFault fault)
        {
            throw new Core.Ports.StoreUnavailableException("The store cannot be read at present.", fault);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var database)) database.Dispose();
    }
}
