using System.Globalization;
using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Ports;

namespace DocExchange.Axis.Connector;

/// <summary>
/// Lists what waits at the axis and takes it in. An axis may show a list reordered, twice, cut or late: every run looks at all of it again,
/// and what is answered leaves it. After an outage, and once a day, the days since are listed by date as well, because an axis may show only
/// recent items when it is asked for none in particular.
/// </summary>
public sealed class AxisInbox(AxisLink link, AxisAsking asking, AxisItems items, IRelayStore relays, TimeProvider time)
{
    private const string ListedUntil = "listed-until";

    /// <summary>Bounds are the axis' local time, and both clocks may be off.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1), Window = TimeSpan.FromDays(1), Often = TimeSpan.FromDays(1), Lately = TimeSpan.FromDays(2);

    /// <summary>Bounds name whole seconds: a shorter period is not asked for.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2), Second = TimeSpan.FromSeconds(1);

    /// <summary>Periods that are halved within one window: an axis that ignores the bounds it is given shows the same long list every time.</summary>
    private const int MostHalved = 250;

    private bool _wasAway = true, _isLong;
    private int _halved;

    /// <summary>One pass. True when the axis showed its lists; what it showed is taken in and answered, or stays there for the next pass.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (asking.IsTooEarly || link.Client is not { } client) return false;
        var (begun, taken) = (time.GetUtcNow(), items.Taken);
        // Asked before anything is taken: a first pass that breaks off counts as an outage, too.
        var catchUpFrom = await SinceAsync(begun, cancellationToken).ConfigureAwait(false);
        _isLong = false;
        var wrong = await TakeListsAsync(client, null, cancellationToken).ConfigureAwait(false);
        // A list that is cut, and of which nothing goes, hides what stands behind it.
        if (_isLong && items.Taken == taken) catchUpFrom ??= begun - Lately;
        if (wrong is null && catchUpFrom is { } since) wrong = await CatchUpAsync(client, since, begun, cancellationToken).ConfigureAwait(false);
        if (wrong is not null)
        {
            _wasAway = true;
            // An axis that gives some of what it has is there.
            if (items.Taken == taken) asking.Missed(wrong);
            return false;
        }
        _wasAway = false;
        asking.Answered();
        return true;
    }

    /// <summary>From when on the days are to be listed; null when they need not be.</summary>
    private async Task<DateTimeOffset?> SinceAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kept = await relays.RecallAsync(link.Name, ListedUntil, cancellationToken).ConfigureAwait(false);
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
            _halved = 0;
            if (await TakeListsAsync(client, new Period(from, from + Window + Slack), cancellationToken).ConfigureAwait(false) is { } wrong) return wrong;
        }
        await RememberAsync(now, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>What is wrong with the axis; null when both lists were shown.</summary>
    private async Task<string?> TakeListsAsync(VxpClient client, Period? period, CancellationToken cancellationToken)
    {
        // Documents first: a status then finds the document it speaks of.
        return await TakeListAsync(client, VxpNames.MessageEdoc, period, cancellationToken).ConfigureAwait(false)
            ?? await TakeListAsync(client, VxpNames.MessageStatus, period, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> TakeListAsync(VxpClient client, string type, Period? period, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.ListAsync(type, period?.From, period?.To, cancellationToken).ConfigureAwait(false);
            if (answer.Refusal is { } refusal) return $"list of {type}: code {refusal.Code}: {refusal.Text}";
            var isLong = answer.Value!.Count >= link.Settings.LongListRows;
            if (isLong && period is { } whole && whole.To - whole.From > Shortest && _halved++ < MostHalved)
            {
                // It may have been cut: two shorter ones are not. Whether a bound belongs to its period is not said anywhere.
                var middle = whole.From + (whole.To - whole.From) / 2;
                return await TakeListAsync(client, type, whole with { To = middle + Second }, cancellationToken).ConfigureAwait(false)
                    ?? await TakeListAsync(client, type, whole with { From = middle }, cancellationToken).ConfigureAwait(false);
            }
            _isLong |= isLong;
            // Some axes list what was fetched no more: what is to be looked at again is, listed or not.
            var waiting = answer.Value!.Where(IsWaiting).Concat(items.ToLookAtAgain(type)).DistinctBy(row => row.DocId).ToList();
            return await items.TakeAsync(client, waiting, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (AxisFaults.IsOutage(fault, cancellationToken))
        {
            return $"list of {type}: {fault.Message}";
        }
    }

    /// <summary>Words that are not known count as waiting: rather once too often than never.</summary>
    private static bool IsWaiting(ReceivedItem row) =>
        row.DocId.Length > 0 && !row.Status.Equals(VxpNames.StatusDone, StringComparison.OrdinalIgnoreCase) && !row.Status.Equals(VxpNames.StatusFail, StringComparison.OrdinalIgnoreCase);

    private Task RememberAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        relays.RememberAsync(link.Name, ListedUntil, until.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), cancellationToken);

    private sealed record Period(DateTimeOffset From, DateTimeOffset To);
}
