namespace DocExchange.Axis.Connector;

/// <summary>The latest ids, so many at most: what is forgotten is looked at again.</summary>
internal sealed class RecentItems(int most)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _ids = [];
    private readonly Queue<string> _order = [];

    public bool Holds(string id)
    {
        lock (_lock) return _ids.Contains(id);
    }

    public void Add(string id)
    {
        lock (_lock)
        {
            if (!_ids.Add(id)) return;
            _order.Enqueue(id);
            if (_order.Count > most) _ids.Remove(_order.Dequeue());
        }
    }
}
