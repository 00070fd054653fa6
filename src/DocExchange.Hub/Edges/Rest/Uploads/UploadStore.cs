using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Edges.Rest.Uploads;

/// <summary>
/// Uploads in the data folder, one file of bytes and one of facts each, so that they go on after a restart of the hub. Nothing here is
/// acknowledged as a document: that begins when the desk accepts the whole.
/// </summary>
internal sealed class UploadStore
{
    /// <summary>Since the last byte.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly HubOptions _options;
    private readonly TimeProvider _time;
    private readonly string _folder;
    private readonly Lock _creating = new();

    // Those whose bytes have not all been taken over: what a system may have of them is limited.
    private readonly ConcurrentDictionary<string, Upload> _open = [];

    public UploadStore(HubOptions options, TimeProvider time)
    {
        (_options, _time, _folder) = (options, time, Path.Combine(Path.GetFullPath(options.Data), "uploads"));
        DurableFile.CreateDirectory(_folder);
        foreach (var facts in Directory.EnumerateFiles(_folder, "*.json"))
        {
            if (Read(facts) is { Answer: null } upload) _open[upload.Id] = upload;
        }
    }

    /// <summary>A new upload; under a key used before, the one it made then. A problem when the system has as many as it may, or the disk no room.</summary>
    public (Upload? Upload, Problem? Problem) Create(PartnerSystem system, long length, string metadata, string? key)
    {
        lock (_creating) return CreateOne(system, length, metadata, key);
    }

    /// <summary>True when so many bytes more leave the disk what the hub needs to be ready.</summary>
    public bool HasRoom(long bytes) => new DriveInfo(_folder).AvailableFreeSpace - bytes >= _options.MinFreeMegabytes * 1024L * 1024;

    private (Upload?, Problem?) CreateOne(PartnerSystem system, long length, string metadata, string? key)
    {
        var id = key is null ? Ids.New() : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{system.Id}\n{key}")).AsSpan(0, 16));
        if (Find(system, id) is { } known) return (known, null);
        var open = _open.Values.Where(u => u.SystemId == system.Id && u.ExpiresAt > _time.GetUtcNow()).ToList();
        // One alone is always taken: it is no larger than a package may be.
        if (open.Count >= _options.UploadsPerSystem || (open.Count > 0 && open.Sum(u => u.Length) + length > _options.UploadMegabytesPerSystem * 1024L * 1024))
            return (null, new Problem(ProblemCatalogue.UploadsOpen, Value: open.Count.ToString(CultureInfo.InvariantCulture)));
        if (!HasRoom(length)) return (null, new Problem(ProblemCatalogue.HubNotReady, Value: "disk"));
        var upload = new Upload(id, system.Id, length, metadata, key, _time.GetUtcNow() + Kept);
        using (File.Create(BytesOf(id)))
        {
            // Its length is the offset: nothing yet.
        }
        Save(upload);
        return (upload, null);
    }

    public Upload? Find(PartnerSystem system, string id)
    {
        if (id.Length != 32 || !id.All(char.IsAsciiHexDigitLower) || !File.Exists(FactsOf(id))) return null;
        var upload = Read(FactsOf(id));
        return upload is not null && upload.SystemId == system.Id && upload.ExpiresAt > _time.GetUtcNow() ? upload : null;
    }

    public long OffsetOf(Upload upload)
    {
        // Whoever looks while the last bytes are dealt with may find them gone: then all of them were there.
        var bytes = new FileInfo(BytesOf(upload.Id));
        return upload.Answer is null && bytes.Exists ? bytes.Length : upload.Length;
    }

    /// <summary>The bytes for one writer or for the desk; null while another request has them.</summary>
    public FileStream? Open(Upload upload)
    {
        try
        {
            return new FileStream(BytesOf(upload.Id), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 0);
        }
        catch (IOException) when (File.Exists(BytesOf(upload.Id)))
        {
            return null;
        }
    }

    /// <summary>Adds what arrives, at most to the announced length. What came before an interruption stays.</summary>
    /// <returns>False when more arrived than was announced; nothing of the surplus is kept.</returns>
    public static async Task<bool> AppendAsync(FileStream bytes, Upload upload, PipeReader body, CancellationToken cancellationToken)
    {
        bytes.Position = bytes.Length;
        try
        {
            while (true)
            {
                var result = await body.ReadAsync(cancellationToken).ConfigureAwait(false);
                var room = upload.Length - bytes.Position;
                foreach (var segment in result.Buffer.Slice(0, Math.Min(room, result.Buffer.Length))) Write(bytes, segment.Span);
                var surplus = result.Buffer.Length > room;
                body.AdvanceTo(result.Buffer.End);
                if (surplus) return false;
                if (result.IsCompleted) return true;
            }
        }
        finally
        {
            DurableFile.SyncFile(bytes.SafeFileHandle);
        }
    }

    /// <summary>No room is an answer for the caller, who may come back.</summary>
    private static void Write(FileStream bytes, ReadOnlySpan<byte> piece)
    {
        try
        {
            bytes.Write(piece);
        }
        catch (IOException fault)
        {
            throw new StoreUnavailableException("The disk takes no upload at present.", fault);
        }
    }

    /// <summary>Notes that bytes came, or what became of the whole; then they are no longer needed.</summary>
    public Upload Update(Upload upload, SendAnswer? answer)
    {
        var now = upload with { Answer = answer, ExpiresAt = _time.GetUtcNow() + Kept };
        Save(now);
        if (answer is not null) File.Delete(BytesOf(upload.Id));
        return now;
    }

    public void Remove(string id)
    {
        File.Delete(FactsOf(id));
        File.Delete(BytesOf(id));
        _open.TryRemove(id, out _);
    }

    /// <summary>Removes what nobody went on with, and bytes without facts that a crash left. Returns how many.</summary>
    public int RemoveExpired()
    {
        var now = _time.GetUtcNow();
        var removed = 0;
        foreach (var file in Directory.EnumerateFiles(_folder))
        {
            if (File.GetLastWriteTimeUtc(file) + Kept > now.UtcDateTime) continue;
            var id = Path.GetFileNameWithoutExtension(file);
            var upload = File.Exists(FactsOf(id)) ? Read(FactsOf(id)) : null;
            if (upload is not null && upload.ExpiresAt > now) continue;
            Remove(id);
            removed++;
        }
        return removed;
    }

    private static Upload? Read(string facts) => JsonSerializer.Deserialize(File.ReadAllBytes(facts), UploadJson.Default.Upload);

    private void Save(Upload upload)
    {
        DurableFile.Write(FactsOf(upload.Id), JsonSerializer.SerializeToUtf8Bytes(upload, UploadJson.Default.Upload));
        if (upload.Answer is null) _open[upload.Id] = upload;
        else _open.TryRemove(upload.Id, out _);
    }

    private string BytesOf(string id) => Path.Combine(_folder, id + ".part");

    private string FactsOf(string id) => Path.Combine(_folder, id + ".json");
}
