using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>
/// What validation says about one package.
/// </summary>
/// <param name="First">The one finding a refusal names, by <see cref="ReportingOrder"/>; null when the package is accepted.</param>
/// <param name="Further">All other findings, in the same order, for the conformance log.</param>
/// <param name="Warnings">Tolerated deviations, the reader's included.</param>
/// <param name="IsSecret">A secrecy mark was found, whatever <paramref name="First"/> says: nothing of the content may be kept or logged,
/// and no finding carries a value.</param>
public sealed record ValidationResult(Problem? First, IReadOnlyList<Problem> Further, IReadOnlyList<PackageWarning> Warnings, bool IsSecret)
{
    public bool IsAccepted => First is null;
}

/// <summary>The rules in force. Immutable and safe for concurrent use.</summary>
public sealed class ValidationRules(IReadOnlyList<IRule> rules)
{
    public static readonly ValidationRules Default = new(
    [
        new PresenceRule(), new LengthRule(), new DateRule(), new CodeValueRule(), new OrganCodeRule(), new ReceiverRule(),
        new BusinessRule(), new StatusRule(), new AttachmentNameRule(), new SecrecyRule(), new ConsistencyRule(),
    ]);

    /// <summary>
    /// What must be said about From before it can be compared with the caller: missing or no code at all (both 22xx), else null. For the
    /// stage that authorises, which precedes validation.
    /// </summary>
    public static Problem? JudgeSender(Envelope envelope)
    {
        if (string.IsNullOrWhiteSpace(envelope.From.OrganId)) return new Problem(ProblemCatalogue.ElementMissing, HeaderPaths.From.OrganId);
        return AgencyCode.TryParse(envelope.From.OrganId, out _)
            ? null
            : new Problem(ProblemCatalogue.OrganCodeMalformed, HeaderPaths.From.OrganId, envelope.From.OrganId);
    }

    /// <summary>Judges one reading; pure: the same reading and context give the same result.</summary>
    /// <exception cref="ArgumentException">The reading has neither an envelope nor a finding: a fault of the reader, not of the package.</exception>
    public ValidationResult Judge(PackageReading reading, RuleContext context)
    {
        if (reading.Envelope is null && reading.Findings.Count == 0) throw new ArgumentException("A reading without an envelope must say why.", nameof(reading));
        var findings = new Findings(context.Profile);
        if (reading.Envelope is { } envelope)
        {
            for (var i = 0; i < rules.Count; i++) rules[i].Check(envelope, context, findings);
        }
        return Result(reading, findings);
    }

    private static ValidationResult Result(PackageReading reading, Findings findings)
    {
        IReadOnlyList<PackageWarning> warnings = findings.Warnings.Count == 0 ? reading.Warnings
            : reading.Warnings.Count == 0 ? findings.Warnings : [.. reading.Warnings, .. findings.Warnings];
        if (findings.Problems.Count == 0 && reading.Findings.Count == 0) return new ValidationResult(null, [], warnings, IsSecret: false);

        Problem[] all = [.. reading.Findings, .. findings.Problems];
        var secret = Array.Exists(all, problem => problem.Kind.Step == ProblemStep.Secrecy);
        if (secret)
        {
            all = Array.ConvertAll(all, problem => problem with { Value = null });
            warnings = [.. warnings.Select(warning => warning with { Value = null })];
        }
        Array.Sort(all, ReportingOrder.Instance);
        return new ValidationResult(all[0], all[1..], warnings, secret);
    }
}
