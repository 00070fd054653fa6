using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Alarms;
using DocExchange.Core.Parties;
using DocExchange.Core.Parties.Import;
using DocExchange.Core.Ports;

namespace DocExchange.Axis.Connector;

/// <summary>
/// Compares the axis' directory with this hub's and applies the difference to the entries routed over that axis, and to no other: own units and
/// bodies reached another way stay as operators made them. While the axis is away, or its list looks cut, the entries stay as they are; what a
/// list lacks ends when the next one lacks it, too.
/// </summary>
public sealed class AxisDirectory(AxisLink link, AxisAsking asking, CurrentParties parties, IPartyStore store, AlarmBoard alarms, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan NotMoreOften = TimeSpan.FromMinutes(5);
    private long? _early;
    private readonly SemaphoreSlim _one = new(1);
    private HashSet<string> _missingBefore = [];

    /// <summary>The last comparison could not be made: the next should not wait for its day.</summary>
    public bool IsOwed { get; private set; }

    /// <summary>Before its time, because it is owed or something waits for an entry; at most every five minutes.</summary>
    public Task<bool> RunEarlyAsync(CancellationToken cancellationToken)
    {
        // What is owed may be under way just now.
        if (link.Settings.DirectoryHours == 0 || _one.CurrentCount == 0 || (_early is { } early && time.GetElapsedTime(early) < NotMoreOften)) return Task.FromResult(false);
        _early = time.GetTimestamp();
        return RunAsync(cancellationToken);
    }

    /// <summary>True when the entries are now as the axis lists them. One comparison at a time.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await CompareAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<bool> CompareAsync(CancellationToken cancellationToken)
    {
        // Until it has come to an end.
        IsOwed = true;
        if (asking.IsTooEarly || link.Client is not { } client) return false;
        var rows = new AxisRows(link.Name, parties.Book, time.GetUtcNow(), hasParents: link.Settings.DirectoryList != VxpOperations.GetAgenciesListQD20);
        VxpAnswer<bool> answer;
        try
        {
            answer = await client.ReadAgenciesAsync(link.Settings.DirectoryList, rows.Add, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (AxisFaults.IsOutage(fault, cancellationToken))
        {
            asking.Missed($"directory: {fault.Message}");
            return false;
        }
        // A list that broke off is no list: what came of it is forgotten.
        if (answer.Refusal is { } refusal)
        {
            asking.Missed($"directory: code {refusal.Code}: {refusal.Text}");
            return false;
        }
        asking.Answered();
        if (rows.Count == 0) return false;
        var isApplied = await ApplyAsync(rows).ConfigureAwait(false);
        // A list that looks cut is an operator's matter: asking every few minutes would not make it longer.
        IsOwed = false;
        return isApplied;
    }

    private async Task<bool> ApplyAsync(AxisRows rows)
    {
        var difference = rows.Finish();
        if (difference.EndsTooMany)
        {
            alarms.Raise(AlarmKind.AxisDiffers, link.Name, $"its directory lacks {difference.Missing} of {difference.Compared} entries: nothing was changed");
            return false;
        }
        var told = new List<string>();
        if (rows.LeftOut > 0) told.Add($"{rows.LeftOut} values of its directory cannot be used and are left out, the first: {rows.FirstLeftOut}");
        if (difference.Wrong is [var wrong, ..]) told.Add($"{difference.Wrong.Count} entries of its directory cannot be used, the first: {wrong.Code}: {wrong.Field}");
        var changes = ToBeMade(difference, told);
        if (told.Count > 0) alarms.Raise(AlarmKind.AxisDiffers, link.Name, string.Join("; ", told));
        if (changes.Count > 0)
        {
            await store.ImportAsync(difference with { Changes = changes }, DirectoryDifference.DigestOf(changes), $"axis {link.Name}", CancellationToken.None).ConfigureAwait(false);
        }
        return true;
    }

    /// <summary>Without the end of what no list but this one lacks: one list that is a little too short is no reform.</summary>
    private IReadOnlyList<AgencyChange> ToBeMade(DirectoryDifference difference, List<string> told)
    {
        var missing = difference.Changes.Where(change => change.IsMissing).Select(change => change.After.Code).ToHashSet(StringComparer.Ordinal);
        var first = missing.Except(_missingBefore).ToHashSet(StringComparer.Ordinal);
        _missingBefore = missing;
        if (first.Count == 0) return difference.Changes;
        told.Add($"{first.Count} entries are missing for the first time, one of them {first.Min(StringComparer.Ordinal)}: they end when the next list lacks them, too");
        return [.. difference.Changes.Where(change => !change.IsMissing || !first.Contains(change.After.Code))];
    }
}
