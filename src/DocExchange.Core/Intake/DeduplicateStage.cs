using DocExchange.Core.Envelopes;
using DocExchange.Core.Pipeline;
using DocExchange.Core.Ports;
using DocExchange.Core.Routing;

namespace DocExchange.Core.Intake;

/// <summary>
/// Gives the first receipt again for bytes that were accepted before, whatever today's rules, directory or trust would say of them. Only
/// authentication, hash and sender come before. The commit decides; this answers early.
/// </summary>
public sealed class DeduplicateStage(IExchangeStore store) : IStage
{
    public string Purpose => "Answer a repeated submission with the receipt it got the first time.";

    public async ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context is { ReturnedTo: { } own, Findings.Count: 1, Envelope.Kind: MessageKind.Document })
        {
            // Some axes give a package to everybody it names, also to those who have it from here.
            var sent = await store.FindSentAsync(own.Id, context.Envelope, cancellationToken).ConfigureAwait(false);
            return sent is null ? Verdict.GoOn : new Verdict.AlreadyAccepted(sent);
        }
        if (context.Sender is not { } sender || context.Digest is not { } digest || context.Findings.Count > 0) return Verdict.GoOn;
        var addressed = context.Submission.OnlyTo ?? [.. context.Envelope!.To.Select(t => t.OrganId?.Trim() ?? "").Where(code => !RouteStage.IsOfTheCallersAxis(context, code))];
        var earlier = await store.FindAcceptedAsync(sender.Id, digest, [.. addressed.Where(a => a.Length > 0)], cancellationToken).ConfigureAwait(false);
        return earlier is null ? Verdict.GoOn : new Verdict.AlreadyAccepted(earlier);
    }
}
