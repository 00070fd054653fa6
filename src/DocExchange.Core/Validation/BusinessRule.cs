using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>
/// A revocation, update or replacement names what it acts on; without it the package would be taken for a new document. Whether that
/// document exists and belongs to the sender is decided where documents are known.
/// </summary>
public sealed class BusinessRule : IRule
{
    public void Check(Envelope envelope, RuleContext context, Findings findings)
    {
        if (envelope.Kind == MessageKind.Status || envelope.Trace?.Business is not { } business) return;
        switch (envelope.BusinessType)
        {
            case BusinessType.Revocation:
                if (!NamesADocument(envelope.ResponseFor)) Refuse(envelope, HeaderPaths.ResponseForDocumentId, 0, findings);
                break;
            case BusinessType.Update:
                if (string.IsNullOrWhiteSpace(business.DocumentId)) Refuse(envelope, HeaderPaths.BusinessDocumentId, 0, findings);
                CheckReceivers(envelope, business, findings);
                break;
            case BusinessType.Replacement:
                CheckReplacements(envelope, business.Replacements, findings);
                break;
            default:
                if (!string.IsNullOrWhiteSpace(business.DocumentId))
                    findings.Warn("business-document-ignored", HeaderPaths.BusinessDocumentId, business.DocumentId);
                break;
        }
    }

    private static bool NamesADocument(IReadOnlyList<Reference> references)
    {
        for (var i = 0; i < references.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(references[i].DocumentId)) return true;
        }
        return false;
    }

    private static void CheckReplacements(Envelope envelope, IReadOnlyList<ReplacementInfo> replacements, Findings findings)
    {
        if (replacements.Count == 0) Refuse(envelope, HeaderPaths.ReplacedDocumentId, 0, findings);
        for (var i = 0; i < replacements.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(replacements[i].DocumentId)) Refuse(envelope, HeaderPaths.ReplacedDocumentId, i, findings);
        }
    }

    // ReceiverList decides who must drop the document, To who receives the message: both may name one organisation, but a reader should know.
    private static void CheckReceivers(Envelope envelope, Business business, Findings findings)
    {
        for (var i = 0; i < business.Receivers.Count; i++)
        {
            var receiver = business.Receivers[i];
            if (receiver.ReceiverType != "0" || receiver.OrganId is not { Length: > 0 } code) continue;
            for (var j = 0; j < envelope.To.Count; j++)
            {
                if (!string.Equals(envelope.To[j].OrganId, code, StringComparison.OrdinalIgnoreCase)) continue;
                findings.Warn("removed-receiver-addressed", HeaderPaths.ReceiverOrganId, code);
                break;
            }
        }
    }

    private static void Refuse(Envelope envelope, string path, int ordinal, Findings findings) =>
        findings.Refuse(new Problem(ProblemCatalogue.BusinessObjectMissing, path, envelope.Trace?.Business?.DocType, Ordinal: ordinal));
}
