using System.Buffers;
using System.Security.Cryptography;
using DocExchange.Axis.Protocol;
using DocExchange.Core;
using DocExchange.Core.Packages;
using DocExchange.Sandbox.Axis.Exchange;

namespace DocExchange.Sandbox.Axis.Packages;

/// <summary>Packages as files, so that memory does not grow with them. Nothing is synced: what the sandbox holds ends with it.</summary>
internal sealed class PackageFolder : IDisposable
{
    private const int FramingBytes = 2;
    private const string Prefix = "docexchange-axis-";
    private const string InUse = "in-use";
    private readonly FileStream _lock;
    private int _count;

    /// <param name="parent">Where a folder is made that goes with this; null for the system's place of temporary files.</param>
    public PackageFolder(string? parent)
    {
        parent ??= System.IO.Path.GetTempPath();
        Directory.CreateDirectory(parent);
        foreach (var left in Directory.EnumerateDirectories(parent, Prefix + "*")) Sweep(left);
        var name = Prefix + Ids.New();
        // Locked before it bears the name that others sweep.
        var made = Directory.CreateDirectory(System.IO.Path.Combine(parent, "new-" + name)).FullName;
        _lock = new FileStream(System.IO.Path.Combine(made, InUse), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        Path = System.IO.Path.Combine(parent, name);
        Directory.Move(made, Path);
    }

    public string Path { get; }

    /// <summary>An empty file for reading and writing. The caller deletes it or keeps it as a package.</summary>
    public FileStream Create() => new(
        System.IO.Path.Combine(Path, $"{Interlocked.Increment(ref _count)}.package"),
        new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.Read, Options = FileOptions.Asynchronous });

    /// <summary>
    /// Keeps a body as a file. The line end that clients put behind a package is left out when the file hash they announced says so, or when none was announced.
    /// </summary>
    /// <returns>Null when the announced hash is of other bytes.</returns>
    /// <exception cref="InvalidDataException">The body is longer than <paramref name="maxBytes"/>.</exception>
    public async Task<StoredFile?> KeepAsync(Stream body, string? announcedHash, long maxBytes, CancellationToken ct)
    {
        var file = Create();
        try
        {
            await using (file.ConfigureAwait(false))
            {
                var kept = await CopyAsync(body, file, announcedHash, maxBytes, ct).ConfigureAwait(false);
                if (kept is { } digest) return new StoredFile(file.Name, file.Length, FileHash.Padded(digest));
            }
        }
        catch
        {
            File.Delete(file.Name);
            throw;
        }
        File.Delete(file.Name);
        return null;
    }

    /// <summary>Reads a package whole, large ZIP attachments too; those need room of their own.</summary>
    public PackageReading Read(FileStream package, PackageLimits limits)
    {
        var reading = PackageReader.Read(package, limits);
        if (!PackageReader.NeedsCompletion(reading)) return reading;
        using var scratch = Create();
        reading = PackageReader.Complete(reading, package, scratch, limits);
        File.Delete(scratch.Name);
        return reading;
    }

    public static FileStream Open(StoredFile file) => new(
        file.Path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous });

    /// <summary>Removes a document's files; readers that have one open finish.</summary>
    public static async Task DeleteAsync(AxisDocument document)
    {
        File.Delete(document.Received.Path);
        if (document.Copy is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } copy }) File.Delete((await copy.ConfigureAwait(false)).Path);
    }

    public void Dispose()
    {
        _lock.Dispose();
        // A call whose line was cut may still be writing its file: then the next axis removes the folder.
        Sweep(Path);
    }

    /// <summary>Removes what a process left that was killed; what a running one holds is locked.</summary>
    private static void Sweep(string folder)
    {
        try
        {
            using var held = new FileStream(System.IO.Path.Combine(folder, InUse), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // Somebody's, or written to at this moment.
        }
    }

    private static async Task<byte[]?> CopyAsync(Stream body, FileStream file, string? announcedHash, long maxBytes, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var held = 0;
            int read;
            while ((read = await body.ReadAsync(buffer.AsMemory(held), ct).ConfigureAwait(false)) > 0)
            {
                var have = held + read;
                held = Math.Min(FramingBytes, have);
                hash.AppendData(buffer, 0, have - held);
                await file.WriteAsync(buffer.AsMemory(0, have - held), ct).ConfigureAwait(false);
                buffer.AsSpan(have - held, held).CopyTo(buffer);
                if (file.Length > maxBytes) throw new InvalidDataException($"A package may have {maxBytes} bytes.");
            }
            var digest = hash.GetCurrentHash();
            if (held == FramingBytes && buffer.AsSpan(0, held).SequenceEqual("\r\n"u8) && (announcedHash is null || FileHash.Matches(digest, announcedHash))) return digest;
            hash.AppendData(buffer, 0, held);
            await file.WriteAsync(buffer.AsMemory(0, held), ct).ConfigureAwait(false);
            digest = hash.GetHashAndReset();
            return announcedHash is null || FileHash.Matches(digest, announcedHash) ? digest : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
