using DocExchange.Core.Pipeline;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Intake;

/// <summary>Makes a large original durable under its digest before any row names it; a small one is handed to the commit, which writes and syncs those of everybody first.</summary>
public sealed class SealStage : IStage
{
    public string Purpose => "Make the original bytes durable under their digest.";

    public ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        var staged = context.Staged!;
        var digest = context.Digest!;
        context.Body = new StoredBody(digest, staged.Length, staged.Keep(digest))
        {
            Package = context.Submission.BuiltFrom is { } request ? new DerivedPackage(context.PackageDigest!, request.Outline) : null,
        };
        Milestones.Reached(Milestones.BodyKept);
        return ValueTask.FromResult(Verdict.GoOn);
    }
}
