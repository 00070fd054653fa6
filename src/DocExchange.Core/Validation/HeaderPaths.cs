namespace DocExchange.Core.Validation;

/// <summary>
/// Paths as findings name them, made once: judging builds no strings. The trace stands beside MessageHeader in the file, but under it in
/// the paths that other hubs write, and so also here.
/// </summary>
internal static class HeaderPaths
{
    public static readonly OrganPaths From = new("MessageHeader.From");
    public static readonly OrganPaths To = new("MessageHeader.To");
    public static readonly StaffPaths ReportingStaff = new("MessageHeader.StaffInfo");
    public static readonly StaffPaths BusinessStaff = new("MessageHeader.TraceHeaderList.Bussiness.StaffInfo");

    public const string CodeNumber = "MessageHeader.Code.CodeNumber";
    public const string CodeNotation = "MessageHeader.Code.CodeNotation";
    public const string Place = "MessageHeader.PromulgationInfo.Place";
    public const string PromulgationDate = "MessageHeader.PromulgationInfo.PromulgationDate";
    public const string Type = "MessageHeader.DocumentType.Type";
    public const string TypeName = "MessageHeader.DocumentType.TypeName";
    public const string Subject = "MessageHeader.Subject";
    public const string Content = "MessageHeader.Content";
    public const string Competence = "MessageHeader.SignerInfo.Competence";
    public const string Position = "MessageHeader.SignerInfo.Position";
    public const string FullName = "MessageHeader.SignerInfo.FullName";
    public const string DueDate = "MessageHeader.DueDate";
    public const string ToPlace = "MessageHeader.ToPlaces.Place";
    public const string Priority = "MessageHeader.OtherInfo.Priority";
    public const string Sphere = "MessageHeader.OtherInfo.SphereOfPromulgation";
    public const string TyperNotation = "MessageHeader.OtherInfo.TyperNotation";
    public const string PromulgationAmount = "MessageHeader.OtherInfo.PromulgationAmount";
    public const string PageAmount = "MessageHeader.OtherInfo.PageAmount";
    public const string ResponseFor = "MessageHeader.ResponseFor";
    public const string ResponseForOrganId = "MessageHeader.ResponseFor.OrganId";
    public const string ResponseForCode = "MessageHeader.ResponseFor.Code";
    public const string ResponseForDate = "MessageHeader.ResponseFor.PromulgationDate";
    public const string ResponseForDocumentId = "MessageHeader.ResponseFor.DocumentId";
    public const string DocumentId = "MessageHeader.DocumentId";
    public const string StatusCode = "MessageHeader.StatusCode";
    public const string Description = "MessageHeader.Description";
    public const string Timestamp = "MessageHeader.Timestamp";
    public const string Trace = "MessageHeader.TraceHeaderList";
    public const string Hop = "MessageHeader.TraceHeaderList.TraceHeader";
    public const string HopOrganId = "MessageHeader.TraceHeaderList.TraceHeader.OrganId";
    public const string HopTimestamp = "MessageHeader.TraceHeaderList.TraceHeader.Timestamp";
    public const string BusinessType = "MessageHeader.TraceHeaderList.Bussiness.BussinessDocType";
    public const string BusinessReason = "MessageHeader.TraceHeaderList.Bussiness.BussinessDocReason";
    public const string ContentChanged = "MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo.DocumentInfo";
    public const string ReceiversChanged = "MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo.DocumentReceiver";
    public const string ReceiverOrganId = "MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo.ReceiverList.Receiver.OrganId";
    public const string ReceiverType = "MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo.ReceiverList.Receiver.ReceiverType";
    public const string BusinessDocumentId = "MessageHeader.TraceHeaderList.Bussiness.DocumentId";
    public const string Paper = "MessageHeader.TraceHeaderList.Bussiness.Paper";
    public const string ReplacedDocumentId = "MessageHeader.TraceHeaderList.Bussiness.ReplacementInfoList.ReplacementInfo.DocumentId";
    public const string ReplacedOrganId = "MessageHeader.TraceHeaderList.Bussiness.ReplacementInfoList.ReplacementInfo.OrganIdList.OrganId";
    public const string ReferenceContentId = "edXMLManifest.Reference.ContentId";
    public const string ReferenceName = "edXMLManifest.Reference.AttachmentName";
    public const string AttachmentContentId = "AttachmentEncoded.Attachment.ContentId";
    public const string AttachmentName = "AttachmentEncoded.Attachment.AttachmentName";
    public const string AttachmentType = "AttachmentEncoded.Attachment.ContentType";
}

/// <summary>The children of From and To.</summary>
internal sealed class OrganPaths(string path)
{
    public readonly string Itself = path;
    public readonly string OrganId = path + ".OrganId";
    public readonly string OrganizationInCharge = path + ".OrganizationInCharge";
    public readonly string OrganName = path + ".OrganName";
    public readonly string OrganAdd = path + ".OrganAdd";
    public readonly string Email = path + ".Email";
    public readonly string Telephone = path + ".Telephone";
    public readonly string Fax = path + ".Fax";
    public readonly string Website = path + ".Website";
}

internal sealed class StaffPaths(string path)
{
    public readonly string Department = path + ".Department";
    public readonly string Staff = path + ".Staff";
    public readonly string Email = path + ".Email";
    public readonly string Mobile = path + ".Mobile";
}
