using DocExchange.Core.Envelopes;
using DocExchange.Core.Pipeline;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Tracking;

/// <summary>One atomic, group-committed write: envelope, evidence and one delivery per recipient. Identity and status steps are decided inside it.</summary>
public sealed class CommitStage(IExchangeStore store) : IStage
{
    public string Purpose => "Write document, evidence and deliveries in one durable commit shared with everybody waiting.";

    public async ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        Milestones.Reached(Milestones.BeforeCommit);
        var outcome = context.Envelope!.Kind == MessageKind.Status
            ? await CommitStatusAsync(context, cancellationToken).ConfigureAwait(false)
            : await store.AcceptDocumentAsync(
                new DocumentAcceptance(context.Submission.Caller, context.Sender!, context.Envelope, context.Body!, context.Routes)
                {
                    Parties = context.Parties,
                    Warnings = context.Warnings,
                    MeantFor = context.Submission.MeantFor,
                    Signatures = context.Signatures,
                    Malware = context.Malware,
                    Key = context.Submission.KeyedRequest(context.Digest),
                }, cancellationToken).ConfigureAwait(false);
        Milestones.Reached(Milestones.AfterCommit);
        // What only the commit can notice, such as a number used before, follows what the package itself gave.
        if (outcome is CommitOutcome.Accepted { Warnings: var all } && all.Count > context.Warnings.Count) context.Warnings.AddRange(all.Skip(context.Warnings.Count).ToList());
        return outcome switch
        {
            CommitOutcome.Accepted accepted => new Verdict.Accepted(accepted.Receipt),
            CommitOutcome.AlreadyAccepted earlier => new Verdict.AlreadyAccepted(earlier.Receipt),
            CommitOutcome.Refused refused => new Verdict.Refused(refused.Problem),
            _ => throw new InvalidOperationException("Unknown outcome of a commit."),
        };
    }

    private async Task<CommitOutcome> CommitStatusAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        var envelope = context.Envelope!;
        if (!HandlingStatus.TryParse(envelope.Status?.Code, out var status))
        {
            return new CommitOutcome.Refused(new Problem(ProblemCatalogue.StatusCodeNotAllowed, "MessageHeader.StatusCode", envelope.Status?.Code, HandlingStatus.AllTexts));
        }
        if (envelope.ResponseFor.Count == 0)
        {
            return new CommitOutcome.Refused(new Problem(ProblemCatalogue.StatusDocumentUnknown, "MessageHeader.ResponseFor.DocumentId"));
        }
        if (!VietnamTime.TryParse(envelope.Status?.Timestamp, out var reportedAt)) reportedAt = context.Now;
        // Names the other side and never widens the match: a code nobody has matches no document, rather than every sender's.
        var written = envelope.ResponseFor[0].OrganId;
        var named = context.Parties.Directory.Find(written);
        if (named is null && !string.IsNullOrWhiteSpace(written))
        {
            return new CommitOutcome.Refused(new Problem(ProblemCatalogue.StatusDocumentUnknown, "MessageHeader.ResponseFor.OrganId", written));
        }
        var bySender = status.ReportedBy == StatusReporter.Sender;
        return await store.AcceptStatusAsync(
            new StatusAcceptance(context.Submission.Caller, context.Sender!, envelope, context.Body!, status, reportedAt, bySender ? null : named, bySender ? named : null)
            {
                Warnings = context.Warnings,
                Key = context.Submission.KeyedRequest(context.Digest),
            }, cancellationToken).ConfigureAwait(false);
    }
}
