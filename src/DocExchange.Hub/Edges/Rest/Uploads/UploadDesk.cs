using System.IO.Pipelines;
using DocExchange.Core.Intake;

namespace DocExchange.Hub.Edges.Rest.Uploads;

/// <summary>Hands a complete upload to the desk. Safe to repeat: what a crash cut off between the last byte and the answer is made up for at the next call.</summary>
internal sealed class UploadDesk(UploadStore uploads, IntakeDesk desk)
{
    /// <summary>The desk's result; null while bytes are missing, another request has them, or it was accepted before.</summary>
    public async Task<IntakeResult?> FinishAsync(RestCaller caller, Upload upload, CancellationToken cancellationToken)
    {
        if (upload.Answer is not null || uploads.OffsetOf(upload) < upload.Length) return null;
        await using var bytes = uploads.Open(upload);
        if (bytes is null) return null;
        if (!UploadMetadata.TryParse(upload.Metadata, out var metadata)) throw new InvalidDataException($"The metadata of upload {upload.Id} was readable when it was made.");
        var result = await desk.AcceptAsync(new Submission
        {
            Caller = caller.System,
            Body = PipeReader.Create(bytes, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true)),
            AnnouncedLength = upload.Length,
            IsAnnouncedDigest = metadata.Digest is { } digest ? actual => actual.Span.SequenceEqual(digest) : null,
            OnlyTo = metadata.To,
            Key = upload.Key is { } key ? new RequestKey(key, RestRequest.Parameters("documents", metadata.To)) : null,
        }, cancellationToken).ConfigureAwait(false);
        // What was refused is not kept: sent again put right, it is another upload. "Not now" refuses nothing, and the next call asks again.
        if (result is IntakeResult.Accepted accepted) uploads.Update(upload, DocumentEndpoints.AnswerOf(accepted));
        else if (!((IntakeResult.Refused)result).IsForNow) uploads.Remove(upload.Id);
        return result;
    }
}
