using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Pipeline;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Signing;

/// <summary>
/// Says what the signatures are worth. Real packages carry one copied from an example, so by default none is refused for its class; the legally
/// meaningful signatures are inside the attachments, and their verdict goes with the document.
/// </summary>
public sealed class VerifyStage(SignatureDesk desk) : IStage
{
    public string Purpose => "Judge the signatures of package and attachments over the bytes that arrived; believe none that was not verified.";

    public ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context.Envelope is not { } envelope) return ValueTask.FromResult(Verdict.GoOn);
        var (package, judged) = desk.Judge(context, cancellationToken);
        if (package != envelope.Signature) context.Reading = context.Reading with { Envelope = envelope with { Signature = package } };
        context.Signatures = judged;
        if (package is PackageSignature.Placeholder or PackageSignature.Unverifiable or PackageSignature.Invalid)
        {
            context.Warnings.Add(new PackageWarning(package.ToString().ToLowerInvariant() + "-signature", "Signature"));
        }
        if (!desk.Settings.Refuses(package, context.Sender?.Code ?? "", context.Submission.Caller.SystemId)) return ValueTask.FromResult(Verdict.GoOn);
        return ValueTask.FromResult<Verdict>(new Verdict.Refused(new Problem(ProblemCatalogue.SignatureClassRefused, "Signature", package.ToString().ToUpperInvariant())));
    }
}
