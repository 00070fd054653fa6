using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>
/// Wherever a package names an organisation, it does so by a code. Anything else never reaches a path, a query or a log line. Whether the
/// code is known is the directory's question. Hops are exempt: adapters write all kinds of ids there, and nothing is done with them.
/// </summary>
public sealed class OrganCodeRule : IRule
{
    public void Check(Envelope envelope, RuleContext context, Findings findings)
    {
        CheckCode(envelope.From.OrganId, HeaderPaths.From.OrganId, 0, findings);
        for (var i = 0; i < envelope.To.Count; i++) CheckCode(envelope.To[i].OrganId, HeaderPaths.To.OrganId, i, findings);
        for (var i = 0; i < envelope.ResponseFor.Count; i++)
            CheckCode(envelope.ResponseFor[i].OrganId, HeaderPaths.ResponseForOrganId, i, findings);
        if (envelope.Trace?.Business is not { } business) return;
        for (var i = 0; i < business.Receivers.Count; i++)
            CheckCode(business.Receivers[i].OrganId, HeaderPaths.ReceiverOrganId, i, findings);
        for (var i = 0; i < business.Replacements.Count; i++)
        {
            var codes = business.Replacements[i].OrganIds;
            for (var j = 0; j < codes.Count; j++) CheckCode(codes[j], HeaderPaths.ReplacedOrganId, i, findings);
        }
    }

    private static void CheckCode(string? text, string path, int ordinal, Findings findings)
    {
        if (!string.IsNullOrWhiteSpace(text) && !AgencyCode.TryParse(text, out _))
            findings.Refuse(new Problem(ProblemCatalogue.OrganCodeMalformed, path, text, Ordinal: ordinal));
    }
}
