using System.Buffers;
using System.Security.Cryptography;
using DocExchange.Core.Packages;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Intake;

/// <summary>
/// The package that an edge built of a request: put together where the request is in memory, otherwise while it is read. It is hashed and read
/// like one that was sent, and staged nowhere.
/// </summary>
internal sealed class BuiltPackage : IPackageBytes
{
    private readonly ReceivedRequest _request;
    private byte[]? _buffer;

    public BuiltPackage(ReceivedRequest request)
    {
        _request = request;
        if (request.Staged.InMemory is null) return;
        _buffer = ArrayPool<byte>.Shared.Rent((int)Length);
        using var package = OpenStream();
        package.ReadExactly(_buffer, 0, (int)Length);
    }

    public long Length => _request.Outline.Length;

    public ReadOnlyMemory<byte>? InMemory => _buffer is null ? (ReadOnlyMemory<byte>?)null : _buffer.AsMemory(0, (int)Length);

    public Stream OpenRead() => _buffer is null ? OpenStream() : new MemoryStream(_buffer, 0, (int)Length, writable: false);

    public async Task<PackageArrival> ReadAsync(PackageLimits limits)
    {
        if (Length > limits.MaxPackageBytes) return new PackageArrival(new PackageReading(null, [], []), null, new Problem(ProblemCatalogue.PackageTooLarge, Limit: limits.MaxPackageBytes.ToString()));
        if (InMemory is { } bytes) return new PackageArrival(Complete(PackageReader.Read(bytes, limits), limits), SHA256.HashData(bytes.Span), null);
        // Reading blocks on the disk.
        return await Task.Factory.StartNew(() => ReadStream(limits), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }

    private Stream OpenStream() => _request.Outline.Open(_request.Staged.OpenRead());

    private PackageArrival ReadStream(PackageLimits limits)
    {
        using var package = OpenStream();
        using var hashed = new HashedStream(package);
        var reading = PackageReader.Read(hashed, limits);
        // A reader that stopped has met what is refused whatever the rest says.
        var digest = reading.Findings.Any(f => f.Kind.Step == ProblemStep.XmlSafety) ? null : hashed.Finish();
        return new PackageArrival(Complete(reading, limits), digest, null);
    }

    private PackageReading Complete(PackageReading reading, PackageLimits limits)
    {
        if (!PackageReader.NeedsCompletion(reading)) return reading;
        using var package = OpenRead();
        return PackageReader.CompleteWithScratch(reading, package, limits);
    }
}
