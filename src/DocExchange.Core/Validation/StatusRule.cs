using System.Globalization;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Validation;

/// <summary>
/// A status package says one code about one document at one time (edXML 2.0 status packages; a refusal needs its reason: QĐ 28/2018 art. 5.4).
/// Whether the step is possible is <see cref="StatusTransitions"/>' question.
/// </summary>
public sealed class StatusRule : IRule
{
    public void Check(Envelope envelope, RuleContext context, Findings findings)
    {
        if (envelope.Kind != MessageKind.Status) return;
        CheckDocument(envelope.ResponseFor, findings);
        CheckCode(envelope.Status, findings);
        CheckTimestamp(envelope, context, findings);
        if (envelope.Trace is not null || envelope.Attachments.Count > 0 || envelope.Manifest.Count > 0)
            findings.Warn("status-with-document-parts", envelope.Trace is not null ? HeaderPaths.Trace : "AttachmentEncoded");
    }

    private static void CheckDocument(IReadOnlyList<Reference> references, Findings findings)
    {
        // The first is the document spoken of, here and where the status is recorded.
        var reference = references.Count > 0 ? references[0] : null;
        var count = 0;
        for (var i = 0; i < references.Count; i++)
        {
            if (!PresenceRule.IsBlank(references[i])) count++;
        }
        if (count > 1)
        {
            findings.Refuse(new Problem(
                ProblemCatalogue.StatusNamesSeveralDocuments, HeaderPaths.ResponseFor, count.ToString(CultureInfo.InvariantCulture)));
        }
        if (reference is null || string.IsNullOrWhiteSpace(reference.DocumentId))
            findings.Refuse(new Problem(ProblemCatalogue.ElementMissing, HeaderPaths.ResponseForDocumentId));
        if (reference is null || PresenceRule.IsBlank(reference)) return;
        FromAgency(reference.OrganId, HeaderPaths.ResponseForOrganId, findings);
        FromAgency(reference.Code, HeaderPaths.ResponseForCode, findings);
        FromAgency(reference.PromulgationDate, HeaderPaths.ResponseForDate, findings);
    }

    private static void CheckCode(StatusReport? report, Findings findings)
    {
        if (!HandlingStatus.TryParse(report?.Code, out var status))
        {
            findings.Refuse(new Problem(ProblemCatalogue.StatusCodeNotAllowed, HeaderPaths.StatusCode, report?.Code ?? "", HandlingStatus.AllTexts));
            return;
        }
        if (!string.IsNullOrWhiteSpace(report?.Description)) return;
        if (status.NeedsReason) findings.Refuse(new Problem(ProblemCatalogue.StatusReasonMissing, HeaderPaths.Description, status.Text));
        else if (status == HandlingStatus.RecallAsked) findings.Warn("recall-without-reason", HeaderPaths.Description);
    }

    private static void CheckTimestamp(Envelope envelope, RuleContext context, Findings findings)
    {
        var text = envelope.Status?.Timestamp;
        if (string.IsNullOrWhiteSpace(text))
        {
            FromAgency(text, HeaderPaths.Timestamp, findings);
            return;
        }
        if (!VietnamTime.TryParse(text, out var time))
        {
            findings.RefuseFromAgency(DateRule.Unreadable(HeaderPaths.Timestamp, text, "yyyy/MM/dd HH:mm:ss"), "date-unreadable");
            return;
        }
        // Clocks drift and vendors copy times: worth knowing, never worth refusing. The hub keeps its own time of arrival.
        if (time > context.Now.AddDays(1)) findings.Warn("status-in-future", HeaderPaths.Timestamp, text);
        if (envelope.ResponseFor.Count > 0 && VietnamTime.TryParseDate(envelope.ResponseFor[0].PromulgationDate, out var issued)
            && DateOnly.FromDateTime(VietnamTime.Of(time).DateTime) < issued)
        {
            findings.Warn("status-before-document", HeaderPaths.Timestamp, text);
        }
    }

    private static void FromAgency(string? text, string path, Findings findings)
    {
        if (string.IsNullOrWhiteSpace(text))
            findings.RefuseFromAgency(new Problem(ProblemCatalogue.ElementMissing, path), "element-missing");
    }
}
