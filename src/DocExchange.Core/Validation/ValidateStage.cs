using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Pipeline;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>Judges form and values by the caller's profile; the first finding in the documented order is the one reported.</summary>
public sealed class ValidateStage(ValidationRules rules, ValidationSettings settings) : IStage
{
    public string Purpose => "Judge structure, values, receivers' codes, business objects and attachments by the caller's profile.";

    public ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        var result = rules.Judge(context.Reading, new RuleContext(context.Submission.Caller.Profile, context.Now) { Settings = settings });
        context.IsSecret = result.IsSecret;
        context.Warnings.AddRange(result.Warnings);
        if (EndedSender(context) is { } ended) context.Findings.Add(ended);
        var first = context.Findings.Concat(result.First is { } found ? [found] : []).Order(ReportingOrder.Instance).FirstOrDefault();
        if (first is null) return ValueTask.FromResult(Verdict.GoOn);
        return ValueTask.FromResult<Verdict>(new Verdict.Refused(result.IsSecret ? first with { Value = null } : first));
    }

    /// <summary>Judged here and not with the caller, because what was accepted before the end is still answered with its receipt. The directory
    /// of a peer's bodies may lag behind them; what they receive and report is not at stake either.</summary>
    private static Problem? EndedSender(ExchangeContext context) =>
        context is { Envelope.Kind: MessageKind.Document, Sender: { } sender, Submission.Caller.Profile: Profile.Agency } && !sender.IsValidAt(context.Now)
            ? new Problem(ProblemCatalogue.SenderEnded, HeaderPaths.From.OrganId, sender.Code, sender.ValidTo is { } end ? VietnamTime.Of(end).ToString("dd/MM/yyyy") : "")
            : null;
}
