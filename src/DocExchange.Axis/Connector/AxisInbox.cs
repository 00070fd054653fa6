using System.Globalization;
using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Delivery;
using DocExchange.Core.Ports;

namespace DocExchange.Axis.Connector;

/// <summary>
/// Lists what waits at the axis and takes it in. An axis may show a list reordered, twice, cut or late: every run looks at all of it again,
/// and what is answered leaves it. After an outage, and once a day, the days since are listed by date as well, because an axis may show only
/// recent items when it is asked for none in particular.
/// </summary>
public sealed class AxisInbox(AxisLink link, RelayConnection connection, AxisItems items, IRelayStore relays, TimeProvider time)
{
    private const string ListedUntil = "listed-until";

    /// <summary>Bounds are the axis' local time, and both clocks may be off.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1), Window = TimeSpan.FromDays(1), Often = TimeSpan.FromDays(1);

    private bool _wasAway = true;

    /// <summary>One pass. True when the axis showed its lists; what it showed is taken in and answered, or stays there for the next pass.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (connection.Breaker is { IsOpen: true, UntilProbe.Ticks: > 0 } || link.Client is not { } client) return false;
        var (begun, taken) = (time.GetUtcNow(), items.Taken);
        // Asked before anything is taken: a first pass that breaks off counts as an outage, too.
        var catchUpFrom = await SinceAsync(begun, cancellationToken).ConfigureAwait(false);
        var wrong = await TakeListsAsync(client, null, null, cancellationToken).ConfigureAwait(false);
        if (wrong is null && catchUpFrom is { } since) wrong = await CatchUpAsync(client, since, begun, cancellationToken).ConfigureAwait(false);
        if (wrong is not null)
        {
            _wasAway = true;
            // An axis that gives some of what it has is there.
            if (items.Taken == taken) await connection.MissedAsync(wrong).ConfigureAwait(false);
            return false;
        }
        _wasAway = false;
        await connection.AnsweredAsync().ConfigureAwait(false);
        return true;
    }

    /// <summary>From when on the days are to be listed; null when they need not be.</summary>
    private async Task<DateTimeOffset?> SinceAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kept = await relays.RecallAsync(connection.Name, ListedUntil, cancellationToken).ConfigureAwait(false);
        if (!long.TryParse(kept, CultureInfo.InvariantCulture, out var milliseconds))
        {
            await RememberAsync(now, cancellationToken).ConfigureAwait(false);
            return null;
        }
        var until = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        if (link.Settings.CatchUpHours == 0 || (!_wasAway && (now - until).Duration() < Often)) return null;
        // Where our clock was set back, what it called later has been listed.
        var last = until < now ? until : now;
        return last - TimeSpan.FromHours(link.Settings.CatchUpHours);
    }

    private async Task<string?> CatchUpAsync(VxpClient client, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var from = since; from < now + Slack; from += Window)
        {
            if (await TakeListsAsync(client, from, from + Window + Slack, cancellationToken).ConfigureAwait(false) is { } wrong) return wrong;
        }
        await RememberAsync(now, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>What is wrong with the axis; null when both lists were shown.</summary>
    private async Task<string?> TakeListsAsync(VxpClient client, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        // Documents first: a status then finds the document it speaks of.
        foreach (var type in (string[])[VxpNames.MessageEdoc, VxpNames.MessageStatus])
        {
            try
            {
                var answer = await client.ListAsync(type, from, to, cancellationToken).ConfigureAwait(false);
                if (answer.Refusal is { } refusal) return $"list of {type}: code {refusal.Code}: {refusal.Text}";
                // Some axes list what was fetched no more: what is to be looked at again is, listed or not.
                var waiting = answer.Value!.Where(IsWaiting).Concat(items.ToLookAtAgain(type)).DistinctBy(row => row.DocId).ToList();
                if (await items.TakeAsync(client, waiting, cancellationToken).ConfigureAwait(false) is { } wrong) return wrong;
            }
            catch (Exception fault) when (AxisFaults.IsOutage(fault, cancellationToken))
            {
                return $"list of {type}: {fault.Message}";
            }
        }
        return null;
    }

    /// <summary>Words that are not known count as waiting: rather once too often than never.</summary>
    private static bool IsWaiting(ReceivedItem row) =>
        row.DocId.Length > 0 && !row.Status.Equals(VxpNames.StatusDone, StringComparison.OrdinalIgnoreCase) && !row.Status.Equals(VxpNames.StatusFail, StringComparison.OrdinalIgnoreCase);

    private Task RememberAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        relays.RememberAsync(connection.Name, ListedUntil, until.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), cancellationToken);
}
