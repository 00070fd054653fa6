using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using DocExchange.Core.Packages;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges.Received;

/// <summary>
/// A request of which the hub builds a package, kept as the original without its transport framing (dx-request/1): the contents of its
/// parts one after the other, a line feed, and one JSON object that lists them. A multipart boundary is framing that many clients make anew
/// for each attempt; with it, no repetition would be one.
/// </summary>
internal sealed class RequestStaging : IDisposable
{
    public const int LargestFirst = 1024 * 1024;

    private readonly IStagedPackage _staged;
    private readonly long _most;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<ReceivedPart> _parts = [];
    private readonly ArrayBufferWriter<byte> _first = new();
    private bool _handedOver;

    public RequestStaging(IPackageStore packages, PackageLimits limits, long? announcedLength) =>
        (_staged, _most) = (packages.Stage(announcedLength), limits.MaxPackageBytes);

    public IReadOnlyList<ReceivedPart> Parts => _parts;

    /// <summary>The first part, which says what the others are, up to <see cref="LargestFirst"/> bytes: the staged bytes can be read only once all have come.</summary>
    public ReadOnlySpan<byte> First => _first.WrittenSpan;

    /// <summary>Takes one part to its end.</summary>
    public async Task<Problem?> AddAsync(
        string name, string? fileName, string? contentType, Stream content, CancellationToken cancellationToken, string? transferEncoding = null)
    {
        var start = _staged.Length;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                if (_staged.Length + read > _most) return new Problem(ProblemCatalogue.PackageTooLarge, Limit: _most.ToString());
                Append(buffer.AsSpan(0, read));
                digest.AppendData(buffer, 0, read);
                if (_parts.Count == 0 && _first.WrittenCount + read <= LargestFirst) _first.Write(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        _parts.Add(new ReceivedPart(name, fileName, contentType, transferEncoding, start, _staged.Length - start, digest.GetHashAndReset()));
        return null;
    }

    /// <summary>Closes the original with the list of its parts and whatever else the package depends on.</summary>
    public StagedRequest Finish(IReadOnlyList<(string Name, string Value)> also)
    {
        var footer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(footer))
        {
            json.WriteStartObject();
            json.WriteString("format", "dx-request/1");
            foreach (var (name, value) in also) json.WriteString(name, value);
            json.WriteStartArray("parts");
            foreach (var part in _parts) Write(json, part);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        Append("\n"u8);
        Append(footer.WrittenSpan);
        _staged.End();
        _handedOver = true;
        return new StagedRequest(_staged, _hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _hash.Dispose();
        if (!_handedOver) _staged.Dispose();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _staged.Append(bytes);
        _hash.AppendData(bytes);
    }

    private static void Write(Utf8JsonWriter json, ReceivedPart part)
    {
        json.WriteStartObject();
        json.WriteString("name", part.Name);
        if (part.FileName is not null) json.WriteString("fileName", part.FileName);
        if (part.ContentType is not null) json.WriteString("contentType", part.ContentType);
        if (part.TransferEncoding is not null) json.WriteString("transferEncoding", part.TransferEncoding);
        json.WriteNumber("length", part.Length);
        json.WriteString("sha256", Convert.ToHexStringLower(part.Digest));
        json.WriteEndObject();
    }
}
