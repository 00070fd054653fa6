using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DocExchange.Core;

namespace DocExchange.Storage.Sqlite.Backups;

/// <param name="File">Name inside the backup.</param>
/// <param name="Bytes">So much of it counts; what a following backup was about to add lies behind.</param>
/// <param name="Sha256">Of these bytes, lower-case hex.</param>
public sealed record BackupFile(string File, long Bytes, string Sha256);

/// <param name="Size">Entries of the log in its epoch.</param>
/// <param name="Root">Its Merkle root, base64.</param>
public sealed record BackupLogHead(string Origin, long Size, string Root);

/// <summary>What a backup holds: written last, replaced as a whole, so that a backup is always one moment and complete. Holds no keys.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="TakenAt">Everything acknowledged before this moment is in it.</param>
/// <param name="Log">The log reaches at least so far.</param>
/// <param name="Store">A copy of the store.</param>
/// <param name="Changes">Pages changed since, in their order.</param>
/// <param name="Bodies">Originals that are files of their own.</param>
/// <param name="Missing">Digests of originals that were missing or damaged in the data folder when they were to be copied.</param>
public sealed record BackupManifest(
    string Format, string Hub, DateTimeOffset TakenAt, BackupLogHead Log, BackupFile Store, IReadOnlyList<BackupFile> Changes, long Bodies, IReadOnlyList<string> Missing)
{
    public const string FormatName = "docexchange-backup/1";
    public const string FileName = "manifest.json";

    /// <summary>Strict: a damaged name must not read as a manifest that lacks a value.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true,
    };

    /// <exception cref="StoreRefusedException">There is none, or not of this format.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new StoreRefusedException($"{folder} holds no backup: there is no {path}.");
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Json);
            if (manifest?.Format == FormatName) return manifest;
            throw new StoreRefusedException($"{path} is of the format \"{manifest?.Format}\"; this program reads {FormatName}.");
        }
        catch (JsonException fault)
        {
            throw new StoreRefusedException($"{path} cannot be read: {fault.Message}");
        }
    }

    public void Write(string folder) => DurableFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Json));
}
