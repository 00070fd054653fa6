using System.Buffers;
using System.IO.Pipelines;

namespace DocExchange.Hub.Edges.Rejected;

/// <summary>Passes everything on, until a request was rejected: then it sends our answer once, and drops the server's.</summary>
internal sealed class AnsweringWriter(PipeWriter line, RejectedAnswer answer) : PipeWriter
{
    private bool _answered;

    public override bool CanGetUnflushedBytes => line.CanGetUnflushedBytes;

    public override long UnflushedBytes => line.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => line.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => line.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        if (answer.Bytes is null) line.Advance(bytes);
        else AnswerOnce();
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (answer.Bytes is null) return line.WriteAsync(source, cancellationToken);
        AnswerOnce();
        return line.FlushAsync(cancellationToken);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => line.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => line.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => line.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => line.CompleteAsync(exception);

    private void AnswerOnce()
    {
        if (_answered) return;
        _answered = true;
        line.Write(answer.Bytes);
    }
}
