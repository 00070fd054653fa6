using System.Security.Cryptography;
using System.Text.Json;
using DocExchange.Core.Evidence;

namespace DocExchange.Storage.Sqlite.Log;

/// <summary>The settings the hub ran with last, and the leaf that says they have changed: written together.</summary>
internal static class SettingsRecord
{
    private const string SettingsKey = "settings";

    public static bool Record(WriteSession session, SortedDictionary<string, string> settings, string? actor)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(settings);
        var known = session.Prepare("SELECT value FROM meta WHERE key = ?1").Bind(1, SettingsKey).ReadAll(row => row.Blob(0)).FirstOrDefault();
        if (known is not null && known.AsSpan().SequenceEqual(text)) return false;
        var before = known is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(known)!;
        var changed = settings.Where(one => !before.TryGetValue(one.Key, out var old) || old != one.Value).Select(one => one.Key).Concat(before.Keys.Except(settings.Keys)).Order(StringComparer.Ordinal);
        session.Prepare("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)").Bind(1, SettingsKey).Bind(2, System.Text.Encoding.UTF8.GetString(text)).Run();
        session.Witness(new EvidenceEntry
        {
            Event = EvidenceEvents.SettingsChanged,
            Time = session.Now,
            Actor = actor,
            Digest = SHA256.HashData(text),
            Detail = known is null ? null : string.Join(' ', changed),
        });
        return true;
    }
}
