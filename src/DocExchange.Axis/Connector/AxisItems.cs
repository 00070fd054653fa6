using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using DocExchange.Axis.Calls;
using DocExchange.Core;
using DocExchange.Core.Alarms;
using DocExchange.Core.Intake;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;

namespace DocExchange.Axis.Connector;

/// <summary>
/// Takes single items in, through the one door, and answers: <c>done</c> when they are durable here or were before, <c>fail</c> only for what
/// the machine refuses, and refuses again: what a line damaged once is fetched again first.
/// </summary>
public sealed class AxisItems(AxisLink link, IntakeDesk desk, CurrentParties parties, AlarmBoard alarms, TimeProvider time)
{
    private const int LongestReason = 200, LongestId = 100;

    // A shortcut: forgotten at a restart, an item is fetched once more.
    private readonly RecentItems _taken = new(10_000);
    private readonly DoubtfulItems _doubtful = new(time);

    /// <summary>Items wait whose sender the directory does not know: it should be compared with the axis' before its time.</summary>
    public bool HasStrangers => _doubtful.HasStrangers;

    /// <summary>Items of a kind that were refused and may not be the next time.</summary>
    public IReadOnlyList<ReceivedItem> ToLookAtAgain(string messageType) => _doubtful.Due(messageType, parties.Book);

    /// <summary>Items taken in since the start.</summary>
    public long Taken => Interlocked.Read(ref _count);

    private long _count;

    /// <summary>Returns what is wrong with the axis; null when it answered.</summary>
    /// <exception cref="StoreUnavailableException">Nothing can be kept now: the items stay where they are.</exception>
    public async Task<string?> TakeAsync(VxpClient client, IReadOnlyList<ReceivedItem> rows, CancellationToken cancellationToken)
    {
        // One item that fails holds up no other; many in a row are the axis.
        string? wrong = null;
        var inRow = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = link.Settings.ReceiveConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(InOrder(rows), options, async (sequence, stop) =>
        {
            foreach (var row in sequence)
            {
                if (Volatile.Read(ref inRow) >= 2 * options.MaxDegreeOfParallelism) return;
                if (await TryAsync(client, row, stop).ConfigureAwait(false) is not { } fault)
                {
                    Volatile.Write(ref inRow, 0);
                    continue;
                }
                Volatile.Write(ref wrong, fault);
                Interlocked.Increment(ref inRow);
                // What follows in a sequence may not overtake it.
                return;
            }
        }).ConfigureAwait(false);
        return wrong;
    }

    /// <summary>What may be taken in at the same time: documents all, statuses of one reporter one after the other, oldest first, for the last one said holds.</summary>
    private static IEnumerable<IReadOnlyList<ReceivedItem>> InOrder(IReadOnlyList<ReceivedItem> rows)
    {
        var isNewestFirst = rows.Count > 1 && CreatedAt(rows[0]) > CreatedAt(rows[^1]);
        return rows.GroupBy(row => row.MessageType.Equals(Protocol.VxpNames.MessageStatus, StringComparison.OrdinalIgnoreCase) ? row.From : row.DocId)
            .Select(IReadOnlyList<ReceivedItem> (sequence) => OldestFirst([.. isNewestFirst ? sequence.Reverse() : sequence]));
    }

    /// <summary>As they were listed where a time cannot be read.</summary>
    private static IReadOnlyList<ReceivedItem> OldestFirst(IReadOnlyList<ReceivedItem> rows) =>
        rows.Count > 1 && rows.All(row => CreatedAt(row) is not null) ? [.. rows.OrderBy(CreatedAt)] : rows;

    private static DateTimeOffset? CreatedAt(ReceivedItem row) => VietnamTime.TryParse(row.CreatedAt, out var at) ? at : null;

    private async Task<string?> TryAsync(VxpClient client, ReceivedItem row, CancellationToken cancellationToken)
    {
        var wrong = await TryTwiceAsync(client, row, cancellationToken).ConfigureAwait(false);
        // An axis may list what was fetched no more, whatever became of the fetch.
        if (wrong is not null) _doubtful.AddLater(row);
        return wrong;
    }

    private async Task<string?> TryTwiceAsync(VxpClient client, ReceivedItem row, CancellationToken cancellationToken)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            try
            {
                if (await TakeAsync(client, row, cancellationToken).ConfigureAwait(false) is not { } wrong) return null;
                if (isAgain) return wrong;
            }
            catch (Exception fault) when (AxisFaults.IsOutage(fault, cancellationToken))
            {
                // A line that was cut is tried once more at once; one that was waited for is not.
                if (isAgain || fault is OperationCanceledException) return $"item {Shown(row)}: {fault.Message}";
            }
            catch (Exception fault) when (fault is not StoreUnavailableException && !cancellationToken.IsCancellationRequested)
            {
                // Whatever is odd about one item is that item's: such as an id that no call can carry.
                alarms.Raise(AlarmKind.AxisItemRefused, link.Name, $"{Shown(row)}: {fault.GetType().Name}: {fault.Message}");
                _doubtful.AddLater(row);
                return null;
            }
        }
    }

    private async Task<string?> TakeAsync(VxpClient client, ReceivedItem row, CancellationToken cancellationToken)
    {
        if (_doubtful.IsTooEarly(row.DocId, parties.Book)) return null;
        if (!_taken.Holds(row.DocId))
        {
            var (result, refusal) = await FetchAsync(client, row, cancellationToken).ConfigureAwait(false);
            if (refusal is not null) return NotFetched(row, refusal);
            if (result is IntakeResult.Refused refused) return await RefuseAsync(client, row, refused, cancellationToken).ConfigureAwait(false);
            _taken.Add(row.DocId);
            Interlocked.Increment(ref _count);
        }
        var answer = await client.ConfirmAsync(row.DocId, cancellationToken).ConfigureAwait(false);
        if (answer.Refusal is { IsTransient: true } no) return $"done of {Shown(row)}: {no.Text}";
        _doubtful.Forget(row.DocId);
        return null;
    }

    /// <summary>Returns what is wrong with the axis, or with this hub's secret there; null when it is with this item.</summary>
    private string? NotFetched(ReceivedItem row, VxpRefusal refusal)
    {
        if (refusal is { Code: Protocol.VxpCodes.UnknownReceiver, IsReadable: true })
        {
            // Withdrawn meanwhile: nothing to take, and nothing to answer.
            _doubtful.Forget(row.DocId);
            return null;
        }
        var text = $"{Shown(row)} cannot be fetched, code {refusal.Code}: {refusal.Text}";
        if (refusal.IsTransient) return text;
        alarms.Raise(AlarmKind.AxisItemRefused, link.Name, text);
        if (refusal.Code == Protocol.VxpCodes.NotAuthentic) return text;
        _doubtful.AddLater(row);
        return null;
    }

    /// <summary>The bytes go to the door while they arrive; a fetch that breaks off breaks the submission off, whatever had come until then.</summary>
    private async Task<(IntakeResult? Result, VxpRefusal? Refusal)> FetchAsync(VxpClient client, ReceivedItem row, CancellationToken cancellationToken)
    {
        if (parties.Book.Systems.FirstOrDefault(s => s.Axis == link.Name) is not { } system) return (null, new VxpRefusal(Protocol.VxpCodes.SystemError, "the connection has no system"));
        var pipe = new Pipe();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var intake = TakeInAsync(new Submission { Caller = system, Body = pipe.Reader, MeantFor = row.To.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) }, ended.Token);
        Exception? broken = null;
        VxpAnswer<long>? fetched = null;
        try
        {
            var body = pipe.Writer.AsStream(leaveOpen: true);
            await using (body.ConfigureAwait(false)) fetched = await client.FetchAsync(row.DocId, body, ended.Token).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            broken = fault;
        }
        // Without a single byte, or with too few, there is no package: the door must not judge one.
        if (broken is not null || fetched!.Refusal is not null) await ended.CancelAsync().ConfigureAwait(false);
        await pipe.Writer.CompleteAsync(broken).ConfigureAwait(false);
        if (broken is null && fetched!.Refusal is { } refusal)
        {
            await ((Task)intake).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return (null, refusal);
        }
        if (broken is not null && !intake.IsCompletedSuccessfully)
        {
            await ((Task)intake).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // A store that cannot write is what is wrong, and not the line that was let go because of it.
            if (intake.Exception?.InnerException is StoreUnavailableException unwell) throw unwell;
            throw broken;
        }
        return (await intake.ConfigureAwait(false), null);
    }

    private async Task<IntakeResult> TakeInAsync(Submission submission, CancellationToken cancellationToken)
    {
        try
        {
            return await desk.AcceptAsync(submission, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Cut off at the first offence: the fetch ends instead of waiting for somebody who reads no more.
            await submission.Body.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task<string?> RefuseAsync(VxpClient client, ReceivedItem row, IntakeResult.Refused refused, CancellationToken cancellationToken)
    {
        if (refused.IsForNow)
        {
            _doubtful.AddLater(row);
            return null;
        }
        if (refused.Problem.Kind == ProblemCatalogue.SenderIsNotTheCaller)
        {
            // An organisation this hub has not heard of yet: the directory is what is wrong, and the item waits for the next one.
            _doubtful.AddStranger(row, parties.Book);
            alarms.Raise(AlarmKind.AxisItemRefused, link.Name, $"{Shown(row)}: {refused.Problem.Code}, sender {row.From} is not in the directory as one behind this axis");
            return null;
        }
        if (_doubtful.AddRefused(row, refused.Receipt?.Id)) return null;
        alarms.Raise(AlarmKind.AxisItemRefused, link.Name, $"{Shown(row)}: {refused.Problem.Code}, receipt {refused.Receipt?.Id}");
        var answer = await client.RejectAsync(row.DocId, Reason(refused), cancellationToken).ConfigureAwait(false);
        if (answer.Refusal is { IsTransient: true } no) return $"fail of {Shown(row)}: {no.Text}";
        _doubtful.Forget(row.DocId);
        return null;
    }

    /// <summary>The id as texts may show it: it is the axis', and may hold anything.</summary>
    private static string Shown(ReceivedItem row) => JavaScriptEncoder.Default.Encode(row.DocId.Length <= LongestId ? row.DocId : row.DocId[..LongestId]);

    /// <summary>The signed values of this protocol are ASCII.</summary>
    private static string Reason(IntakeResult.Refused refused)
    {
        var text = new StringBuilder($"[{refused.Problem.Code}, receipt {refused.Receipt?.Id}] {refused.Problem.English}");
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or > '~') text[i] = '?';
        }
        return text.Length <= LongestReason ? text.ToString() : text.ToString(0, LongestReason);
    }
}
