using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Pipeline;
using DocExchange.Core.Packages;
using DocExchange.Core.Problems;
using DocExchange.Core.Validation.Papers;

namespace DocExchange.Core.Validation;

/// <summary>Judges form and values by the caller's profile; the first finding in the documented order is the one reported.</summary>
public sealed class ValidateStage(ValidationRules rules, ValidationSettings settings, SecretPapers papers) : IStage
{
    public string Purpose => "Judge structure, values, receivers' codes, business objects and attachments by the caller's profile.";

    public ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        var result = rules.Judge(context.Reading, new RuleContext(context.Submission.Caller.Profile, context.Now) { Settings = settings });
        context.IsSecret = result.IsSecret;
        context.Warnings.AddRange(result.Warnings);
        // Also where something else is wrong: of a secret document nothing may be kept, whatever it is refused for.
        if (!context.IsSecret && HasStamp(context))
        {
            context.IsSecret = true;
            context.Findings.Add(new Problem(ProblemCatalogue.SecrecyMark, ContentRules.Path));
        }
        if (EndedSender(context) is { } ended) context.Findings.Add(ended);
        var first = context.Findings.Concat(result.First is { } found ? [found] : []).Order(ReportingOrder.Instance).FirstOrDefault();
        if (first is null) return ValueTask.FromResult(Verdict.GoOn);
        return ValueTask.FromResult<Verdict>(new Verdict.Refused(context.IsSecret ? first with { Value = null } : first));
    }

    /// <summary>What was not looked at to the end passes with a warning: nobody must believe that it was.</summary>
    private bool HasStamp(ExchangeContext context)
    {
        if (context is not { Envelope: { Kind: MessageKind.Document, Attachments: { Count: > 0 } attachments }, Package: { } staged } || !SecretPapers.Concern(attachments)) return false;
        using var package = staged.OpenRead();
        var search = papers.Search(attachments, package, settings.CompiledMarks);
        if (search.NotChecked is { } file) context.Warnings.Add(new PackageWarning("secrecy-not-checked", ContentRules.Path, file.Name));
        return search.HasMark;
    }

    /// <summary>Judged here and not with the caller, because what was accepted before the end is still answered with its receipt. The directory
    /// of a peer's bodies may lag behind them; what they receive and report is not at stake either.</summary>
    private static Problem? EndedSender(ExchangeContext context) =>
        context is { Envelope.Kind: MessageKind.Document, Sender: { } sender, Submission.Caller.Profile: Profile.Agency } && !sender.IsValidAt(context.Now)
            ? new Problem(ProblemCatalogue.SenderEnded, HeaderPaths.From.OrganId, sender.Code, sender.ValidTo is { } end ? VietnamTime.Of(end).ToString("dd/MM/yyyy") : "")
            : null;
}
