using System.Globalization;
using DocExchange.Core;
using DocExchange.Core.Evidence;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>An entry's members as the columns of a table, in their order; times as people in Viet Nam read them.</summary>
internal static class ExportColumns
{
    public const string Index = "index";

    public static readonly IReadOnlyList<ExportColumn> All =
    [
        new("event", e => e.Event), new("time", e => VietnamTime.Write(e.Time)), new("receipt", e => e.Receipt), new("document", e => e.Document), new("documentId", e => e.DocumentId),
        new("businessType", e => Text(e.BusinessType), IsNumber: true), new("kind", e => e.Kind), new("digest", e => e.Digest is null ? null : "sha256:" + Convert.ToHexStringLower(e.Digest)),
        new("size", e => Text(e.Size), IsNumber: true), new("sender", e => e.Sender), new("caller", e => e.Caller), new("recipients", e => e.Recipients is null ? null : string.Join(' ', e.Recipients)),
        new("recipient", e => e.Recipient), new("statusCode", e => e.StatusCode), new("reporter", e => e.Reporter), new("statusTime", e => e.StatusTime), new("reason", e => e.Reason),
        new("path", e => e.Path), new("actor", e => e.Actor), new("detail", e => e.Detail), new("variant", e => e.Variant),
    ];

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}

internal sealed record ExportColumn(string Name, Func<EvidenceEntry, string?> Of, bool IsNumber = false);
