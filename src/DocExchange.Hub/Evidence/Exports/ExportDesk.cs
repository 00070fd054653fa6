using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Ports;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>
/// Makes exports, one at a time, into files of the data folder, which are then downloaded in pieces as often as needed. Each is witnessed by an
/// event before anybody gets it. One that a stop interrupts is gone; ask again.
/// </summary>
public sealed partial class ExportDesk(
    HubOptions options, ILogStore log, IExportStore store, IPackageStore packages, SigningKeyFile key, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ExportDesk> logger) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private readonly string _folder = Path.Combine(Path.GetFullPath(options.Data), "exports");
    private readonly ConcurrentDictionary<string, ExportRecord> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);

    public void Dispose() => _turn.Dispose();

    /// <summary>All exports that can still be downloaded or are being made, newest first.</summary>
    public IReadOnlyList<ExportRecord> All => [.. _running.Values.Concat(Finished()).OrderByDescending(record => record.Asked)];

    public ExportRecord? Find(string id) => _running.TryGetValue(id, out var running) ? running : Finished().FirstOrDefault(record => record.Id == id);

    /// <summary>A finished export's file; null when there is none.</summary>
    public string? FileOf(ExportRecord record) => record.State == "done" && File.Exists(PathOf(record.Id, record.Format)) ? PathOf(record.Id, record.Format) : null;

    /// <summary>Begins an export; null when its <c>after</c> is no size an export ended with.</summary>
    public async Task<ExportRecord?> StartAsync(ExportWish wish, string actor, CancellationToken cancellationToken)
    {
        if (await store.FindRangeAsync(wish.Log, wish.Filter, cancellationToken).ConfigureAwait(false) is not { } range) return null;
        Core.DurableFile.CreateDirectory(_folder);
        RemoveOld();
        var record = new ExportRecord(
            Core.Ids.New(), "waiting", wish.Ending, wish.Log.Origin, wish.Filter.ToText(), actor, time.GetUtcNow(), range.Before.Size, range.End.Checkpoint.Size, range.Before.Size);
        _running[record.Id] = record;
        _ = Task.Run(() => RunAsync(wish, range, record), CancellationToken.None);
        return record;
    }

    private async Task RunAsync(ExportWish wish, ExportRange range, ExportRecord record)
    {
        var stopping = lifetime.ApplicationStopping;
        var lines = PathOf(record.Id, "lines.part");
        var made = PathOf(record.Id, "file.part");
        try
        {
            await _turn.WaitAsync(stopping).ConfigureAwait(false);
            try
            {
                record = _running[record.Id] = record with { State = "running" };
                var seal = await WriteLinesAsync(wish, range, record, lines, stopping).ConfigureAwait(false);
                await WriteFileAsync(wish, range, lines, made, stopping).ConfigureAwait(false);
                await FinishAsync(wish, seal, record, made).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or StoreUnavailableException or OperationCanceledException or ObjectDisposedException)
        {
            LogFailed(logger, record.Id, fault.Message);
            _running[record.Id] = record with { State = "failed" };
        }
        finally
        {
            File.Delete(lines);
            File.Delete(made);
        }
    }

    private async Task<ExportSeal> WriteLinesAsync(ExportWish wish, ExportRange range, ExportRecord record, string file, CancellationToken stopping)
    {
        var output = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 256 * 1024);
        await using (output.ConfigureAwait(false))
        {
            return await new ExportWriter(store, wish.Log, wish.Filter)
                .WriteAsync(output, range, () => key.Current, time.GetUtcNow(), read => _running[record.Id] = record with { Read = read }, stopping).ConfigureAwait(false);
        }
    }

    private async Task WriteFileAsync(ExportWish wish, ExportRange range, string lines, string made, CancellationToken stopping)
    {
        switch (wish.Kind)
        {
            case ExportKind.JsonLines:
                File.Move(lines, made);
                break;
            case ExportKind.Csv:
                await ExportPacking.WriteTableAsync(made, lines, stopping).ConfigureAwait(false);
                break;
            default:
                var output = new FileStream(made, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 256 * 1024);
                await using (output.ConfigureAwait(false)) await new ExportPacking(packages, key.Current, time.GetUtcNow()).WriteAsync(output, lines, range.End, wish.Packages, stopping).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>The event first, then the name under which the file is found.</summary>
    private async Task FinishAsync(ExportWish wish, ExportSeal seal, ExportRecord record, string made)
    {
        byte[] digest;
        long length;
        using (var file = File.OpenRead(made)) (digest, length) = (await SHA256.HashDataAsync(file).ConfigureAwait(false), file.Length);
        var receipt = await log.RecordAsync(new EvidenceEntry
        {
            Event = EvidenceEvents.ExportMade,
            Time = default,
            Digest = digest,
            Size = length,
            Actor = record.Actor,
            Detail = string.Create(CultureInfo.InvariantCulture, $"{record.Format} {record.Log} {record.From} {record.End} shown {seal.Shown} withheld {seal.Withheld}: {record.Filter}").TrimEnd(' ', ':'),
        }, CancellationToken.None).ConfigureAwait(false);
        File.Move(made, PathOf(record.Id, wish.Ending), overwrite: true);
        var done = record with
        {
            State = "done", Read = record.End, Shown = seal.Shown, Withheld = seal.Withheld, Bytes = length, Digest = Convert.ToHexStringLower(digest), Receipt = receipt,
        };
        Core.DurableFile.Write(PathOf(record.Id, "json"), JsonSerializer.SerializeToUtf8Bytes(done));
        _running.TryRemove(record.Id, out _);
    }

    private List<ExportRecord> Finished()
    {
        var found = new List<ExportRecord>();
        if (!Directory.Exists(_folder)) return found;
        foreach (var file in Directory.EnumerateFiles(_folder, "*.json"))
        {
            if (JsonSerializer.Deserialize<ExportRecord>(File.ReadAllBytes(file)) is { } record) found.Add(record);
        }
        return found;
    }

    private void RemoveOld()
    {
        foreach (var old in Finished().Where(record => record.Asked < time.GetUtcNow() - Kept))
        {
            File.Delete(PathOf(old.Id, old.Format));
            File.Delete(PathOf(old.Id, "json"));
        }
    }

    private string PathOf(string id, string ending) => Path.Combine(_folder, $"{id}.{ending}");

    [LoggerMessage(EventId = 3110, Level = LogLevel.Warning, Message = "Export {Id} was not made: {Reason}")]
    private static partial void LogFailed(ILogger logger, string id, string reason);
}
