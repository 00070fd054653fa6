using DocExchange.Axis.Protocol;
using DocExchange.Core.Envelopes;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.Sandbox.Axis.Exchange;

/// <summary>
/// What the axis holds: documents and the lists of their receivers, in memory. Everything is decided under one gate and nothing waits inside it;
/// a sandbox that ends has forgotten everything.
/// </summary>
internal sealed class AxisExchange(AxisSettings settings, int maxDocuments)
{
    private readonly Lock _gate = new();
    private readonly AxisIds _ids = new(settings.Time);
    private readonly Dictionary<string, AxisDocument> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AxisItem> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LinkedList<AxisItem>> _open = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly Queue<AxisDocument> _order = new();
    private long _bytes;

    /// <summary>Bytes of packages as they were sent, of the documents held.</summary>
    public long Bytes { get { lock (_gate) return _bytes; } }

    /// <summary>Takes a package in, or finds the earlier one that it repeats, as the readings say; null when it is refused as a repetition.</summary>
    /// <exception cref="InvalidOperationException">The axis is full.</exception>
    public (AxisDocument? Document, bool IsNew) Take(StoredFile received, Envelope envelope, string? systemId, string from, IReadOnlyList<AxisReceiver> receivers, IReadOnlyList<string> unknown, bool keepsForm = false)
    {
        var readings = settings.Readings;
        lock (_gate)
        {
            var byBytes = $"{received.Digest} {from} {string.Join(',', receivers.Select(receiver => receiver.Organ.Code).Order(StringComparer.Ordinal))}";
            var byId = envelope.DocumentId is { Length: > 0 } id ? $"{from} {(int)envelope.BusinessType} {id}" : null;
            var key = readings.Repeats switch { Repeats.Kept => null, Repeats.SameBytesAnsweredAgain => byBytes, _ => byId };
            if (key is not null && _known.TryGetValue(key, out var earlier) && _documents.TryGetValue(earlier, out var first))
                return (readings.Repeats == Repeats.SameIdRefused ? null : first, false);
            MakeRoom();
            var document = new AxisDocument
            {
                DocId = _ids.Next(readings.DocIds), SystemId = systemId, From = from, Envelope = envelope, Received = received,
                SentAt = settings.Time.GetUtcNow(), Unknown = unknown, KeepsForm = keepsForm,
            };
            _documents.Add(document.DocId, document);
            _order.Enqueue(document);
            _bytes += received.Length;
            // Under both: the reading may change while documents stay.
            Remember(byBytes, document);
            if (byId is not null) Remember(byId, document);
            Spread(document, receivers, readings);
            return (document, true);
        }
    }

    /// <summary>Calls on something of the axis while nothing in it changes.</summary>
    public T Look<T>(Func<IReadOnlyDictionary<string, AxisDocument>, T> look) { lock (_gate) return look(_documents); }

    /// <summary>An item in that system's list, also when it was answered.</summary>
    public AxisItem? FindItem(string? mailbox, string id)
    {
        lock (_gate) return _items.TryGetValue(id, out var item) && string.Equals(item.Mailbox, mailbox, StringComparison.OrdinalIgnoreCase) ? item : null;
    }

    /// <summary>Rows of a list; what is in the period when one is asked, otherwise what waits.</summary>
    public IReadOnlyList<ReceivedRow> List(string mailbox, AxisListQuery query)
    {
        var readings = settings.Readings;
        lock (_gate)
        {
            IEnumerable<AxisItem> items = query.NeedsAnswered(readings)
                ? _order.SelectMany(document => document.Items).Where(item => string.Equals(item.Mailbox, mailbox, StringComparison.OrdinalIgnoreCase))
                : _open.GetValueOrDefault(mailbox) ?? [];
            var rows = items.Where(item => query.Shows(item, readings));
            if (readings.ListOrder == ListOrder.NewestFirst) rows = rows.Reverse();
            if (readings.ListLimit > 0) rows = rows.Take(readings.ListLimit);
            return [.. rows.Select(item => AxisListQuery.Row(item, readings))];
        }
    }

    public int Count(string mailbox, string messageType)
    {
        lock (_gate) return _open.GetValueOrDefault(mailbox)?.Count(item => item.MessageType == messageType) ?? 0;
    }

    public void RecordFetch(AxisItem item)
    {
        lock (_gate)
        {
            item.Fetches++;
            if (item.Status == VxpNames.StatusInitial) Move(item, VxpNames.StatusInbox, null);
        }
    }

    /// <summary>What updateStatus says. An item that was answered keeps its answer; the word is noted.</summary>
    public void Answer(AxisItem item, string word, string? text)
    {
        lock (_gate)
        {
            item.Answers.Add(word);
            if (item.IsAnswered) return;
            Move(item, word, text);
            if (!item.IsAnswered || item.Open is null) return;
            item.Open.List!.Remove(item.Open);
            item.Open = null;
        }
    }

    /// <summary>Forgets everything; the files of what it held are the caller's to delete.</summary>
    public IReadOnlyList<AxisDocument> Clear()
    {
        lock (_gate)
        {
            IReadOnlyList<AxisDocument> held = [.. _documents.Values];
            _documents.Clear();
            _items.Clear();
            _open.Clear();
            _known.Clear();
            _order.Clear();
            _bytes = 0;
            return held;
        }
    }

    /// <summary>Documents that were forgotten to make room, once; their files are the caller's to delete.</summary>
    public IReadOnlyList<AxisDocument> TakeForgotten()
    {
        lock (_gate)
        {
            if (_order.Count <= maxDocuments) return [];
            var forgotten = new List<AxisDocument>();
            while (_order.Count > maxDocuments && _order.Peek().Items.TrueForAll(item => item.IsAnswered))
            {
                var document = _order.Dequeue();
                _documents.Remove(document.DocId);
                foreach (var item in document.Items) _items.Remove(item.Id);
                _bytes -= document.Received.Length;
                forgotten.Add(document);
            }
            return forgotten;
        }
    }

    /// <summary>The first document of a key stays the one that is found, as long as it is held.</summary>
    private void Remember(string key, AxisDocument document)
    {
        if (!_known.TryGetValue(key, out var first) || !_documents.ContainsKey(first)) _known[key] = document.DocId;
    }

    private void MakeRoom()
    {
        if (_order.Count >= maxDocuments * 2L) throw new InvalidOperationException($"The sandbox holds {_order.Count} documents that wait for their receivers: reset it, or raise its bound.");
        // Keys of forgotten documents go when they are more than the documents.
        if (_known.Count > maxDocuments * 4L)
            foreach (var (key, _) in _known.Where(pair => !_documents.ContainsKey(pair.Value)).ToList()) _known.Remove(key);
    }

    private void Spread(AxisDocument document, IReadOnlyList<AxisReceiver> receivers, AxisReadings readings)
    {
        var groups = receivers.GroupBy(receiver => readings.ItemsPer == ItemsPer.System && receiver.Mailbox is not null ? receiver.Mailbox : "\0" + receiver.Organ.Code, StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups)
        {
            var item = new AxisItem(_ids.Next(readings.DocIds), document, group.First().Mailbox, [.. group.Select(receiver => receiver.Named)], document.SentAt);
            document.Items.Add(item);
            _items.Add(item.Id, item);
            if (item.Mailbox is null) continue;
            if (!_open.TryGetValue(item.Mailbox, out var list)) _open.Add(item.Mailbox, list = new LinkedList<AxisItem>());
            item.Open = list.AddLast(item);
        }
    }

    private void Move(AxisItem item, string status, string? text) => (item.Status, item.StatusText, item.UpdatedAt) = (status, text, settings.Time.GetUtcNow());
}

/// <summary>Somebody a package goes to.</summary>
/// <param name="Named">The code as the package has it.</param>
/// <param name="Mailbox">The system that serves it; null for the sandbox's own.</param>
internal sealed record AxisReceiver(AxisOrgan Organ, string Named, string? Mailbox);
