using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>
/// Mandatory elements of a document: edXML 2.0 part 1 to 4, first figure of the cardinality for agencies, second for peers. An element of
/// white space only counts as missing; an empty ResponseFor counts as absent (the axis writes one).
/// </summary>
public sealed class PresenceRule : IRule
{
    public void Check(Envelope envelope, RuleContext context, Findings findings)
    {
        Everywhere(envelope.From.OrganId, HeaderPaths.From.OrganId, findings);
        if (envelope.Kind == MessageKind.Status) return;

        FromAgency(envelope.From.OrganName, HeaderPaths.From.OrganName, findings);
        CheckReceivers(envelope, findings);
        CheckHeader(envelope, findings);
        for (var i = 0; i < envelope.ResponseFor.Count; i++) CheckReference(envelope.ResponseFor[i], i, findings);
        CheckTrace(envelope.Trace, findings);
        CheckAttachments(envelope, findings);
    }

    /// <summary>Whether a ResponseFor element says anything at all.</summary>
    internal static bool IsBlank(Reference reference) =>
        string.IsNullOrWhiteSpace(reference.OrganId) && string.IsNullOrWhiteSpace(reference.Code)
        && string.IsNullOrWhiteSpace(reference.PromulgationDate) && string.IsNullOrWhiteSpace(reference.DocumentId);

    internal static void CheckReference(Reference reference, int ordinal, Findings findings)
    {
        if (IsBlank(reference)) return;
        FromAgency(reference.OrganId, HeaderPaths.ResponseForOrganId, findings, ordinal);
        FromAgency(reference.Code, HeaderPaths.ResponseForCode, findings, ordinal);
        FromAgency(reference.PromulgationDate, HeaderPaths.ResponseForDate, findings, ordinal);
        FromAgency(reference.DocumentId, HeaderPaths.ResponseForDocumentId, findings, ordinal);
    }

    private static void CheckReceivers(Envelope envelope, Findings findings)
    {
        if (envelope.To.Count == 0) findings.Refuse(new Problem(ProblemCatalogue.ElementMissing, HeaderPaths.To.Itself));
        for (var i = 0; i < envelope.To.Count; i++)
        {
            Everywhere(envelope.To[i].OrganId, HeaderPaths.To.OrganId, findings, i);
            FromAgency(envelope.To[i].OrganName, HeaderPaths.To.OrganName, findings, i);
        }
    }

    private static void CheckHeader(Envelope envelope, Findings findings)
    {
        FromAgency(envelope.CodeNumber, HeaderPaths.CodeNumber, findings);
        FromAgency(envelope.CodeNotation, HeaderPaths.CodeNotation, findings);
        FromAgency(envelope.Place, HeaderPaths.Place, findings);
        Everywhere(envelope.PromulgationDate, HeaderPaths.PromulgationDate, findings);
        FromAgency(envelope.Type, HeaderPaths.Type, findings);
        FromAgency(envelope.TypeName, HeaderPaths.TypeName, findings);
        Everywhere(envelope.Subject, HeaderPaths.Subject, findings);
        FromAgency(envelope.Content, HeaderPaths.Content, findings);
        FromAgency(envelope.SignerInfo?.FullName, HeaderPaths.FullName, findings);
        FromAgency(envelope.DocumentId, HeaderPaths.DocumentId, findings);
    }

    private static void CheckTrace(TraceHeaderList? trace, Findings findings)
    {
        if (trace is null)
        {
            findings.Refuse(new Problem(ProblemCatalogue.ElementMissing, HeaderPaths.Trace));
            return;
        }
        if (trace.Hops.Count == 0) FromAgency(null, HeaderPaths.Hop, findings);
        for (var i = 0; i < trace.Hops.Count; i++)
        {
            FromAgency(trace.Hops[i].Timestamp, HeaderPaths.HopTimestamp, findings, i);
            // The axis' own hop has no OrganId, or the text null: regular, so a warning for everybody.
            if (trace.Hops[i].OrganId is null or "" or "null") findings.Warn("hop-without-organ", HeaderPaths.HopOrganId);
        }
    }

    private static void CheckAttachments(Envelope envelope, Findings findings)
    {
        for (var i = 0; i < envelope.Manifest.Count; i++)
        {
            FromAgency(envelope.Manifest[i].ContentId, HeaderPaths.ReferenceContentId, findings, i);
            FromAgency(envelope.Manifest[i].AttachmentName, HeaderPaths.ReferenceName, findings, i);
        }
        for (var i = 0; i < envelope.Attachments.Count; i++)
        {
            FromAgency(envelope.Attachments[i].ContentId, HeaderPaths.AttachmentContentId, findings, i);
            FromAgency(envelope.Attachments[i].Name, HeaderPaths.AttachmentName, findings, i);
            FromAgency(envelope.Attachments[i].ContentType, HeaderPaths.AttachmentType, findings, i);
        }
    }

    private static void Everywhere(string? text, string path, Findings findings, int ordinal = 0)
    {
        if (string.IsNullOrWhiteSpace(text)) findings.Refuse(new Problem(ProblemCatalogue.ElementMissing, path, Ordinal: ordinal));
    }

    private static void FromAgency(string? text, string path, Findings findings, int ordinal = 0)
    {
        if (string.IsNullOrWhiteSpace(text))
            findings.RefuseFromAgency(new Problem(ProblemCatalogue.ElementMissing, path, Ordinal: ordinal), "element-missing");
    }
}
