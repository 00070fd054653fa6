using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Validation;

/// <summary>What two fields of one document say differently. Regular in real traffic, so never refused; worth telling the sender's vendor.</summary>
public sealed class ConsistencyRule : IRule
{
    public void Check(Envelope envelope, RuleContext context, Findings findings)
    {
        if (envelope.Kind == MessageKind.Status) return;
        if (VietnamTime.TryParseDate(envelope.DueDate, out var due) && VietnamTime.TryParseDate(envelope.PromulgationDate, out var issued) && due < issued)
            findings.Warn("due-date-before-date", HeaderPaths.DueDate, envelope.DueDate);
        CheckDocumentId(envelope, findings);
        CheckFirstHop(envelope, findings);
    }

    // Only the common form "code,date,number/notation" is compared, and only as text: the id stays opaque.
    private static void CheckDocumentId(Envelope envelope, Findings findings)
    {
        if (envelope.DocumentId is not { } id) return;
        var first = id.IndexOf(',', StringComparison.Ordinal);
        var last = id.LastIndexOf(',');
        if (first <= 0 || last == first) return;

        if (envelope.From.OrganId is { Length: > 0 } sender && !id.AsSpan(0, first).Trim().Equals(sender, StringComparison.OrdinalIgnoreCase))
            findings.Warn("document-id-of-other-organ", HeaderPaths.DocumentId, id);

        var code = id.AsSpan(last + 1).Trim();
        var slash = code.IndexOf('/');
        var number = slash < 0 ? code : code[..slash];
        if (envelope.CodeNumber is { Length: > 0 } stated && !number.Equals(stated, StringComparison.OrdinalIgnoreCase))
            findings.Warn("number-differs-from-document-id", HeaderPaths.CodeNumber, stated);
    }

    private static void CheckFirstHop(Envelope envelope, Findings findings)
    {
        if (envelope.Trace is not { Hops.Count: > 0 } trace) return;
        if (trace.Hops[0].OrganId is not (null or "" or "null") and { } hop && envelope.From.OrganId is { } sender
            && !string.Equals(hop, sender, StringComparison.OrdinalIgnoreCase))
        {
            findings.Warn("first-hop-is-not-sender", HeaderPaths.HopOrganId, hop);
        }
    }
}
