using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Validation;

/// <summary>
/// One group of rules about an envelope's values. Stateless; reports everything it finds, whatever else is wrong: which finding is the
/// refusal's reason is decided once, by <see cref="ReportingOrder"/>.
/// </summary>
public interface IRule
{
    void Check(Envelope envelope, RuleContext context, Findings findings);
}
