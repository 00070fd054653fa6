using System.Collections.Concurrent;

namespace DocExchange.IntegrationTests.Durability.RealHub;

/// <summary>What the clients know: written on their side of the wire, so that the hub's crashes cannot touch it.</summary>
internal sealed class KillJournal
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Promise> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Promise> _statuses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Id, byte[] Bytes)> _receipts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Promise> _recent = new();

    public ConcurrentQueue<string> Faults { get; } = new();

    public int Attempts => _numbers.Count;

    public int Documents => _documents.Count;

    public int Statuses => _statuses.Count;

    public int Delivered => _documents.Values.Count(promise => promise.Delivered);

    public IReadOnlyCollection<Promise> Promises => [.. _documents.Values, .. _statuses.Values];

    public IReadOnlyCollection<(string Id, byte[] Bytes)> Receipts => [.. _receipts.Values];

    /// <summary>Before the first byte of it is sent: from now on the hub may have it.</summary>
    public void Attempted(TestPackage package) => _numbers[package.Digest] = package.Number;

    public void Acknowledged(TestPackage package, string docId, bool isStatus = false)
    {
        var promise = new Promise(docId, package.Digest);
        var known = (isStatus ? _statuses : _documents).GetOrAdd(docId, promise);
        if (known.Digest != package.Digest) Faults.Enqueue($"{docId} was given to two packages");
        _recent.Enqueue(promise);
    }

    public void Confirmed(string docId)
    {
        _documents.AddOrUpdate(docId, _ => throw new InvalidOperationException($"{docId} was confirmed and is no document of this test."), (_, known) => known with { Delivered = true });
        _recent.Enqueue(_documents[docId]);
    }

    /// <summary>The number of the package with these bytes; null for bytes nobody sent.</summary>
    public int? NumberOf(string digest) => _numbers.TryGetValue(digest, out var number) ? number : null;

    /// <summary>Null when the document's acknowledgement has not come yet, which a recipient may well be ahead of.</summary>
    public bool IsAcknowledged(string docId) => _documents.ContainsKey(docId);

    public void Received(string docId, string receiptId, byte[] bytes)
    {
        var (id, known) = _receipts.GetOrAdd(docId, (receiptId, bytes));
        if (id != receiptId || !known.AsSpan().SequenceEqual(bytes)) Faults.Enqueue($"the receipt of {docId} changed");
    }

    /// <summary>Promises made since this was asked last.</summary>
    public List<Promise> TakeRecent()
    {
        var recent = new List<Promise>();
        while (_recent.TryDequeue(out var promise)) recent.Add(promise);
        return recent;
    }
}
