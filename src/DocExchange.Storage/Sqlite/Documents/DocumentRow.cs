using System.Globalization;
using System.Text;
using System.Text.Json;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>How an envelope becomes a row: identity, search columns, attachments.</summary>
internal static class DocumentRow
{
    /// <summary>DocumentId as it is, opaque; without one, the bytes themselves are the identity.</summary>
    public static string IdentityOf(Envelope envelope, ReadOnlyMemory<byte> digest) =>
        string.IsNullOrEmpty(envelope.DocumentId) ? "sha256:" + Convert.ToHexStringLower(digest.Span) : envelope.DocumentId;

    /// <summary>Number + notation + year for one issuer (NĐ 30/2020 art. 15.1); null where one of them is missing.</summary>
    public static string? NumberKeyOf(Envelope envelope) =>
        envelope.BusinessType == BusinessType.New && envelope.Code.Length > 0 && VietnamTime.TryParseDate(envelope.PromulgationDate, out var date)
            ? date.Year.ToString(CultureInfo.InvariantCulture) + "|" + envelope.Code.ToUpperInvariant()
            : null;

    public static int PriorityOf(Envelope envelope) =>
        int.TryParse(envelope.OtherInfo?.Priority, NumberStyles.None, CultureInfo.InvariantCulture, out var priority) && priority is >= 0 and <= 4 ? priority : 0;

    /// <summary>Mailbox order: hỏa tốc hẹn giờ first, thường last.</summary>
    public static int LaneOf(int priority) => 4 - priority;

    public static long Insert(WriteSession session, NewDocument row)
    {
        var envelope = row.Envelope;
        var number = session.NextDocumentNumber();
        var body = Bodies.Ensure(session, row.Body);
        session.Prepare("""
            INSERT INTO document (number, kind, sender_id, identity, business_type, variant_of, document_id, digest, size, system, profile, subject,
              subject_folded, code, number_key, promulgation_date, type_name, priority, signature, attachments, warnings, accepted_at, receipt_index, about, body, package_body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)
            """)
            .Bind(1, number).Bind(2, (long)envelope.Kind).Bind(3, row.SenderId).Bind(4, row.Identity).Bind(5, (long)envelope.BusinessType)
            .Bind(6, row.VariantOf).Bind(7, envelope.DocumentId).Bind(8, row.Body.Digest.Span).Bind(9, row.Body.Length)
            .Bind(10, row.System).Bind(11, (long)row.Profile)
            .Bind(12, envelope.Subject ?? "").Bind(13, FoldedText.Fold(envelope.Subject ?? "")).Bind(14, row.Code ?? envelope.Code)
            .Bind(15, row.NumberKey).Bind(16, envelope.PromulgationDate).Bind(17, envelope.TypeName).Bind(18, PriorityOf(envelope))
            .Bind(19, (long)envelope.Signature).Bind(20, AttachmentsJson(envelope.Attachments)).Bind(21, WarningsJson(row.Warnings))
            .Bind(22, session.Now).Bind(23, session.NextIndex).Bind(24, row.About).Bind(25, body)
            .Bind(26, row.Body.Package is { } package ? Bodies.Ensure(session, package, body) : (long?)null).Run();
        return number;
    }

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

    /// <summary>The attachments as a row keeps them; a wrapped file is shown as what it is, not as its wrapping.</summary>
    public static IReadOnlyList<AttachmentTrack> ReadAttachments(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(attachment =>
        {
            var file = attachment.TryGetProperty("wraps", out var wrapped) ? wrapped : attachment;
            return new AttachmentTrack(attachment.GetProperty("name").GetString(), file.GetProperty("sniffed").GetString()!, file.GetProperty("length").GetInt64());
        })];
    }

    public static IReadOnlyList<PackageWarning> ReadWarnings(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(warning => new PackageWarning(
            warning.GetProperty("code").GetString()!, warning.GetProperty("path").GetString()!, warning.TryGetProperty("value", out var value) ? value.GetString() : null))];
    }

    internal static string WarningsJson(IReadOnlyList<PackageWarning> warnings)
    {
        if (warnings.Count == 0) return "[]";
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var warning in warnings)
            {
                json.WriteStartObject();
                json.WriteString("code", warning.Code);
                json.WriteString("path", warning.Path);
                if (warning.Value is not null) json.WriteString("value", warning.Value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}

/// <param name="System">The calling system; 0 for the hub's own status packages.</param>
/// <param name="About">For a status package, the document it speaks of.</param>
internal sealed record NewDocument(
    Envelope Envelope, long SenderId, string Identity, StoredBody Body, long System, Profile Profile, IReadOnlyList<PackageWarning> Warnings)
{
    public long? VariantOf { get; init; }

    public string? NumberKey { get; init; }

    public string? Code { get; init; }

    public long? About { get; init; }
}
