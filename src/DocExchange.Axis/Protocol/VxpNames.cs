namespace DocExchange.Axis.Protocol;

/// <summary>The words of the national axis SDK's protocol, spelled as the SDK spells them. Header names compare without case.</summary>
public static class VxpNames
{
    public const string HeaderPrefix = "XroadVnpt-";
    public const string SignHeader = HeaderPrefix + "sign-header";
    public const string SignHeaderKey = HeaderPrefix + "sign-header-key";
    public const string HashHeader = HeaderPrefix + "hash-header";
    public const string VersionHeader = HeaderPrefix + "version";

    public const string SystemId = "systemid";
    public const string Timestamp = "timestamp";
    public const string ContentType = "Content-Type";
    public const string ServiceType = "servicetype";
    public const string MessageType = "messagetype";
    public const string From = "from";
    public const string To = "to";
    public const string HashFile = "hash-file";
    public const string DocId = "docId";
    public const string Status = "status";
    public const string Description = "description";
    public const string FromDate = "fromDate";
    public const string ToDate = "toDate";
    public const string Level = "level";
    public const string AgencyCode = "AgencyCode";
    public const string FilePath = "filePath";

    public const string Version = "3.0.201608";
    public const string UserAgent = "JAVASDKAgent/1.0.0 XRoad/VPCP";
    public const string Json = "application/json";
    public const string OctetStream = "application/octet-stream";

    public const string ServiceEdoc = "eDoc";
    public const string MessageEdoc = "edoc";
    public const string MessageStatus = "status";

    public const string StatusInitial = "initial";
    public const string StatusInbox = "inbox";
    public const string StatusProcessing = "processing";
    public const string StatusDone = "done";
    public const string StatusFail = "fail";

    public const string AnswerOk = "OK";
    public const string AnswerFail = "FAIL";

    /// <summary>The success text seen from the axis.</summary>
    public const string SuccessText = "Thanh cong";

    /// <summary>A value that decides what a call does: one that arrives outside the signed JSON is refused, never used and never ignored.</summary>
    public static bool IsDecisive(ReadOnlySpan<char> name) => Is(name, SystemId) || Is(name, To) || Is(name, From) || Is(name, Status) || Is(name, DocId)
        || Is(name, MessageType) || Is(name, ServiceType) || Is(name, HashFile) || Is(name, AgencyCode) || Is(name, Description)
        || Is(name, FromDate) || Is(name, ToDate) || Is(name, Level);

    private static bool Is(ReadOnlySpan<char> name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The last segment of the address, after any prefix.</summary>
public static class VxpOperations
{
    public const string GetAgenciesList = "getAgenciesList";
    public const string GetAgenciesListQD20 = "getAgenciesListQD20";
    public const string GetSynchronizeUnit = "getSynchronizeUnit";
    public const string RegisterAgency = "registerAgency";
    public const string DeleteAgency = "deleteAgency";
    public const string SendEdoc = "sendEdoc";
    public const string GetReceivedEdocList = "getReceivedEdocList";
    public const string GetEdoc = "getEdoc";
    public const string DownloadEdoc = "downloadEdoc";
    public const string UpdateStatus = "updateStatus";
    public const string GetSentEdocList = "getSentEdocList";
    public const string CountReceiveEdoc = "countReceiveEdoc";
    public const string CountReceiveStatus = "countReceiveStatus";

    public static readonly IReadOnlyList<string> All =
    [
        GetAgenciesList, GetAgenciesListQD20, GetSynchronizeUnit, RegisterAgency, DeleteAgency, SendEdoc, GetReceivedEdocList, GetEdoc,
        DownloadEdoc, UpdateStatus, GetSentEdocList, CountReceiveEdoc, CountReceiveStatus,
    ];
}

/// <summary>The axis' answer codes (Lạng Sơn LGSP guide v2.2). Only <see cref="SystemError"/> is retried by clients.</summary>
public static class VxpCodes
{
    public const int Success = 0;
    public const int InvalidFile = 10;
    public const int NotAuthentic = 15;
    public const int UnknownReceiver = 18;
    public const int SenderNotAllowed = 19;
    public const int SystemError = 20;
    public const int DamagedFile = 21;
    public const int WrongFormat = 22;
    public const int ReceiverLocked = 23;
}
