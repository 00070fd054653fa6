using DocExchange.Core.Envelopes;
using DocExchange.Core.Pipeline;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Routing;

namespace DocExchange.Core.Intake;

/// <summary>
/// Gives the first receipt again for bytes that were accepted before, whatever today's rules, directory or trust would say of them. Only
/// authentication, hash and sender come before. The commit decides; this answers early. An axis' item for nobody of this hub ends here, too: whom
/// else the package names, and whether they have it, must not be the answer for this one.
/// </summary>
public sealed class DeduplicateStage(IExchangeStore store) : IStage
{
    public string Purpose => "Answer a repeated submission with the receipt it got the first time; refuse an axis' item for somebody this hub does not serve.";

    public async ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context is { ReturnedTo: { } own, Findings.Count: 1, Envelope.Kind: MessageKind.Document })
        {
            // Some axes give a package to everybody it names, also to those who have it from here.
            var sent = await store.FindSentAsync(own.Id, context.Envelope, cancellationToken).ConfigureAwait(false);
            return sent is null ? Verdict.GoOn : new Verdict.AlreadyAccepted(sent);
        }
        if (context.Sender is not { } sender || context.Digest is not { } digest || context.Findings.Count > 0) return Verdict.GoOn;
        var others = RouteStage.MeantForOthersOnly(context);
        IReadOnlyList<string> addressed = others.Count > 0 ? others : context.Submission.OnlyTo ?? [.. context.Envelope!.To.Select(t => t.OrganId?.Trim() ?? "").Where(code => !RouteStage.IsOfTheCallersAxis(context, code))];
        var earlier = await store.FindAcceptedAsync(sender.Id, digest, [.. addressed.Where(a => a.Length > 0)], cancellationToken).ConfigureAwait(false);
        if (earlier is not null) return new Verdict.AlreadyAccepted(earlier);
        // Accepting it for the others it names would tell the sender that these have it.
        return others.Count > 0 ? new Verdict.Refused(new Problem(ProblemCatalogue.ReceiverUnknown, "MessageHeader.To.OrganId", others[0])) : Verdict.GoOn;
    }
}
