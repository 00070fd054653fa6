using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Ports;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>
/// Makes exports, one at a time, into files of the data folder, which are then downloaded in pieces as often as needed. Each is witnessed by an
/// event before anybody gets it. One that a stop interrupts is made again after the next start, under the same id.
/// </summary>
public sealed partial class ExportDesk(
    HubOptions options, ILogStore log, IExportStore store, IPackageStore packages, SigningKeyFile key, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ExportDesk> logger) : IDisposable
{
    /// <summary>How many may wait or be made: one after the other, each reads the whole log.</summary>
    public const int MostWaiting = 20;

    private readonly ExportFolder _folder = new(Path.Combine(Path.GetFullPath(options.Data), "exports"));
    private readonly ConcurrentDictionary<string, ExportRecord> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);

    public void Dispose() => _turn.Dispose();

    /// <summary>True while no further one is taken on.</summary>
    public bool IsFull => _running.Count >= MostWaiting;

    /// <summary>All exports there were, newest first.</summary>
    public IReadOnlyList<ExportRecord> All => [.. _folder.All().Select(record => _running.GetValueOrDefault(record.Id, record)).OrderByDescending(record => record.Asked)];

    public ExportRecord? Find(string id) => _running.TryGetValue(id, out var running) ? running : _folder.Find(id);

    /// <summary>A finished export's file; null when there is none, or it is no longer kept.</summary>
    public string? FileOf(ExportRecord record) => record.State == "done" && _folder.PathOf(record.Id, record.Ending) is var file && File.Exists(file) ? file : null;

    /// <summary>The newest finished export of the same choice by the same person that ended with the newest head of its time; null when there is none.</summary>
    public ExportRecord? LastLike(ExportWish wish, string actor) => _folder.All()
        .Where(one => one.State == "done" && one.Actor == actor && one.Log == wish.Log.Origin && !ExportFilter.TextEndsEarly(one.Filter) && ExportFilter.Choice(one.Filter) == ExportFilter.Choice(wish.Filter.ToText()))
        .MaxBy(one => one.End);

    /// <summary>Begins an export; null when its <c>after</c> is no size an export ended with.</summary>
    /// <exception cref="StoreUnavailableException">The disk takes nothing.</exception>
    public async Task<ExportRecord?> StartAsync(ExportWish wish, string actor, CancellationToken cancellationToken)
    {
        if (wish.SinceLast) wish = wish.After(LastLike(wish, actor)?.End);
        if (await store.FindRangeAsync(wish.Log, wish.Filter, cancellationToken).ConfigureAwait(false) is not { } range) return null;
        var record = RecordOf(wish, range, Core.Ids.New(), actor);
        try
        {
            _folder.WriteUnwritten();
            _folder.RemoveOld(time.GetUtcNow());
            _folder.Ask(record, wish.Words);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException("The export cannot be written: " + fault.Message, fault);
        }
        return Begin(wish, range, record);
    }

    /// <summary>Begins those again that a stop interrupted. Writes nothing of those that go on, and no disk that is full keeps the hub from starting.</summary>
    /// <param name="read">The wish of words that were asked for before; null when they mean nothing any more.</param>
    public async Task ResumeAsync(Func<Dictionary<string, string?>, ExportWish?> read, CancellationToken cancellationToken)
    {
        try
        {
            _folder.RemoveUnfinished();
            foreach (var record in _folder.All().Where(record => record.IsOpen).OrderBy(record => record.Asked)) await ResumeAsync(record, read, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogNotResumed(logger, fault);
        }
    }

    private async Task ResumeAsync(ExportRecord record, Func<Dictionary<string, string?>, ExportWish?> read, CancellationToken cancellationToken)
    {
        var done = record with { State = "done", Read = record.End };
        if (record.Digest is not null && FileOf(done) is not null) Close(done);
        else if (_folder.WordsOf(record.Id) is { } words && read(words) is { } wish && await store.FindRangeAsync(wish.Log, wish.Filter, cancellationToken).ConfigureAwait(false) is { } range)
        {
            Begin(wish, range, RecordOf(wish, range, record.Id, record.Actor));
        }
        else Close(record with { State = "failed", Fault = "The hub stopped while it was made, and what was asked for is no longer there." });
    }

    private ExportRecord RecordOf(ExportWish wish, ExportRange range, string id, string actor) => new(
        id, "waiting", wish.Ending, wish.Log.Origin, wish.Filter.ToText(), actor, time.GetUtcNow(), range.Before.Size, range.End.Checkpoint.Size, range.Before.Size, SealedFor: wish.Recipient?.Subject,
        Earlier: wish.EarlierOf(log.Epochs) is { Count: > 0 } earlier ? [.. earlier.Select(one => one.Origin)] : null);

    private ExportRecord Begin(ExportWish wish, ExportRange range, ExportRecord record)
    {
        _running[record.Id] = record;
        _ = Task.Run(() => RunAsync(wish, range, record), CancellationToken.None);
        return record;
    }

    private async Task RunAsync(ExportWish wish, ExportRange range, ExportRecord record)
    {
        var stopping = lifetime.ApplicationStopping;
        try
        {
            await _turn.WaitAsync(stopping).ConfigureAwait(false);
            try
            {
                record = _running[record.Id] = record with { State = "running" };
                var made = new ExportMaking(_folder, store, packages, key, time);
                var seal = await made.MakeAsync(wish, range, record, read => _running[record.Id] = record with { Read = read }, stopping).ConfigureAwait(false);
                await FinishAsync(seal, record).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Its record says that it is open: the next start goes on with it.
        }
        catch (Exception fault)
        {
            LogFailed(logger, fault, record.Id);
            Close(record with { State = "failed", Fault = fault.Message });
        }
        finally
        {
            _running.TryRemove(record.Id, out _);
        }
    }

    private void Close(ExportRecord record)
    {
        if (_folder.Close(record) is { } why) LogNotWritten(logger, record.Id, record.State, why);
    }

    /// <summary>
    /// What it is, then the event, then the name under which the file is found: a file of that name belongs to an event, and one whose record could
    /// not be closed any more is not made again.
    /// </summary>
    private async Task FinishAsync(ExportSeal seal, ExportRecord record)
    {
        var made = _folder.UnfinishedOf(record.Id, ExportMaking.Whole);
        byte[] digest;
        long length;
        using (var file = File.OpenRead(made)) (digest, length) = (await SHA256.HashDataAsync(file).ConfigureAwait(false), file.Length);
        record = record with { Shown = seal.Shown, Withheld = seal.Withheld, Bytes = length, Digest = Convert.ToHexStringLower(digest) };
        _folder.Save(record);
        var receipt = await log.RecordAsync(new EvidenceEntry
        {
            Event = EvidenceEvents.ExportMade,
            Time = default,
            Digest = digest,
            Size = length,
            Actor = record.Actor,
            Detail = string.Create(CultureInfo.InvariantCulture, $"{record.Ending} {record.Log} {record.From} {record.End} shown {seal.Shown} withheld {seal.Withheld}: {record.Filter}").TrimEnd(' ', ':'),
        }, CancellationToken.None).ConfigureAwait(false);
        File.Move(made, _folder.PathOf(record.Id, record.Ending), overwrite: true);
        Close(record with { State = "done", Read = record.End, Receipt = receipt });
    }

    /// <summary>Witnesses that somebody takes a finished export away.</summary>
    public Task WitnessTakingAsync(ExportRecord record, string actor) => log.RecordAsync(
        new EvidenceEntry { Event = EvidenceEvents.ExportTaken, Time = default, Digest = Convert.FromHexString(record.Digest!), Size = record.Bytes, Actor = actor, Detail = record.Id }, CancellationToken.None);

    [LoggerMessage(EventId = 3110, Level = LogLevel.Error, Message = "Export {Id} was not made")]
    private static partial void LogFailed(ILogger logger, Exception fault, string id);

    [LoggerMessage(EventId = 3111, Level = LogLevel.Error, Message = "That export {Id} is {State} could not be written and is tried again with the next export: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string id, string state, string reason);

    [LoggerMessage(EventId = 3112, Level = LogLevel.Error, Message = "Exports that the last stop interrupted could not all be gone on with")]
    private static partial void LogNotResumed(ILogger logger, Exception fault);
}
