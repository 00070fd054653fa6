using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Rejected;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>
/// Keeps the bytes of an envelope that have been read so far, so that a message whose header has said who sends it can be taken from its first
/// byte on, without the token (decisions/0038).
/// </summary>
internal sealed class EnvelopeTap(Stream envelope) : ForwardStream
{
    private readonly MemoryStream _taken = new();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await envelope.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _taken.Write(buffer.Span[..read]);
        return read;
    }

    /// <summary>The whole envelope, the token's text replaced by as many asterisks.</summary>
    /// <exception cref="MessageRefusedException">The token is not written as it reads, so it cannot be found to be left out.</exception>
    public Stream Replay(string token)
    {
        if (!TokenBlanking.TryBlank(_taken.GetBuffer().AsSpan(0, (int)_taken.Length), token)) throw new MessageRefusedException(new Problem(ProblemCatalogue.RequestIncomplete, "Token"));
        _taken.Position = 0;
        return new Replayed(_taken, envelope);
    }

    /// <summary>What was taken, then the rest.</summary>
    private sealed class Replayed(MemoryStream taken, Stream rest) : ForwardStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = taken.Read(buffer.Span);
            return read > 0 || buffer.IsEmpty ? ValueTask.FromResult(read) : rest.ReadAsync(buffer, cancellationToken);
        }
    }
}
