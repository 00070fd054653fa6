using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>
/// The same code twice in To. Two codes of one organisation are regular and not this case: routing makes one delivery of them. Peers are
/// warned only, and routing makes one delivery of those too.
/// </summary>
public sealed class ReceiverRule : IRule
{
    private const int ManyReceivers = 16;

    public void Check(Envelope envelope, RuleContext context, Findings findings)
    {
        var to = envelope.To;
        if (to.Count < 2) return;
        var seen = to.Count > ManyReceivers ? new HashSet<string>(to.Count, StringComparer.OrdinalIgnoreCase) : null;
        for (var i = 0; i < to.Count; i++)
        {
            if (to[i].OrganId is not { Length: > 0 } code) continue;
            if (seen is null ? IsAmong(to, i, code) : !seen.Add(code))
                findings.RefuseFromAgency(new Problem(ProblemCatalogue.ReceiverTwice, HeaderPaths.To.OrganId, code, Ordinal: i), "receiver-twice");
        }
    }

    private static bool IsAmong(IReadOnlyList<Organ> to, int count, string code)
    {
        for (var i = 0; i < count; i++)
        {
            if (string.Equals(to[i].OrganId, code, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
