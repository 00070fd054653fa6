using System.Globalization;
using System.Text;
using System.Text.Json;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Tracking;
using DocExchange.Storage.Sqlite.LookUp;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>What a document's row holds in a form of its own. Depends on nothing the writer knows, so each caller makes it before it queues.</summary>
/// <param name="Attachments">JSON.</param>
/// <param name="NumberKey">Number + notation + year for one issuer (NĐ 30/2020 art. 15.1); null where one of them is missing.</param>
/// <param name="Terms">What the document is found by.</param>
internal sealed record DocumentTexts(string SubjectFolded, string Attachments, string? NumberKey, string Terms)
{
    public static DocumentTexts Of(DocumentAcceptance acceptance)
    {
        var envelope = acceptance.Envelope;
        var subject = FoldedText.Fold(envelope.Subject ?? "");
        var terms = LookUpTerms.Of(subject, envelope.Code, acceptance.Sender.Id, envelope.BusinessType, acceptance.Routes.Select(r => r.Recipient.Id));
        return new DocumentTexts(subject, AttachmentsJson(envelope.Attachments), NumberKeyOf(envelope), terms);
    }

    /// <summary>A status package is found by its document, and its number is the document's.</summary>
    public static DocumentTexts OfStatus(Envelope envelope) => new(FoldedText.Fold(envelope.Subject ?? ""), AttachmentsJson(envelope.Attachments), null, "");

    private static string? NumberKeyOf(Envelope envelope) =>
        envelope.BusinessType == BusinessType.New && envelope.Code.Length > 0 && VietnamTime.TryParseDate(envelope.PromulgationDate, out var date)
            ? date.Year.ToString(CultureInfo.InvariantCulture) + "|" + envelope.Code.ToUpperInvariant()
            : null;

    private static string AttachmentsJson(IReadOnlyList<Attachment> attachments)
    {
        if (attachments.Count == 0) return "[]";
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var attachment in attachments) Write(json, attachment);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static void Write(Utf8JsonWriter json, Attachment attachment)
    {
        json.WriteStartObject();
        json.WriteString("name", attachment.Name);
        json.WriteString("type", attachment.ContentType);
        json.WriteString("sniffed", attachment.SniffedType);
        json.WriteNumber("offset", attachment.Offset);
        json.WriteNumber("encoded", attachment.EncodedLength);
        json.WriteNumber("length", attachment.Length);
        json.WriteString("sha256", Convert.ToHexStringLower(attachment.Digest.Span));
        if (attachment.Wrapped is { } wrapped)
        {
            json.WriteStartObject("wraps");
            json.WriteString("extension", wrapped.Extension);
            json.WriteString("sniffed", wrapped.SniffedType);
            json.WriteNumber("length", wrapped.Length);
            json.WriteString("sha256", Convert.ToHexStringLower(wrapped.Digest.Span));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
