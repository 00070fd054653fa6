using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace DocExchange.Client.Soap;

/// <summary>
/// Reads an answer of two parts front to back (RFC 2046 §5.1): the envelope into memory, the package as it comes. An answer that ends before its
/// boundary was cut off: nothing of it looks whole.
/// </summary>
internal sealed class MtomReader(Stream answer, string boundary) : IDisposable
{
    private const int LongestHead = 8 * 1024;
    private const int LargestRoot = 1024 * 1024;

    private readonly PipeReader _pipe = PipeReader.Create(answer, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
    private readonly byte[] _end = Encoding.ASCII.GetBytes("\r\n--" + boundary);

    public async Task<Stream> ReadRootAsync(CancellationToken ct)
    {
        // The first boundary may stand at the very beginning.
        await CopyUntilAsync(_end[2..], Stream.Null, LongestHead, ct).ConfigureAwait(false);
        await HeadAsync(ct).ConfigureAwait(false);
        var root = new MemoryStream();
        await CopyUntilAsync(_end, root, LargestRoot, ct).ConfigureAwait(false);
        root.Position = 0;
        return root;
    }

    /// <summary>Copies the part behind the root; it must be the one that the envelope refers to. Returns its length.</summary>
    public async Task<long> CopyPartAsync(string contentId, Stream target, CancellationToken ct)
    {
        var head = await HeadAsync(ct).ConfigureAwait(false);
        if (!head.Contains($"<{contentId}>", StringComparison.Ordinal)) throw new InvalidDataException("The answer's package is not in the part it refers to.");
        return await CopyUntilAsync(_end, target, long.MaxValue, ct).ConfigureAwait(false);
    }

    public void Dispose() => _pipe.Complete();

    private async Task<string> HeadAsync(CancellationToken ct)
    {
        using var head = new MemoryStream();
        await CopyUntilAsync("\r\n\r\n"u8.ToArray(), head, LongestHead, ct).ConfigureAwait(false);
        return Encoding.Latin1.GetString(head.ToArray());
    }

    /// <summary>Copies what stands before <paramref name="mark"/> and passes over the mark.</summary>
    private async Task<long> CopyUntilAsync(byte[] mark, Stream target, long most, CancellationToken ct)
    {
        for (var length = 0L; ;)
        {
            var read = await _pipe.ReadAsync(ct).ConfigureAwait(false);
            var isFound = TryFind(read.Buffer, mark, out var before);
            foreach (var piece in before) await target.WriteAsync(piece, ct).ConfigureAwait(false);
            length += before.Length;
            if (length > most) throw new InvalidDataException("A part of the answer is larger than it may be.");
            if (isFound)
            {
                _pipe.AdvanceTo(read.Buffer.GetPosition(mark.Length, before.End));
                return length;
            }
            if (read.IsCompleted) throw new InvalidDataException("The answer was cut off.");
            _pipe.AdvanceTo(before.End, read.Buffer.End);
        }
    }

    /// <param name="before">Up to the mark or, where it is not there, up to what may be its beginning.</param>
    private static bool TryFind(ReadOnlySequence<byte> bytes, byte[] mark, out ReadOnlySequence<byte> before)
    {
        if (new SequenceReader<byte>(bytes).TryReadTo(out before, mark, advancePastDelimiter: false)) return true;
        before = bytes.Slice(0, Math.Max(0, bytes.Length - mark.Length + 1));
        return false;
    }
}
