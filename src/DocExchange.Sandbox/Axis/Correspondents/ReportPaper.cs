using System.Globalization;
using System.Text;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Tracking;

namespace DocExchange.Sandbox.Axis.Correspondents;

/// <summary>A status package about a document, in the form its writer uses.</summary>
/// <param name="To">The organisation it goes to: the document's sender, for a recall its receiver.</param>
/// <param name="About">The document's header.</param>
internal sealed record ReportPaper(Organ From, string To, Envelope About, HandlingStatus Status, string Text, DateTimeOffset At)
{
    /// <summary>The id of the document meant, when it is not that of <see cref="About"/> itself: a revocation names another.</summary>
    public string? DocumentId { get; init; }

    public byte[] Write(StatusForm form)
    {
        var at = form switch
        {
            StatusForm.StatusElement => VietnamTime.Of(At).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture),
            StatusForm.IntegerCodes => VietnamTime.Of(At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            _ => VietnamTime.Write(At),
        };
        var code = form == StatusForm.Standard ? Status.Text : Status.Code.ToString(CultureInfo.InvariantCulture);
        var envelope = new Envelope
        {
            Kind = MessageKind.Status,
            From = From,
            ResponseFor = [new Reference(To, About.Code, About.PromulgationDate, DocumentId ?? About.DocumentId)],
            Status = new StatusReport(code, Text, at, new StaffInfo("Văn thư (mẫu)", "Người mẫu", "vanthu@mau.gov.vn", "0900000000")),
        };
        using var package = new MemoryStream();
        PackageWriter.WriteStatus(package, envelope);
        if (form != StatusForm.StatusElement) return package.ToArray();
        // The writer knows the standard's element only; the two names differ in nothing else.
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(package.ToArray()).Replace("edXML:MessageHeader>", "edXML:Status>", StringComparison.Ordinal));
    }
}
