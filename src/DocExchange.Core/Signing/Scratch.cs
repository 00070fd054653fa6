using System.Buffers;
using DocExchange.Core.Packages;

namespace DocExchange.Core.Signing;

/// <summary>A file taken out of a package, where it can be read back and forth: small ones in memory, others in a nameless file that goes with this.</summary>
internal sealed class Scratch : IDisposable
{
    private const int InMemory = 256 * 1024;
    private byte[]? _rented;

    private Scratch(Stream content, byte[]? rented) => (Content, _rented) = (content, rented);

    public Stream Content { get; }

    /// <param name="length">What the package's reading said; more is not taken.</param>
    /// <param name="folder">Where a large one lies (<see cref="PackageLimits.StagingFolder"/>).</param>
    /// <exception cref="InvalidDataException">The bytes are not those that were read before.</exception>
    public static Scratch Of(Stream source, long length, string folder)
    {
        if (length <= InMemory)
        {
            var rented = ArrayPool<byte>.Shared.Rent((int)length);
            var count = source.ReadAtLeast(rented.AsSpan(0, (int)length), (int)length, throwOnEndOfStream: false);
            return new Scratch(new MemoryStream(rented, 0, count, writable: false), rented);
        }
        var file = NamelessFile.Open(folder);
        var scratch = new Scratch(file, null);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int count; length > 0 && (count = source.Read(buffer, 0, (int)Math.Min(buffer.Length, length))) > 0; length -= count) file.Write(buffer, 0, count);
            file.Flush();
            // As one in memory: whoever reads it begins at its beginning.
            file.Position = 0;
            return scratch;
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose()
    {
        Content.Dispose();
        if (Interlocked.Exchange(ref _rented, null) is { } rented) ArrayPool<byte>.Shared.Return(rented);
    }
}
