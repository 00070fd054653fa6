using DocExchange.Core.Parties;
using DocExchange.Core.Ports;

namespace DocExchange.Core.Delivery;

/// <summary>
/// Empties a connection's mailbox: picks what is most urgent whenever a call may begin, and every fourth time what is oldest, so that normal
/// copies are not starved. What it does is in the store before and after each attempt; killed at any moment, the next start goes on.
/// </summary>
public sealed class Dispatcher(RelayConnection connection, ITransport transport, IRelayStore relays, RelayPreparation preparation, CurrentParties parties, TimeProvider time)
{
    /// <summary>Copies in this lane or a lower one are urgent (khẩn and above have 3 and below).</summary>
    private const int UrgentLane = 3;

    /// <summary>So often an outcome that the store fails to keep is offered to it; full or read-only, it is offered for ever.</summary>
    private const int MostFaults = 4;

    private static readonly TimeSpan NotMoreOften = TimeSpan.FromMilliseconds(25), Idle = TimeSpan.FromSeconds(5), Unwell = TimeSpan.FromSeconds(1), Mended = TimeSpan.FromMinutes(1);

    private readonly RetryQueue _retries = new(time);
    private readonly HeldBack _held = new(time);
    private readonly Dictionary<Task, Work> _running = [];
    private int _turn;

    /// <summary>A fault of ours that is neither the other side's nor a store that is unavailable; its call or document is tried again later.</summary>
    public event Action<Exception>? Faulted;

    /// <summary>
    /// Runs until it is told to stop. Calls then under way are left in doubt, as a crash would leave them. After a fault it may be run again:
    /// it goes on from the store, once the calls of the run before have ended.
    /// </summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            // Until they have ended the store lists them as open, and they would be sent a second time.
            await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _running.Clear();
            _retries.Clear();
            await LoadAsync(stop).ConfigureAwait(false);
            while (true) await TurnAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsPaused => !parties.Book.Systems.Any(s => s.Id == connection.Mailbox && s.Enabled);

    private TimeSpan AfterFault => connection.Settings.Retry.Longest < Mended ? connection.Settings.Retry.Longest : Mended;

    private async Task LoadAsync(CancellationToken stop)
    {
        foreach (var call in await relays.ListOpenAsync(connection.Mailbox, stop).ConfigureAwait(false))
        {
            // The clock may have jumped since: nobody waits longer than a retry can.
            var wait = call.DueAt - time.GetUtcNow() ?? TimeSpan.Zero;
            _retries.Add(call, TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, connection.Settings.Retry.Longest.Ticks)));
        }
    }

    private async Task TurnAsync(CancellationToken stop)
    {
        try
        {
            Sweep();
            var isOpen = connection.Breaker.IsOpen;
            if (IsPaused || (isOpen && connection.Breaker.UntilProbe > TimeSpan.Zero))
            {
                await Task.Delay(IsPaused ? Idle : connection.Breaker.UntilProbe, time, stop).ConfigureAwait(false);
                return;
            }
            // After the pause one call is the probe, and what becomes of it opens the way for the others.
            if (_running.Count >= (isOpen ? 1 : connection.Settings.Concurrency))
            {
                await Task.WhenAny(_running.Keys).ConfigureAwait(false);
                return;
            }
            await connection.PaceAsync(stop).ConfigureAwait(false);
            // It may have opened while this waited.
            if (connection.Breaker.IsOpen != isOpen) return;
            // Before looking, so that what is committed while nothing is found ends the wait at once.
            var head = relays.Head;
            if (await PickAsync(stop).ConfigureAwait(false) is { } work) Start(work with { IsProbe = isOpen }, stop);
            else if (isOpen && _running.Count == 0 && _held.Count == 0 && _retries.UntilNext() is null) await ProbeAsync(stop).ConfigureAwait(false);
            else await WaitAsync(head, stop).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            await Task.Delay(Unwell, time, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Where nothing waits to be sent. A side that answers this and no package is found out by the first package.</summary>
    private async Task ProbeAsync(CancellationToken stop)
    {
        if (await transport.ProbeAsync(stop).ConfigureAwait(false) is { } wrong) await connection.MissedAsync(wrong).ConfigureAwait(false);
        else await connection.AnsweredAsync().ConfigureAwait(false);
    }

    private async Task<Work?> PickAsync(CancellationToken stop)
    {
        // One place is for urgent copies: a slow body in each of the others does not hold them up. Taken by one of them, it has served its end.
        var urgentOnly = connection.Settings.Concurrency > 1 && _running.Values.Count(work => work.Lane > UrgentLane) >= connection.Settings.Concurrency - 1;
        var slowest = urgentOnly ? UrgentLane : int.MaxValue;
        var oldestFirst = !urgentOnly && _turn % 4 == 3;
        var waiting = await relays.ListWaitingAsync(connection.Mailbox, oldestFirst, _running.Count + _held.Count + 1, stop).ConfigureAwait(false);
        var fresh = waiting.FirstOrDefault(d => d.Lane <= slowest && !_held.Holds(d.Number) && !_running.Values.Any(work => work.Number == d.Number));
        var again = _retries.PeekDue(oldestFirst, slowest, [.. _running.Values.Select(work => work.Again?.Id)]);
        if (fresh is null && again is null) return null;
        _turn++;
        if (again is not null && (fresh is null || (oldestFirst ? again.Number <= fresh.Number : again.Lane <= fresh.Lane)))
        {
            _retries.Take(again);
            return new Work(again.Number, again.Lane, null, again);
        }
        return new Work(fresh!.Number, fresh.Lane, fresh with { Recipients = [.. fresh.Recipients.Take(connection.Settings.RecipientsPerCall)] }, null);
    }

    private void Start(Work work, CancellationToken stop) => _running.Add(Task.Run(() => RunAsync(work, stop), CancellationToken.None), work);

    private void Sweep()
    {
        foreach (var done in _running.Keys.Where(t => t.IsCompleted).ToList()) _running.Remove(done);
    }

    private async Task WaitAsync(long head, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var due = _retries.UntilNext() ?? Idle;
        // Every commit of the hub is a change: a busy hub must not be asked after each of them.
        await Task.Delay(NotMoreOften, time, stop).ConfigureAwait(false);
        await Task.WhenAny([relays.WaitBeyondAsync(head, enough.Token), Task.Delay(due < Idle ? due : Idle, time, enough.Token), .. _running.Keys]).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
    }

    private async Task RunAsync(Work work, CancellationToken stop)
    {
        RelayCall? begun = null;
        try
        {
            begun = await BeginAsync(work, stop).ConfigureAwait(false);
            if (begun is null) return;
            var startedAt = time.GetUtcNow();
            var started = time.GetTimestamp();
            var outcome = await SendAsync(begun, stop).ConfigureAwait(false);
            Milestones.Reached(Milestones.RelaySent);
            // First of all: what follows may fail, and the outcome must not be lost with it.
            await RecordAsync(begun, new DeliveryAttempt(begun.Attempts, startedAt, time.GetElapsedTime(started), outcome), work.IsProbe, stop).ConfigureAwait(false);
            begun = null;
            if (outcome.IsOutage) await connection.MissedAsync(Text(outcome)).ConfigureAwait(false);
            else await connection.AnsweredAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Left in doubt.
        }
        catch (Exception fault)
        {
            Faulted?.Invoke(fault);
            // What became of it is not recorded: it may have arrived.
            if (begun is { } call) _retries.Add(call with { InDoubt = true }, AfterFault);
        }
    }

    /// <summary>Null when there is nothing to send, or not now.</summary>
    private async Task<RelayCall?> BeginAsync(Work work, CancellationToken stop)
    {
        try
        {
            return work.Again is { } again
                ? await relays.BeginAgainAsync(again, stop).ConfigureAwait(false)
                : await preparation.BeginAsync(connection, transport, work.Fresh!, stop).ConfigureAwait(false);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            var wait = fault is StoreUnavailableException ? Unwell : AfterFault;
            if (fault is not StoreUnavailableException) Faulted?.Invoke(fault);
            if (work.Fresh is { } fresh && fault is IOException) connection.CannotRead(fresh.DocId, fault.Message);
            // The others do not wait behind it.
            if (work.Again is { } later) _retries.Add(later, wait);
            else _held.Hold(work.Number, wait);
            return null;
        }
    }

    private async Task<DeliveryOutcome> SendAsync(RelayCall call, CancellationToken stop)
    {
        try
        {
            return await transport.SendAsync(call, stop).ConfigureAwait(false);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            return new DeliveryOutcome.Unknown($"{fault.GetType().Name}: {fault.Message}");
        }
    }

    private async Task RecordAsync(RelayCall call, DeliveryAttempt attempt, bool isProbe, CancellationToken stop)
    {
#pragma warning disable CA5394 // Spreads retries; nothing depends on its being unpredictable.
        var decision = connection.Settings.Retry.Decide(attempt.Number, attempt.Outcome, call.Recipients.Count, Random.Shared.NextDouble(), isProbe);
#pragma warning restore CA5394
        for (var faults = 0; ;)
        {
            try
            {
                var parts = await relays.RecordAsync(call, attempt, decision, connection.Name, stop).ConfigureAwait(false);
                foreach (var part in parts) _retries.Add(part, TimeSpan.Zero);
                break;
            }
            catch (Exception fault) when (!stop.IsCancellationRequested && (fault is StoreUnavailableException || ++faults < MostFaults))
            {
                // What happened at the other side must not be forgotten because the disk is full for a while.
                await Task.Delay(Unwell, time, stop).ConfigureAwait(false);
            }
        }
        connection.Count(decision);
        if (decision is RetryDecision.RetryAfter { Wait: var wait }) _retries.Add(call with { InDoubt = call.InDoubt || attempt.Outcome is DeliveryOutcome.Unknown }, wait);
    }

    private static string Text(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Transient transient => transient.Text,
        DeliveryOutcome.Unknown unknown => unknown.Text,
        _ => "",
    };

    /// <param name="IsProbe">The other side was away when this began.</param>
    private sealed record Work(long Number, int Lane, WaitingDocument? Fresh, RelayCall? Again, bool IsProbe = false);
}
