using System.Globalization;
using System.Xml.Linq;

namespace DocExchange.Client.Soap;

/// <summary>What becomes of documents: statuses, recalls, receipts; and who can be written to.</summary>
public sealed partial class SoapClient
{
    /// <summary>Reports what the caller's office did with an item it got.</summary>
    /// <param name="key">What the hub answers a repetition by.</param>
    public async Task<SoapAcceptance> ReportStatusAsync(string itemId, SoapStatus status, string? key = null, CancellationToken ct = default) => SoapViews.AcceptanceOf(
        await _line.AskAsync("ReportStatus", ct, Element("ItemId", itemId), Element("Code", status.Code), Element("At", status.At), Element("Description", status.Description),
            Element("StaffDepartment", status.Staff?.Department), Element("StaffName", status.Staff?.Name), Element("StaffEmail", status.Staff?.Email), Element("StaffMobile", status.Staff?.Mobile),
            Element("Key", key)).ConfigureAwait(false));

    /// <summary>Asks one recipient to give a document of the caller's back.</summary>
    /// <param name="recipient">Its code.</param>
    /// <param name="at">When the office asked.</param>
    /// <param name="key">What the hub answers a repetition by.</param>
    public async Task<SoapAcceptance> RecallAsync(string docId, string recipient, DateTimeOffset at, string? description = null, string? key = null, CancellationToken ct = default) => SoapViews.AcceptanceOf(
        await _line.AskAsync("RecallDocument", ct, Element("DocId", docId), Element("Recipient", recipient), Element("At", at), Element("Description", description), Element("Key", key)).ConfigureAwait(false));

    /// <summary>A document as its sender or a recipient may see it.</summary>
    public async Task<DocumentTrack> StatusAsync(string docId, CancellationToken ct = default) =>
        SoapViews.DocumentOf((await _line.AskAsync("GetStatus", ct, Element("DocId", docId)).ConfigureAwait(false)).Elements(Names + "Document").Single());

    /// <summary>All documents that bear the sender's own id, as far as the caller may see them.</summary>
    public async Task<IReadOnlyList<DocumentTrack>> FindAsync(string documentId, CancellationToken ct = default) =>
        [.. (await _line.AskAsync("GetStatus", ct, Element("DocumentId", documentId)).ConfigureAwait(false)).Elements(Names + "Document").Select(SoapViews.DocumentOf)];

    /// <summary>A receipt's bytes, which can be checked without the hub.</summary>
    /// <param name="asXml">Instead of JSON.</param>
    public async Task<byte[]> ReceiptAsync(string receiptId, bool asXml = false, CancellationToken ct = default) =>
        Convert.FromBase64String(SoapViews.Text(await _line.AskAsync("GetReceipt", ct, Element("ReceiptId", receiptId), Element("Format", asXml ? "xml" : "json")).ConfigureAwait(false), "Receipt"));

    /// <summary>Agencies in the order of their codes, or those that <paramref name="name"/> finds.</summary>
    /// <param name="after"><see cref="DirectoryPage.Next"/> of the page before.</param>
    /// <param name="changedAfter"><see cref="DirectoryPage.LastChange"/> of an earlier listing: only what changed since.</param>
    public async Task<DirectoryPage> DirectoryAsync(string? name = null, string? after = null, long? changedAfter = null, CancellationToken ct = default)
    {
        var answer = await _line.AskAsync("GetDirectory", ct, Element("After", after), Element("Name", name), Element("ChangedAfter", changedAfter?.ToString(CultureInfo.InvariantCulture))).ConfigureAwait(false);
        return new DirectoryPage([.. answer.Elements(Names + "Entry").Select(SoapViews.AgencyOf)], (string?)answer.Element(Names + "Next"), (long)answer.Element(Names + "LastChange")!);
    }
}
