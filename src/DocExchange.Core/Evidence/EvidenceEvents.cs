namespace DocExchange.Core.Evidence;

/// <summary>
/// Names of events as entries carry them. The first group is ETSI EN 319 522-1 §6.1; the second is the hub's own, for what the standard
/// has no word for. A name never changes its meaning and is never reused.
/// </summary>
public static class EvidenceEvents
{
    public const string SubmissionAcceptance = "SubmissionAcceptance";
    public const string SubmissionRejection = "SubmissionRejection";
    public const string RelayAcceptance = "RelayAcceptance";
    public const string RelayRejection = "RelayRejection";
    public const string RelayFailure = "RelayFailure";
    public const string NotificationForAcceptance = "NotificationForAcceptance";
    public const string NotificationForAcceptanceFailure = "NotificationForAcceptanceFailure";
    public const string ConsignmentAcceptance = "ConsignmentAcceptance";
    public const string ConsignmentRejection = "ConsignmentRejection";
    public const string AcceptanceRejectionExpiry = "AcceptanceRejectionExpiry";

    /// <summary>The copy became available in the recipient's mailbox.</summary>
    public const string ContentConsignment = "ContentConsignment";
    public const string ContentConsignmentFailure = "ContentConsignmentFailure";
    public const string ConsignmentNotification = "ConsignmentNotification";
    public const string ConsignmentNotificationFailure = "ConsignmentNotificationFailure";

    /// <summary>The recipient's system confirmed that it has the copy.</summary>
    public const string ContentHandover = "ContentHandover";
    public const string ContentHandoverFailure = "ContentHandoverFailure";

    /// <summary>A copy with the hub's signature inside was made for one mailbox; the digest is the copy's, the detail names the package's and the key.</summary>
    public const string CopySigned = "CopySigned";

    /// <summary>The recipient's system fetched the copy.</summary>
    public const string ContentAccessTracking = "ContentAccessTracking";
    public const string RelayToNonErds = "RelayToNonERDS";
    public const string RelayToNonErdsFailure = "RelayToNonERDSFailure";
    public const string ReceivedFromNonErds = "ReceivedFromNonERDS";

    /// <summary>First leaf of an epoch; its detail names the previous origin and its last known head.</summary>
    public const string LogStarted = "LogStarted";

    /// <summary>From here on another key or certificate signs; the detail names the chain before and the one from now on.</summary>
    public const string SigningKeyChanged = "SigningKeyChanged";

    /// <summary>Copies of documents are signed with another key from now on; the detail names the one before and the one from now on.</summary>
    public const string DocumentKeyChanged = "DocumentKeyChanged";

    /// <summary>A key was in wrong hands: its detail is the key's id and the time since when. What was not stamped or co-signed before is unproven.</summary>
    public const string KeyCompromised = "KeyCompromised";

    /// <summary>The hub started with other settings than before; the digest is that of their canonical text, the detail names those that changed.</summary>
    public const string SettingsChanged = "SettingsChanged";

    /// <summary>The hub shows another server certificate on its TLS lines; the detail is its SHA-256.</summary>
    public const string TlsCertificateChanged = "TlsCertificateChanged";

    /// <summary>Evidence was handed out as an export.</summary>
    public const string ExportMade = "ExportMade";

    /// <summary>Somebody downloads an export; the digest is the file's, the detail the export's id.</summary>
    public const string ExportTaken = "ExportTaken";
    public const string StatusReported = "StatusReported";
    public const string VariantReceived = "VariantReceived";
    public const string RecallOpened = "RecallOpened";
    public const string RecallClosed = "RecallClosed";
    public const string DirectoryChanged = "DirectoryChanged";
    public const string CredentialChanged = "CredentialChanged";
    public const string DeadLetterRequeued = "DeadLetterRequeued";
    public const string DeadLetterAbandoned = "DeadLetterAbandoned";

    /// <summary>A certificate was put on the trust list or taken off it; its detail names it by fingerprint.</summary>
    public const string TrustChanged = "TrustChanged";

    /// <summary>An authority's answer about certificates was kept; the digest is that of its bytes, the detail what it says of whom, and who was asked.</summary>
    public const string RevocationAnswerKept = "RevocationAnswerKept";

    /// <summary>Waiting items of one agency went to another mailbox after a change of the directory; the detail says how many, from where, to where.</summary>
    public const string MailboxMoved = "MailboxMoved";

    /// <summary>A document came of which a package that its detail names had spoken before: the two belong together from now on.</summary>
    public const string AwaitedDocumentArrived = "AwaitedDocumentArrived";

    /// <summary>A document of which a package spoke did not come in time; the entry's document is that package.</summary>
    public const string AwaitedDocumentMissing = "AwaitedDocumentMissing";

    /// <summary>A connection that copies are pushed over went away, or came back; one entry each, whatever waited meanwhile.</summary>
    public const string ConnectionLost = "ConnectionLost";
    public const string ConnectionRestored = "ConnectionRestored";

    /// <summary>Malware was found in a document that had been accepted; the detail names it, the engine and the version of its signatures.</summary>
    public const string MalwareFoundLater = "MalwareFoundLater";

    /// <summary>What an engine had found in an accepted document is none to its newer signatures; its copies are handed out again.</summary>
    public const string MalwareCleared = "MalwareCleared";

    /// <summary>The signatures of an accepted document were judged again, because more is known of their certificates; the detail has the new verdict.</summary>
    public const string SignaturesJudgedAgain = "SignaturesJudgedAgain";

    /// <summary>An infected original was removed from the quarantine after its time, or to make room; the digest is that of the original.</summary>
    public const string QuarantineExpired = "QuarantineExpired";

    /// <summary>A unit of this hub was made known at an axis, or taken out of its directory.</summary>
    public const string AxisUnitRegistered = "AxisUnitRegistered";
    public const string AxisUnitDeleted = "AxisUnitDeleted";

    /// <summary>An operator has seen an alarm.</summary>
    public const string AlarmAcknowledged = "AlarmAcknowledged";
    public const string OperatorSignedIn = "OperatorSignedIn";

    /// <summary>A person signed in, signed out, or was locked out after repeated failures; the actor is the account's internal id.</summary>
    public const string AccountSignedIn = "AccountSignedIn";
    public const string AccountSignedOut = "AccountSignedOut";
    public const string SignInLocked = "SignInLocked";

    /// <summary>An answer of the organisation's issuer did not hold, or the person it names has no account here; the detail says which, and names nobody.</summary>
    public const string SignInRefused = "SignInRefused";
    public const string CallerRefused = "CallerRefused";

    /// <summary>A person asked for what the role does not allow; the detail is the method and the path.</summary>
    public const string AccessDenied = "AccessDenied";

    /// <summary>Somebody asked for an act that another person must approve; the detail names act, subject and request.</summary>
    public const string ApprovalAsked = "ApprovalAsked";
    public const string ApprovalGiven = "ApprovalGiven";
    public const string ApprovalRefused = "ApprovalRefused";

    /// <summary>An authenticated call that is no submission was refused; its detail names the operation.</summary>
    public const string CallRejected = "CallRejected";
}
