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
public sealed class AxisDirectory(AxisLink link, RelayConnection connection, CurrentParties parties, IPartyStore store, AlarmBoard alarms, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan NotMoreOften = TimeSpan.FromMinutes(5);
    private long? _early;
    private readonly SemaphoreSlim _one = new(1);

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
        if (connection.Breaker.IsOpen || link.Client is not { } client) return false;
        var rows = new AxisRows(link.Name, parties.Book, time.GetUtcNow());
        VxpAnswer<bool> answer;
        try
        {
            answer = await client.ReadAgenciesAsync(link.Settings.DirectoryList, rows.Add, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (AxisFaults.IsOutage(fault, cancellationToken))
        {
            await connection.MissedAsync($"directory: {fault.Message}").ConfigureAwait(false);
            return false;
        }
        // A list that broke off is no list: what came of it is forgotten.
        if (answer.Refusal is { } refusal)
        {
            await connection.MissedAsync($"directory: code {refusal.Code}: {refusal.Text}").ConfigureAwait(false);
            return false;
        }
        if (rows.Count == 0) return false;
        var isApplied = await ApplyAsync(rows.Finish()).ConfigureAwait(false);
        // A list that looks cut is an operator's matter: asking every few minutes would not make it longer.
        IsOwed = false;
        return isApplied;
    }

    private async Task<bool> ApplyAsync(DirectoryDifference difference)
    {
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
}
