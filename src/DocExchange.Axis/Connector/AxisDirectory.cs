using DocExchange.Axis.Calls;
using DocExchange.Core.Alarms;
using DocExchange.Core.Delivery;
using DocExchange.Core.Parties;
using DocExchange.Core.Parties.Import;
using DocExchange.Core.Ports;

namespace DocExchange.Axis.Connector;

/// <summary>
/// Compares the axis' directory with this hub's and applies the difference to the entries routed over that axis, and to no other: own units and
/// bodies reached another way stay as operators made them. While the axis is away, or its list looks cut, the entries stay as they are.
/// </summary>
public sealed class AxisDirectory(AxisLink link, RelayConnection connection, CurrentParties parties, IPartyStore store, AlarmBoard alarms, TimeProvider time)
{
    private static readonly TimeSpan NotMoreOften = TimeSpan.FromMinutes(5);
    private static readonly IReadOnlyList<AgencyColumn> Columns = [.. new[] { "code", "name", "parent", "route", "aliases", "mail", "validTo" }.Select(name => AgencyColumn.Named(name)!)];
    private long? _early;

    /// <summary>The last comparison could not be made: the next should not wait for its day.</summary>
    public bool IsOwed { get; private set; }

    /// <summary>Before its time, because it is owed or something waits for an entry; at most every five minutes.</summary>
    public Task<bool> RunEarlyAsync(CancellationToken cancellationToken)
    {
        if (link.Settings.DirectoryHours == 0 || (_early is { } early && time.GetElapsedTime(early) < NotMoreOften)) return Task.FromResult(false);
        _early = time.GetTimestamp();
        return RunAsync(cancellationToken);
    }

    /// <summary>True when the entries are now as the axis lists them.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        // Until it has come to an end.
        IsOwed = true;
        if (connection.Breaker.IsOpen || link.Client is not { } client) return false;
        VxpAnswer<IReadOnlyList<AgencyItem>> answer;
        try
        {
            answer = await client.AgenciesAsync(link.Settings.DirectoryList, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (AxisFaults.IsOutage(fault, cancellationToken))
        {
            await connection.MissedAsync($"directory: {fault.Message}").ConfigureAwait(false);
            return false;
        }
        if (answer.Refusal is { } refusal)
        {
            await connection.MissedAsync($"directory: code {refusal.Code}: {refusal.Text}").ConfigureAwait(false);
            return false;
        }
        if (answer.Value!.Count == 0) return false;
        var isApplied = await ApplyAsync(answer.Value!).ConfigureAwait(false);
        // A list that looks cut is an operator's matter: asking every few minutes would not make it longer.
        IsOwed = false;
        return isApplied;
    }

    private async Task<bool> ApplyAsync(IReadOnlyList<AgencyItem> items)
    {
        var book = parties.Book;
        var planner = new ImportPlanner(book.Directory, endMissing: true, time.GetUtcNow());
        var codes = items.Where(i => i.Id.Length > 0).DistinctBy(i => i.Id).ToDictionary(i => i.Id, i => CodeOf(book, i));
        for (var i = 0; i < items.Count; i++)
        {
            if (RowOf(book, items[i], i + 1, codes) is { } row) planner.Add(row);
        }
        var difference = planner.Finish();
        if (difference.EndsTooMany)
        {
            alarms.Raise(AlarmKind.AxisDiffers, link.Name, $"its directory lacks {difference.Missing} of {difference.Compared} entries: nothing was changed");
            return false;
        }
        if (difference.Changes.Count > 0)
        {
            await store.ImportAsync(difference, DirectoryDifference.DigestOf(difference.Changes), $"axis {link.Name}", CancellationToken.None).ConfigureAwait(false);
        }
        return true;
    }

    /// <summary>Null for what is not this connection's to change.</summary>
    private ImportRow? RowOf(PartyBook book, AgencyItem item, int line, Dictionary<string, string> codes)
    {
        var known = book.Directory.Find(item.Code);
        if (known is null ? item.IsDeleted : known.Axis != link.Name) return null;
        var parent = codes.GetValueOrDefault(item.ParentId, "");
        var aliases = known?.Aliases ?? [];
        if (item.OldCode.Length > 0 && !aliases.Contains(item.OldCode, StringComparer.OrdinalIgnoreCase) && book.Directory.Find(item.OldCode) is null && item.OldCode != item.Code)
            aliases = [.. aliases, item.OldCode];
        return new ImportRow(line, Columns,
            [CodeOf(book, item), item.Name, parent == CodeOf(book, item) ? "" : parent, AgencyEntry.AxisPrefix + link.Name, string.Join(' ', aliases), item.Mail, EndOf(known, item)]);
    }

    private static string CodeOf(PartyBook book, AgencyItem item) => book.Directory.Find(item.Code)?.Code ?? item.Code;

    /// <summary>An end that is known, or planned, stays; what was ended and is listed again is revived.</summary>
    private string EndOf(Agency? known, AgencyItem item)
    {
        var now = time.GetUtcNow();
        var end = item.IsDeleted ? known?.ValidTo ?? now : known?.ValidTo > now ? known.ValidTo : null;
        return end is { } at ? at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffK") : "";
    }
}
