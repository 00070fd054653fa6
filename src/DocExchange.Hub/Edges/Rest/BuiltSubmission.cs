using System.Buffers;
using System.IO.Pipelines;
using DocExchange.Core.Intake;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>Hands a package to the desk while it is being written from a received request; large ones are never whole in memory.</summary>
internal static class BuiltSubmission
{
    /// <param name="write">Writes the package; reads nothing but the original it is given.</param>
    public static async Task<IntakeResult> AcceptAsync(
        IntakeDesk desk, Submission submission, ReceivedRequest request, Action<Stream, Stream> write, CancellationToken cancellationToken)
    {
        using var original = request.Staged.OpenRead();
        if (request.Staged.InMemory is not null)
        {
            var package = new MemoryStream();
            write(original, package);
            var bytes = new ReadOnlySequence<byte>(package.GetBuffer(), 0, (int)package.Length);
            return await desk.AcceptAsync(submission with { Body = PipeReader.Create(bytes), AnnouncedLength = package.Length, BuiltFrom = request }, cancellationToken).ConfigureAwait(false);
        }
        var pipe = new Pipe();
        var building = Task.Factory.StartNew(() => Write(pipe.Writer, target => write(original, target)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await desk.AcceptAsync(submission with { Body = pipe.Reader, AnnouncedLength = null, BuiltFrom = request }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A desk that stopped early lets the writer run out instead of waiting for ever.
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
            await building.ConfigureAwait(false);
        }
    }

    private static void Write(PipeWriter writer, Action<Stream> write)
    {
        Exception? fault = null;
        try
        {
            using var target = writer.AsStream(leaveOpen: true);
            write(target);
        }
        catch (Exception thrown)
        {
            // Appears where the desk reads.
            fault = thrown;
        }
        writer.Complete(fault);
    }
}
