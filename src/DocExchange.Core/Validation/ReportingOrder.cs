using System.Collections.Frozen;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>
/// Which of several findings is reported first: by step, then by the standard's numbering of the elements, then by which of several equal
/// elements, then by code. Never by where a writer happened to put things in the file.
/// </summary>
public sealed class ReportingOrder : IComparer<Problem>
{
    public static readonly ReportingOrder Instance = new();

    // QCVN 102:2016 numbering (edXML 2.0, parts 1 to 4); a path that is not listed comes after all that are.
    private static readonly string[] Paths =
    [
        "", "MessageHeader",
        .. Organ("MessageHeader.From"), .. Organ("MessageHeader.To"),
        "MessageHeader.Code", "MessageHeader.Code.CodeNumber", "MessageHeader.Code.CodeNotation",
        "MessageHeader.PromulgationInfo", "MessageHeader.PromulgationInfo.Place", "MessageHeader.PromulgationInfo.PromulgationDate",
        "MessageHeader.DocumentType", "MessageHeader.DocumentType.Type", "MessageHeader.DocumentType.TypeDetail", "MessageHeader.DocumentType.TypeName",
        "MessageHeader.Subject", "MessageHeader.Content",
        "MessageHeader.SignerInfo", "MessageHeader.SignerInfo.Competence", "MessageHeader.SignerInfo.Position", "MessageHeader.SignerInfo.FullName",
        "MessageHeader.DueDate", "MessageHeader.ToPlaces", "MessageHeader.ToPlaces.Place",
        "MessageHeader.OtherInfo", "MessageHeader.OtherInfo.Priority", "MessageHeader.OtherInfo.SphereOfPromulgation",
        "MessageHeader.OtherInfo.TyperNotation", "MessageHeader.OtherInfo.PromulgationAmount", "MessageHeader.OtherInfo.PageAmount",
        "MessageHeader.ResponseFor", "MessageHeader.ResponseFor.OrganId", "MessageHeader.ResponseFor.Code",
        "MessageHeader.ResponseFor.PromulgationDate", "MessageHeader.ResponseFor.DocumentId",
        "MessageHeader.SteeringType", "MessageHeader.DocumentId",
        "MessageHeader.StatusCode", "MessageHeader.Description", "MessageHeader.Timestamp", .. Staff("MessageHeader.StaffInfo"),
        "MessageHeader.TraceHeaderList", "MessageHeader.TraceHeaderList.TraceHeader", "MessageHeader.TraceHeaderList.TraceHeader.OrganId", "MessageHeader.TraceHeaderList.TraceHeader.Timestamp",
        "MessageHeader.TraceHeaderList.Bussiness", "MessageHeader.TraceHeaderList.Bussiness.BussinessDocType", "MessageHeader.TraceHeaderList.Bussiness.BussinessDocReason",
        "MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo", "MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo.DocumentInfo",
        "MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo.DocumentReceiver",
        "MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo.ReceiverList.Receiver.OrganId",
        "MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo.ReceiverList.Receiver.ReceiverType",
        "MessageHeader.TraceHeaderList.Bussiness.DocumentId", .. Staff("MessageHeader.TraceHeaderList.Bussiness.StaffInfo"), "MessageHeader.TraceHeaderList.Bussiness.Paper",
        "MessageHeader.TraceHeaderList.Bussiness.ReplacementInfoList.ReplacementInfo.DocumentId",
        "MessageHeader.TraceHeaderList.Bussiness.ReplacementInfoList.ReplacementInfo.OrganIdList.OrganId",
        "edXMLBody", "edXMLManifest", "edXMLManifest.Reference", "edXMLManifest.Reference.ContentId", "edXMLManifest.Reference.AttachmentName",
        "AttachmentEncoded", "AttachmentEncoded.Attachment", "AttachmentEncoded.Attachment.ContentId",
        "AttachmentEncoded.Attachment.AttachmentName", "AttachmentEncoded.Attachment.ContentType",
        "AttachmentEncoded.Attachment.ContentTransferEncoded",
    ];

    private static readonly FrozenDictionary<string, int> Positions =
        Paths.Select((path, index) => KeyValuePair.Create(path, index)).ToFrozenDictionary(StringComparer.Ordinal);

    private ReportingOrder()
    {
    }

    public int Compare(Problem? x, Problem? y)
    {
        if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var order = x.Kind.Step.CompareTo(y.Kind.Step);
        if (order == 0) order = Position(x.Path).CompareTo(Position(y.Path));
        if (order == 0) order = string.CompareOrdinal(x.Path, y.Path);
        if (order == 0) order = x.Ordinal.CompareTo(y.Ordinal);
        if (order == 0) order = string.CompareOrdinal(x.Code, y.Code);
        if (order == 0) order = string.CompareOrdinal(x.Value, y.Value);
        if (order == 0) order = x.Line.CompareTo(y.Line);
        return order == 0 ? x.Column.CompareTo(y.Column) : order;
    }

    private static int Position(string path) => Positions.GetValueOrDefault(path, int.MaxValue);

    private static string[] Organ(string path) =>
    [
        path, path + ".OrganId", path + ".OrganizationInCharge", path + ".OrganName", path + ".OrganAdd",
        path + ".Email", path + ".Telephone", path + ".Fax", path + ".Website",
    ];

    private static string[] Staff(string path) =>
        [path, path + ".Department", path + ".Staff", path + ".Email", path + ".Mobile"];
}
