using DocExchange.Axis.Calls;
using DocExchange.Core.Parties;

namespace DocExchange.Axis.Connector;

/// <summary>
/// Items that were refused and are fetched again before they are answered, and those that could not be fetched, with their rows: an axis may list what was fetched no more. Only
/// in memory: after a restart they are found in the list or by the catch-up.
/// </summary>
internal sealed class DoubtfulItems(TimeProvider time)
{
    private const int Most = 10_000, MostFetches = 5;

    /// <summary>An unknown sender's item is fetched again after that time also when the directory is as it was: it may have been withdrawn.</summary>
    private static readonly TimeSpan Anyway = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Doubt> _all = [];

    /// <summary>Some wait for their sender to be in the directory.</summary>
    public bool HasStrangers
    {
        get
        {
            lock (_lock) return _all.Values.Any(doubt => doubt.Book is not null);
        }
    }

    /// <summary>Those of a kind whose next fetch may be made.</summary>
    public IReadOnlyList<ReceivedItem> Due(string messageType, PartyBook book)
    {
        lock (_lock) return [.. _all.Values.Where(doubt => doubt.Row.MessageType.Equals(messageType, StringComparison.OrdinalIgnoreCase) && IsDue(doubt, book)).Select(doubt => doubt.Row)];
    }

    /// <summary>True when fetching it again would end as the last time.</summary>
    public bool IsTooEarly(string id, PartyBook book)
    {
        lock (_lock) return _all.TryGetValue(id, out var doubt) && !IsDue(doubt, book);
    }

    /// <summary>Refused because <paramref name="book"/> does not know its sender.</summary>
    public void AddStranger(ReceivedItem row, PartyBook book) => Put(new Doubt(row, book, time.GetTimestamp()));

    /// <summary>
    /// True when the item is to be fetched once more before it is answered. The same bytes refused for the same reason have the same receipt; as
    /// long as receipts differ, the line may be what damages the package, up to a bound, for some axes give other bytes each time.
    /// </summary>
    public bool AddRefused(ReceivedItem row, string? receipt)
    {
        Doubt? earlier;
        lock (_lock) earlier = _all.GetValueOrDefault(row.DocId);
        if (earlier is { Book: null } && (earlier.Fetches + 1 >= MostFetches || (receipt is not null && earlier.Receipt == receipt))) return false;
        Put(new Doubt(row, null, time.GetTimestamp()) { Receipt = receipt, Fetches = earlier is { Book: null } ? earlier.Fetches + 1 : 1 });
        return true;
    }

    /// <summary>It could not be fetched, or not be judged now: it is looked at again at every pass, listed or not.</summary>
    public void AddLater(ReceivedItem row)
    {
        lock (_lock)
        {
            if (!_all.ContainsKey(row.DocId)) Put(new Doubt(row, null, time.GetTimestamp()));
        }
    }

    /// <summary>Taken in, answered, or gone from the axis.</summary>
    public void Forget(string id)
    {
        lock (_lock) _all.Remove(id);
    }

    private void Put(Doubt doubt)
    {
        lock (_lock)
        {
            // What is forgotten for want of room is still at the axis, in its list or in the catch-up's.
            if (_all.Count >= Most && !_all.ContainsKey(doubt.Row.DocId)) _all.Remove(_all.MinBy(pair => pair.Value.At).Key);
            _all[doubt.Row.DocId] = doubt;
        }
    }

    private bool IsDue(Doubt doubt, PartyBook book) => !ReferenceEquals(doubt.Book, book) || time.GetElapsedTime(doubt.At) >= Anyway;

    /// <param name="Book">The directory that did not know its sender; null = refused for what it holds.</param>
    private sealed record Doubt(ReceivedItem Row, PartyBook? Book, long At)
    {
        /// <summary>Of the last refusal of what it holds.</summary>
        public string? Receipt { get; init; }

        public int Fetches { get; init; }
    }
}
