using System.Buffers;
using System.Runtime.InteropServices;
using DocExchange.Core.Packages;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Rejected;

namespace DocExchange.Hub.Edges.Soap;

/// <summary>
/// An envelope on its way into the XML reader, judged before it gets there: the reader itself has no quota for attributes or for the length of
/// a tag. What is not longer than an envelope may be is held in memory (<see cref="Whole"/>); a longer one, with its package inside, streams.
/// </summary>
internal sealed class SoapSource : ForwardStream
{
    private readonly Stream _rest;
    private readonly SoapLimits _limits;
    private byte[] _held;
    private int _count;
    private int _handed;
    private MarkupScanner _markup;
    private long _room;

    private SoapSource(Stream rest, SoapLimits limits)
    {
        (_rest, _limits, _room) = (rest, limits, limits.MaxEnvelopeBytes);
        _markup = new MarkupScanner(limits.MaxTagBytes, limits.MaxAttributesPerElement);
        _held = ArrayPool<byte>.Shared.Rent(16 * 1024);
    }

    /// <summary>All of the envelope, as far as it may be read; null when it is longer than one that is held. Valid until this is disposed.</summary>
    public ReadOnlyMemory<byte>? Whole { get; private set; }

    /// <summary>What is wrong with the bytes, once the XML reader has been refused more of them.</summary>
    public Problem? Violation { get; private set; }

    /// <exception cref="MessageRefusedException">The first bytes are not those of UTF-8 XML.</exception>
    public static async Task<SoapSource> OpenAsync(Stream envelope, SoapLimits limits, CancellationToken cancellationToken)
    {
        var source = new SoapSource(envelope, limits);
        try
        {
            var ended = await source.HoldAsync(cancellationToken).ConfigureAwait(false);
            if (Preflight.Check(source._held.AsSpan(0, source._count), out var mark) is { } problem) throw new MessageRefusedException(problem);
            source._handed = mark;
            if (ended) source.Whole = source._held.AsMemory(mark, source.Judge(source._held.AsSpan(mark, source._count - mark)));
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>What the XML reader reads: memory where all is there, this otherwise.</summary>
    public Stream Readable() => Whole is { } whole && MemoryMarshal.TryGetArray(whole, out var held) ? new MemoryStream(held.Array!, held.Offset, held.Count, writable: false) : this;

    /// <summary>Bytes of a package within the envelope do not count as the envelope's.</summary>
    public void Allow(long bytes) => _room += bytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Violation is not null) return 0;
        int read;
        if (_handed < _count)
        {
            read = Math.Min(buffer.Length, _count - _handed);
            _held.AsMemory(_handed, read).CopyTo(buffer);
            _handed += read;
        }
        else
        {
            LetGo();
            read = await _rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        _room -= read;
        if (_room >= 0) return Judge(buffer.Span[..read]);
        Violation = new Problem(ProblemCatalogue.SoapEnvelopeTooLarge, Limit: _limits.MaxEnvelopeBytes.ToString());
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        LetGo();
        base.Dispose(disposing);
    }

    private void LetGo()
    {
        if (_held.Length > 0) ArrayPool<byte>.Shared.Return(_held);
        (_held, _handed, _count) = ([], 0, 0);
    }

    /// <summary>True when the envelope ended within what an envelope may measure.</summary>
    private async ValueTask<bool> HoldAsync(CancellationToken cancellationToken)
    {
        while (_count <= _limits.MaxEnvelopeBytes)
        {
            if (_count == _held.Length) Grow();
            var read = await _rest.ReadAsync(_held.AsMemory(_count), cancellationToken).ConfigureAwait(false);
            if (read == 0) return true;
            _count += read;
        }
        return false;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_held.Length * 2);
        _held.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_held);
        _held = larger;
    }

    /// <summary>How many of the bytes the XML reader may have.</summary>
    private int Judge(ReadOnlySpan<byte> bytes)
    {
        var stop = _markup.Scan(bytes);
        if (stop < 0) return bytes.Length;
        Violation = new Problem(_markup.Violation!, Limit: _markup.Limit);
        return stop;
    }
}
