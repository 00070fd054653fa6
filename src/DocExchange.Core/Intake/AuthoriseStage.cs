using DocExchange.Core.Pipeline;
using DocExchange.Core.Problems;
using DocExchange.Core.Validation;

namespace DocExchange.Core.Intake;

/// <summary>From must be an agency the calling system serves; what the transport says of the sender must agree.</summary>
public sealed class AuthoriseStage : IStage
{
    public string Purpose => "Find the sending agency and make sure that the calling system may send in its name.";

    public ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        // A missing or malformed code is a finding of its own, reported by validation.
        if (context.Envelope is not { From.OrganId: { Length: > 0 } written } envelope || ValidationRules.JudgeSender(envelope) is not null)
        {
            return ValueTask.FromResult(Verdict.GoOn);
        }
        var directory = context.Parties.Directory;
        var sender = directory.Find(written);
        if (sender is null || !context.Parties.Serves(context.Submission.Caller, sender))
        {
            if (context.Submission.Caller.Axis is not null) context.ReturnedTo = sender;
            context.Findings.Add(new Problem(ProblemCatalogue.SenderIsNotTheCaller, "MessageHeader.From.OrganId", written));
            return ValueTask.FromResult(Verdict.GoOn);
        }
        if (context.Submission.AnnouncedSender is { } announced && directory.Find(announced)?.Id != sender.Id && !IsSystemItself(context, announced))
        {
            context.Findings.Add(new Problem(ProblemCatalogue.FromHeaderDiffers, "MessageHeader.From.OrganId", announced, written));
            return ValueTask.FromResult(Verdict.GoOn);
        }
        context.Sender = sender;
        return ValueTask.FromResult(Verdict.GoOn);
    }

    /// <summary>A peer forwards for many senders and names itself in the transport.</summary>
    private static bool IsSystemItself(ExchangeContext context, string announced) =>
        context.Submission.Caller.Profile == Parties.Profile.Peer && announced.Equals(context.Submission.Caller.SystemId, StringComparison.OrdinalIgnoreCase);
}
