using System.Collections.Frozen;
using System.Globalization;
using DocExchange.Core.Problems;

namespace DocExchange.Axis.Codes;

/// <summary>
/// The one table from the hub's problems to the axis' error codes (10, 15, 18 to 23) and to the code texts that other hubs write. Which code
/// belongs to which case is inferred; it is kept here alone, so that it can follow the genuine adapter once known.
/// </summary>
public static class AxisErrors
{
    // Peer code null: family letter and path. Empty: other hubs have none, the hub's own code stands in its place.
    private sealed record Row(int Axis, string? PeerCode = null);

    // By code, or by the first five characters (DX-10) of an area. The exact code wins.
    private static readonly FrozenDictionary<string, Row> Rows = new Dictionary<string, Row>
    {
        [Of(ProblemCatalogue.CallerNotAuthentic)] = new(15, "Permission"),
        [Of(ProblemCatalogue.CredentialsMissing)] = new(15, "CheckSignature"),
        [Of(ProblemCatalogue.SignedHeadersUnsound)] = new(15, ""),
        [Of(ProblemCatalogue.HeaderNotAscii)] = new(15, ""),
        [Of(ProblemCatalogue.SenderIsNotTheCaller)] = new(19, "M.MessageHeader.From.OrganId"),
        [Of(ProblemCatalogue.FromHeaderDiffers)] = new(19, "M.MessageHeader.From.OrganId"),
        [Of(ProblemCatalogue.HashDoesNotMatch)] = new(21, ""),
        [Of(ProblemCatalogue.ProtocolWordUnknown)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.MessageKindDiffers)] = new(22, "MessageType"),
        [Of(ProblemCatalogue.RateExceeded)] = new(20, ""),
        [Of(ProblemCatalogue.CallerSuspended)] = new(15, "Permission"),
        [Of(ProblemCatalogue.RequestIncomplete)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.OutsideOwnTree)] = new(19, "Permission"),
        [Of(ProblemCatalogue.HeadersTooLarge)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.RequestUnreadable)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.SignatureClassRefused)] = new(15, "CheckSignature"),
        [Of(ProblemCatalogue.DialectNotAllowed)] = new(15, "CheckPermission"),
        [Of(ProblemCatalogue.LineNotProtected)] = new(15, "CheckPermission"),
        [Of(ProblemCatalogue.CertificateNeeded)] = new(15, "CheckPermission"),
        [Of(ProblemCatalogue.SenderEnded)] = new(19, "M.MessageHeader.From.OrganId"),

        [Of(ProblemCatalogue.RequestKeyTaken)] = new(22, "M.Exist"),
        [Of(ProblemCatalogue.UploadOffsetDiffers)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.SettingsRefused)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.RoleLacks)] = new(15, "CheckPermission"),
        [Of(ProblemCatalogue.SecondFactorNeeded)] = new(15, "CheckPermission"),
        [Of(ProblemCatalogue.PasswordHandedOver)] = new(15, "CheckPermission"),
        [Of(ProblemCatalogue.SecondPersonNeeded)] = new(15, "CheckPermission"),
        [Of(ProblemCatalogue.AccountChanged)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.PersonLinked)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.UploadsOpen)] = new(20, ""),
        [Of(ProblemCatalogue.ExportsWaiting)] = new(20, ""),
        [Of(ProblemCatalogue.BoundToAnother)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.AxisUnitNotTaken)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.AxisUnitNotOurs)] = new(19, "Permission"),
        [Of(ProblemCatalogue.AxisSilent)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.NothingOfThatName)] = new(18, ""),
        [Of(ProblemCatalogue.DirectoryRowsWrong)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.DirectoryEndsTooMany)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.ImportUnderWay)] = new(22, "BadRequest"),

        [Of(ProblemCatalogue.SoapVersionUnknown)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.SoapHeaderNotUnderstood)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.SoapActionDiffers)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.SoapOperationUnknown)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.MultipartUnsound)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.MessagePartMissing)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.ReplyAddressForbidden)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.MessageNotFresh)] = new(15, "CheckSignature"),
        [Of(ProblemCatalogue.MessageBeforeStart)] = new(15, "CheckSignature"),
        [Of(ProblemCatalogue.MessageSignatureUnsound)] = new(15, "CheckSignature"),
        [Of(ProblemCatalogue.SoapEnvelopeTooLarge)] = new(22, "BadRequest"),
        [Of(ProblemCatalogue.SoapPackageUnreadable)] = new(22, "BadRequest"),

        ["DX-10"] = new(10, ""),
        ["DX-1001"] = new(10, "File Not Found"),
        ["DX-21"] = new(22, "N.MessageHeader"),
        ["DX-2104"] = new(22, ""),
        ["DX-2106"] = new(22),
        ["DX-23"] = new(21, "M.Attachment-Type"),
        ["DX-2301"] = new(21, "M.Attachment-Encoding"),
        ["DX-2302"] = new(21, "M.Attachment-Encoding"),
        ["DX-2303"] = new(21, "M.Attachment-Encoding"),
        ["DX-2304"] = new(21, "M.Attachment-Encoding"),

        [Of(ProblemCatalogue.ElementMissing)] = new(22),
        [Of(ProblemCatalogue.ValueTooLong)] = new(22),
        [Of(ProblemCatalogue.DateUnreadable)] = new(22),
        [Of(ProblemCatalogue.DateInFuture)] = new(22),
        [Of(ProblemCatalogue.ValueNotAllowed)] = new(22),
        [Of(ProblemCatalogue.OrganCodeMalformed)] = new(22),
        [Of(ProblemCatalogue.BusinessObjectMissing)] = new(22),
        [Of(ProblemCatalogue.AttachmentNameTooLong)] = new(22, "R.AttachmentName"),
        [Of(ProblemCatalogue.AttachmentNameUnsafe)] = new(22, "R.AttachmentName"),
        [Of(ProblemCatalogue.SecrecyMark)] = new(10, ""),

        [Of(ProblemCatalogue.ReceiverUnknown)] = new(18, "M.MessageHeader.To.OrganId"),
        [Of(ProblemCatalogue.ReceiverExpired)] = new(18, "M.MessageHeader.To.OrganId"),
        [Of(ProblemCatalogue.ReceiverIsAdapter)] = new(18, "M.MessageHeader.To.OrganId"),
        [Of(ProblemCatalogue.ReceiverLocked)] = new(23, "M.MessageHeader.To.OrganId"),
        [Of(ProblemCatalogue.ReceiverNotInPackage)] = new(18, ""),
        [Of(ProblemCatalogue.ReceiverWithoutMailbox)] = new(18, "M.MessageHeader.To.OrganId"),
        [Of(ProblemCatalogue.ReceiverTwice)] = new(22, "MessageHeader.To.OrganId"),

        [Of(ProblemCatalogue.DocumentIdTaken)] = new(22, "M.Exist"),
        [Of(ProblemCatalogue.CodeTaken)] = new(22, "M.Exist"),

        [Of(ProblemCatalogue.DeliveryNotFound)] = new(18, "M.GetDocumentCheckAllow"),
        [Of(ProblemCatalogue.ContentGone)] = new(18, "M.GetDocument"),
        [Of(ProblemCatalogue.LostInRestore)] = new(18, "M.GetDocument"),
        [Of(ProblemCatalogue.Withheld)] = new(18, "M.GetDocument"),

        [Of(ProblemCatalogue.StatusDocumentUnknown)] = new(22, "M.UpdateStatusDoc"),
        [Of(ProblemCatalogue.StatusCodeNotAllowed)] = new(22, "MessageHeader.StatusCode"),
        [Of(ProblemCatalogue.StatusReasonMissing)] = new(22, "N.MessageHeader.Description"),
        [Of(ProblemCatalogue.StatusStepImpossible)] = new(22, "M.UpdateTraces"),
        [Of(ProblemCatalogue.NotEntitledToDocument)] = new(19, "Permission"),
        [Of(ProblemCatalogue.BusinessDocumentUnknown)] = new(22, "M.DocumentId"),
        [Of(ProblemCatalogue.StatusNamesSeveralDocuments)] = new(22, ""),

        [Of(ProblemCatalogue.HubFault)] = new(20, "InternalServer"),
        [Of(ProblemCatalogue.HubNotReady)] = new(20, "InternalServer"),
        [Of(ProblemCatalogue.ScannerUnavailable)] = new(20, "InternalServer"),
        [Of(ProblemCatalogue.HubBusy)] = new(20, "InternalServer"),
        [Of(ProblemCatalogue.HubStopping)] = new(20, "InternalServer"),
        [Of(ProblemCatalogue.RequestTimedOut)] = new(20, ""),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Where other hubs drop the family letter or shorten the path, and the table of refusals asks for it.
    private static readonly FrozenDictionary<string, string> Literals = new Dictionary<string, string>
    {
        ["R.MessageHeader.Subject"] = "MessageHeader.Subject",
        ["T.MessageHeader.PromulgationInfo.PromulgationDate"] = "T.MessageHeader.PromulgationDate",
        ["M.MessageHeader.PromulgationInfo.PromulgationDate"] = "M.MessageHeader.PromulgationDate",
        ["N.MessageHeader.ResponseFor.DocumentId"] = "MessageHeader.ResponseFor.DocumentId",
        ["N.AttachmentEncoded.Attachment.AttachmentName"] = "R.AttachmentName",
        ["N.edXMLManifest.Reference.AttachmentName"] = "R.AttachmentName",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The number for ErrorCode. 20, the only one that clients repeat, is given for the hub's own failures alone.</summary>
    /// <exception cref="KeyNotFoundException">The table lacks the problem: a test keeps this from happening.</exception>
    public static string CodeOf(Problem problem) => RowOf(problem.Kind).Axis.ToString(CultureInfo.InvariantCulture);

    /// <summary>The dotted code text as other hubs write it; the hub's own code where they have none.</summary>
    public static string PeerCodeOf(Problem problem)
    {
        var row = RowOf(problem.Kind);
        if (row.PeerCode is { } fixedCode) return fixedCode.Length > 0 ? fixedCode : problem.Code;
        if (problem.Path.Length == 0) return problem.Code;
        var family = problem.Kind.Family switch
        {
            ProblemFamily.Missing => "N.",
            ProblemFamily.Range => "R.",
            ProblemFamily.Type => "T.",
            _ => "M.",
        };
        var code = family + problem.Path;
        return Literals.GetValueOrDefault(code, code);
    }

    /// <summary>
    /// The text for ErrorDesc: peer code, English, how to fix it, the hub's code and the receipt, Vietnamese. Not yet escaped to ASCII: that
    /// is the JSON writer's part.
    /// </summary>
    public static string Describe(Problem problem, string? receiptId)
    {
        var receipt = string.IsNullOrEmpty(receiptId) ? "" : ", receipt " + receiptId;
        return $"{PeerCodeOf(problem)}: {problem.English} Fix: {problem.FixEnglish} [{problem.Code}{receipt}] {problem.Vietnamese}";
    }

    private static Row RowOf(ProblemKind kind) =>
        Rows.TryGetValue(kind.Code, out var row) ? row : Rows[kind.Code[..5]];

    private static string Of(ProblemKind kind) => kind.Code;
}
