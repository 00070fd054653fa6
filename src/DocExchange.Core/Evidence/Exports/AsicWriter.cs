using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Signing;

namespace DocExchange.Core.Evidence.Exports;

/// <summary>
/// Writes an ASiC-E container (ETSI EN 319 162-1): a zip whose first member, stored, is its type, and whose manifest is signed. Members are
/// written one after the other and never held.
/// </summary>
public sealed class AsicWriter : IDisposable
{
    private readonly ZipArchive _zip;
    private readonly List<AsicMember> _members = [];

    /// <param name="output">Seekable: sizes are written into the members' heads, where tools of others expect them.</param>
    public AsicWriter(Stream output)
    {
        _zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        Put(AsicManifest.TypeMember, Encoding.ASCII.GetBytes(AsicManifest.ContainerType), CompressionLevel.NoCompression);
    }

    public async Task AddAsync(string name, string type, Stream content, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var member = await _zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (member.ConfigureAwait(false))
        {
            var buffer = new byte[81920];
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                digest.AppendData(buffer, 0, read);
                await member.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        _members.Add(new AsicMember(name, type, digest.GetHashAndReset()));
    }

    public Task AddAsync(string name, string type, byte[] content, CancellationToken cancellationToken) => AddAsync(name, type, new MemoryStream(content), cancellationToken);

    /// <summary>Signs the manifest; nothing is added after it.</summary>
    public void Finish(HubKey key, DateTimeOffset now)
    {
        var manifest = new AsicManifest(_members).ToXml();
        Put(AsicManifest.Name, manifest, CompressionLevel.Fastest);
        Put(AsicManifest.SignatureName, key.Sign(manifest, now), CompressionLevel.Fastest);
    }

    public void Dispose() => _zip.Dispose();

    private void Put(string name, byte[] content, CompressionLevel level)
    {
        using var member = _zip.CreateEntry(name, level).Open();
        member.Write(content);
    }
}
