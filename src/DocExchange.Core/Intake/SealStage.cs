using DocExchange.Core.Pipeline;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Intake;

/// <summary>Makes a large original durable under its digest before any row names it; a small one is handed to the commit, which writes and syncs those of everybody first.</summary>
public sealed class SealStage : IStage
{
    public string Purpose => "Make the original bytes durable under their digest.";

    public ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        var digest = context.PackageDigest!;
        var package = new StoredBody(digest, context.Package!.Length, context.Package.Keep(digest));
        context.Body = context.Submission.BuiltFrom is { } request
            ? new StoredBody(request.Digest, request.Staged.Length, request.Staged.Keep(request.Digest)) { Package = package }
            : package;
        Milestones.Reached(Milestones.BodyKept);
        return ValueTask.FromResult(Verdict.GoOn);
    }
}
