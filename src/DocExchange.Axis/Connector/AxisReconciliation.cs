using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Alarms;
using DocExchange.Core.Delivery;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;

namespace DocExchange.Axis.Connector;

/// <summary>
/// Asks the axis what became of the copies it took over: what a recipient's system confirmed is delivered, what it failed becomes a dead letter
/// with its text, and what the axis does not know is reported. One document it does not answer for holds up no other.
/// </summary>
public sealed class AxisReconciliation(
    AxisLink link, RelayConnection connection, AxisAsking asking, IRelayStore relays, CurrentParties parties, AlarmBoard alarms, TimeProvider time)
{
    private const int PageSize = 100, MostTold = 1000;

    /// <summary>Documents in a row for which it does not answer: then it does not answer.</summary>
    private const int MostInRow = 5;

    private readonly List<string> _differences = [];

    /// <summary>What the last pass found to be otherwise than recorded here, one sentence each: at most 1,000, without what recipients wrote.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>One pass over everything of the last days that is not confirmed. Returns how many copies changed; null when the axis did not answer.</summary>
    public async Task<int?> RunAsync(CancellationToken cancellationToken)
    {
        _differences.Clear();
        var changed = await CompareAsync(cancellationToken).ConfigureAwait(false);
        // One alarm for a pass: the sentences are the log's.
        if (_differences.Count > 0) alarms.Raise(AlarmKind.AxisDiffers, link.Name, _differences.Count == 1 ? _differences[0] : $"{_differences.Count} differences, the first: {_differences[0]}");
        return changed;
    }

    private async Task<int?> CompareAsync(CancellationToken cancellationToken)
    {
        var (changed, missed) = (0, 0);
        var since = time.GetUtcNow() - TimeSpan.FromDays(link.Settings.ReconcileDays);
        for (long after = 0; ;)
        {
            var page = await relays.ListRelayedAsync(connection.Mailbox, since, after, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var call in page)
            {
                if (asking.IsTooEarly || link.Client is not { } client) return null;
                await connection.PaceAsync(cancellationToken).ConfigureAwait(false);
                if (await TryAsync(client, call, cancellationToken).ConfigureAwait(false) is { } settled)
                {
                    changed += settled;
                    missed = 0;
                }
                else if (++missed == MostInRow) return null;
            }
            if (page.Count < PageSize) return changed;
            after = page[^1].Id;
        }
    }

    /// <summary>Null when the axis does not answer for it.</summary>
    private async Task<int?> TryAsync(VxpClient client, RelayedCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await ReconcileAsync(client, call, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (AxisFaults.IsOutage(fault, cancellationToken))
        {
            asking.Missed($"list of sent documents: {fault.Message}");
            return null;
        }
    }

    private async Task<int?> ReconcileAsync(VxpClient client, RelayedCall call, CancellationToken cancellationToken)
    {
        if (call.RemoteId.Length == 0) return 0;
        var rows = await RowsAsync(client, call, call.RemoteId, cancellationToken).ConfigureAwait(false);
        // Which id the list takes, the axis' or the package's, is not said anywhere.
        if (rows is { Count: 0 } && call.DocumentId is { Length: > 0 } own) rows = await RowsAsync(client, call, own, cancellationToken).ConfigureAwait(false);
        if (rows is null) return null;
        if (rows.Count == 0) Tell($"the axis does not list {call.DocId}, which it took as {call.RemoteId}");
        var changed = 0;
        foreach (var recipient in call.Recipients)
        {
            if (rows.FirstOrDefault(row => IsSame(row.To, recipient.Code)) is not { } row)
            {
                if (rows.Count > 0) Tell($"the axis does not list {recipient.Code} as a recipient of {call.DocId}, which it took as {call.RemoteId}");
                continue;
            }
            if (WordOf(row.ReceiveStatus) is not { } done) continue;
            if (await relays.ConfirmAsync(call.Document, recipient.Ordinal, done, done ? null : row.ReceiveStatusText, connection.Name, cancellationToken).ConfigureAwait(false)) changed++;
            if (!done) Tell($"{recipient.Code} could not take {call.DocId}");
        }
        return changed;
    }

    /// <summary>The axis may list an organisation by another of its codes.</summary>
    private bool IsSame(string listed, string code) =>
        listed.Trim().Equals(code, StringComparison.OrdinalIgnoreCase) || (parties.Book.Directory.Find(listed) is { } agency && parties.Book.Directory.Find(code)?.Id == agency.Id);

    private void Tell(string difference)
    {
        if (_differences.Count < MostTold) _differences.Add(difference);
    }

    /// <summary>The rows of this document; null when the axis does not answer.</summary>
    private async Task<IReadOnlyList<SentItem>?> RowsAsync(VxpClient client, RelayedCall call, string id, CancellationToken cancellationToken)
    {
        var answer = await client.SentListAsync(AxisTransport.WordOf(call.Kind), id, cancellationToken).ConfigureAwait(false);
        if (answer.Refusal is { IsTransient: true } wrong)
        {
            asking.Missed($"list of sent documents: code {wrong.Code}: {wrong.Text}");
            return null;
        }
        asking.Answered();
        // Some axes ignore the id they are given: what is listed must say that it is this document.
        return answer.Value?.Where(row => row.SenderDocId == call.RemoteId).ToList() ?? [];
    }

    /// <summary>Null while it is not final.</summary>
    private static bool? WordOf(string status) =>
        status.Equals(VxpNames.StatusDone, StringComparison.OrdinalIgnoreCase) ? true : status.Equals(VxpNames.StatusFail, StringComparison.OrdinalIgnoreCase) ? false : null;
}
