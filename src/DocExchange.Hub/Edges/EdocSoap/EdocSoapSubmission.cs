using System.Globalization;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Intake;
using DocExchange.Core.Packages;
using DocExchange.Core.Packages.Version1;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Edges.Received;
using DocExchange.Hub.Edges.Soap;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>
/// Takes documents and statuses of edXML 1.0. What was received, without its token, is the original; the 2.0 package that the desk judges is a
/// pure function of it (decisions/0038).
/// </summary>
internal sealed partial class EdocSoapSubmission(
    IntakeDesk desk, IPackageStore packages, PackageLimits limits, StatusSubject subject, CallRefusals refusals, ILogger<EdocSoapSubmission> logger)
{
    public Task SendAsync(EdocSoapCall call) => AcceptAsync(call, MessageKind.Document);

    public Task ReportAsync(EdocSoapCall call) => AcceptAsync(call, MessageKind.Status);

    private async Task AcceptAsync(EdocSoapCall call, MessageKind kind)
    {
        using var staging = new RequestStaging(packages, limits, call.Http.Request.ContentLength);
        var problem = await ReceiveAsync(call, staging).ConfigureAwait(false);
        var result = problem is null ? await JudgeAsync(call, kind, staging).ConfigureAwait(false) : new IntakeResult.Refused(problem, null);
        // What was refused while it came is gone before its sender hears of it.
        staging.Dispose();
        Milestones.Reached(Milestones.BeforeReply);
        await AnswerAsync(call, kind, result).ConfigureAwait(false);
        Milestones.Reached(Milestones.AfterReply);
    }

    /// <summary>The envelope from its first byte, then every part as it comes.</summary>
    private static async Task<Problem?> ReceiveAsync(EdocSoapCall call, RequestStaging staging)
    {
        if (await staging.AddAsync("envelope", null, call.Version.MediaType, call.Envelope.Replay(call.Token), call.Cancelled).ConfigureAwait(false) is { } problem) return problem;
        while (call.Request.Parts is { } parts && await parts.ReadNextAsync(call.Cancelled).ConfigureAwait(false) is { } part)
        {
            if (part.ContentId is null) return new Problem(ProblemCatalogue.MultipartUnsound, "Content-ID");
            var encoding = part.TransferEncoding == "base64" ? part.TransferEncoding : null;
            if (encoding is null && part.TransferEncoding is not ("binary" or "8bit" or "7bit")) return new Problem(ProblemCatalogue.MultipartUnsound, "Content-Transfer-Encoding");
            problem = await staging.AddAsync(part.ContentId, null, part.ContentType, part.Body, call.Cancelled, encoding).ConfigureAwait(false);
            if (problem is not null) return problem;
        }
        return null;
    }

    private async Task<IntakeResult> JudgeAsync(EdocSoapCall call, MessageKind kind, RequestStaging staging)
    {
        var request = staging.Finish([("dialect", "edXML 1.0")]);
        try
        {
            var source = await ReadAsync(request, staging.Parts).ConfigureAwait(false);
            if (source.Check(kind) is { } problem) return new IntakeResult.Refused(problem, null);
            var (envelope, warnings) = Version1Conversion.ToVersion2(source.Envelope!);
            if (kind == MessageKind.Status) envelope = await subject.CompleteAsync(call.Caller, envelope, call.Cancelled).ConfigureAwait(false);
            var submission = new Submission
            {
                Caller = call.Caller.System,
                Body = call.Http.Request.BodyReader,
                AnnouncedKind = kind,
                AnnouncedSender = call.Caller.OrganId,
                Warnings = [.. source.Warnings, .. warnings],
                BuiltFrom = request.Building(source.Build(envelope)),
            };
            return await desk.AcceptAsync(submission, call.Cancelled).ConfigureAwait(false);
        }
        finally
        {
            // Once more does no harm where the desk has let go of it already.
            request.Staged.Dispose();
        }
    }

    private async Task<Version1Source> ReadAsync(StagedRequest request, IReadOnlyList<ReceivedPart> parts)
    {
        // A large one is in a file, and reading it blocks.
        var reading = request.Staged.InMemory is null
            ? Task.Factory.StartNew(() => Version1Source.Read(request, parts, limits), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : Task.FromResult(Version1Source.Read(request, parts, limits));
        return await reading.ConfigureAwait(false);
    }

    private async Task AnswerAsync(EdocSoapCall call, MessageKind kind, IntakeResult result)
    {
        if (result is IntakeResult.Refused refused)
        {
            var receipt = refused.Receipt ?? await refusals.RecordAsync(call.Caller.System, null, refused.Problem, null, call.Cancelled).ConfigureAwait(false);
            LogRefused(logger, refused.Problem.Code, call.Caller.System.SystemId, receipt?.Id);
            await EdocSoapAnswer.RefuseAsync(call, refused.Problem, receipt).ConfigureAwait(false);
            return;
        }
        var accepted = (IntakeResult.Accepted)result;
        using var answer = EdocSoapAnswer.Begin(call);
        answer.Report(EdocSoapAnswer.Warnings(accepted.Warnings));
        if (kind == MessageKind.Document) answer.Text("DocumentId", Ids.NumberOf(accepted.Receipt.DocId).ToString(CultureInfo.InvariantCulture));
        await answer.EndAsync().ConfigureAwait(false);
    }

    [LoggerMessage(EventId = 2521, Level = LogLevel.Information, Message = "Refused {Code} for system {System}, receipt {Receipt}")]
    private static partial void LogRefused(ILogger logger, string code, string system, string? receipt);
}
