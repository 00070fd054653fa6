using System.Collections.Concurrent;
using System.Text.Json;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>
/// The data folder's <c>exports/</c>: of each export its record, its file when it is done, and until then the words it was asked for with, so
/// that it is made again after a stop. Records stay, because the next export goes on from the last; files go after a while.
/// </summary>
internal sealed class ExportFolder(string folder)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private const string Record = "json";
    private const string Asked = "asked";
    private const string Unfinished = ".part";

    /// <summary>What has ended while the disk took nothing: shown as it is, and written when there is room.</summary>
    private readonly ConcurrentDictionary<string, ExportRecord> _unwritten = new(StringComparer.Ordinal);

    public string PathOf(string id, string ending) => Path.Combine(folder, $"{id}.{ending}");

    /// <summary>Where something is written that is not whole yet.</summary>
    public string UnfinishedOf(string id, string what) => PathOf(id, what + Unfinished);

    public void Ask(ExportRecord record, IReadOnlyDictionary<string, string?> words)
    {
        Core.DurableFile.CreateDirectory(folder);
        Core.DurableFile.Write(PathOf(record.Id, Asked), JsonSerializer.SerializeToUtf8Bytes(words));
        Save(record);
    }

    /// <summary>Writes the record; one that is done or has failed needs its words no more.</summary>
    public void Save(ExportRecord record)
    {
        Core.DurableFile.Write(PathOf(record.Id, Record), JsonSerializer.SerializeToUtf8Bytes(record));
        if (!record.IsOpen) File.Delete(PathOf(record.Id, Asked));
    }

    /// <summary>Writes the record of an export that has ended, now or, where the disk takes nothing, when <see cref="WriteUnwritten"/> finds that it does.</summary>
    /// <returns>Why it is not written yet; null when it is.</returns>
    public string? Close(ExportRecord record)
    {
        try
        {
            RemoveUnfinished(record.Id);
            Save(record);
            _unwritten.TryRemove(record.Id, out _);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _unwritten[record.Id] = record;
            return fault.Message;
        }
    }

    public void WriteUnwritten()
    {
        foreach (var record in _unwritten.Values) Close(record);
    }

    public List<ExportRecord> All()
    {
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFiles(folder, "*." + Record).Select(Read<ExportRecord>).OfType<ExportRecord>().Select(record => _unwritten.GetValueOrDefault(record.Id, record))];
    }

    public ExportRecord? Find(string id) =>
        _unwritten.TryGetValue(id, out var record) ? record : id.All(char.IsAsciiLetterOrDigit) ? Read<ExportRecord>(PathOf(id, Record)) : null;

    public Dictionary<string, string?>? WordsOf(string id) => Read<Dictionary<string, string?>>(PathOf(id, Asked));

    /// <summary>Removes what a stop left half written, and words of an export that never got a record.</summary>
    public void RemoveUnfinished()
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, "*" + Unfinished + "*")) File.Delete(file);
        foreach (var file in Directory.EnumerateFiles(folder, "*." + Asked).Where(file => !File.Exists(Path.ChangeExtension(file, Record)))) File.Delete(file);
    }

    /// <summary>Removes what is half written of one that was not made.</summary>
    private void RemoveUnfinished(string id)
    {
        foreach (var file in Directory.EnumerateFiles(folder, id + ".*" + Unfinished + "*")) File.Delete(file);
    }

    /// <summary>Removes the files of old exports, and all that there is of old ones that were not made.</summary>
    public void RemoveOld(DateTimeOffset now)
    {
        foreach (var old in All().Where(record => record.Asked < now - Kept))
        {
            File.Delete(PathOf(old.Id, old.Ending));
            if (old.State == "failed") File.Delete(PathOf(old.Id, Record));
        }
    }

    private static T? Read<T>(string file) where T : class
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(file)) : null;
        }
        catch (Exception fault) when (fault is JsonException or FileNotFoundException)
        {
            // Somebody's own file, or one that was removed just now.
            return null;
        }
    }
}
