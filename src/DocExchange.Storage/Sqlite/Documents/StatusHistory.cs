using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <param name="Package">The status package's own number; null when there is none because nobody could be told.</param>
internal sealed record RecordedStatus(long? Document, long Agency, int Code, string? Description, DateTimeOffset ReportedAt, long? Package, bool ByHub = false);

/// <summary>The events of one recipient's copy. The state is derived from them each time, never stored.</summary>
internal static class StatusHistory
{
    public static void Record(WriteSession session, RecordedStatus status)
    {
        session.Prepare("""
            INSERT INTO status_event (document, agency_id, code, description, reported_at, arrived_at, by_hub, package) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
            .Bind(1, status.Document).Bind(2, status.Agency).Bind(3, status.Code).Bind(4, status.Description).Bind(5, status.ReportedAt)
            .Bind(6, session.Now).Bind(7, status.ByHub).Bind(8, status.Package).Run();
    }

    public static bool Has(WriteSession session, long document, long agency, int code) =>
        session.Prepare("SELECT 1 FROM status_event WHERE document = ?1 AND agency_id = ?2 AND code = ?3 LIMIT 1")
            .Bind(1, document).Bind(2, agency).Bind(3, code).RunScalar() is not null;

    /// <summary>What becomes of this step. A warning is added to <paramref name="warnings"/>.</summary>
    public static CommitOutcome? Judge(WriteSession session, long document, long recipient, StatusAcceptance acceptance, List<PackageWarning> warnings)
    {
        var isAnswer = acceptance.Status == HandlingStatus.ChangeAgreed || acceptance.Status == HandlingStatus.ChangeRefused;
        var state = StateOf(session, document, recipient, isAnswer);
        var judgement = StatusTransitions.Judge(state, acceptance.Status, acceptance.Caller.Profile);
        switch (judgement.Outcome)
        {
            case StatusOutcome.Refuse:
                return new CommitOutcome.Refused(new Problem(judgement.Refusal!, "MessageHeader.StatusCode", acceptance.Status.Text, state.ToString()));
            case StatusOutcome.AlreadyRecorded:
                return new CommitOutcome.AlreadyAccepted(EarlierReceipt(session, document, recipient, acceptance.Status.Code));
            case StatusOutcome.AcceptWithWarning:
                warnings.Add(new PackageWarning(judgement.Warning!, "MessageHeader.StatusCode", acceptance.Status.Text));
                return null;
            default:
                return null;
        }
    }

    /// <summary>The receipt of the package that reported this first (the hub's own notice included); the document's where a recall came as a package.</summary>
    private static ReceiptRef EarlierReceipt(WriteSession session, long document, long recipient, int code)
    {
        var number = session.Prepare("SELECT package FROM status_event WHERE document = ?1 AND agency_id = ?2 AND code = ?3 AND package IS NOT NULL ORDER BY id DESC LIMIT 1")
            .Bind(1, document).Bind(2, recipient).Bind(3, code).RunScalar() ?? document;
        var receipt = session.Prepare("SELECT receipt_index FROM document WHERE number = ?1").Bind(1, number).RunScalar() ?? 0;
        return new ReceiptRef(session.Ids.Receipt(receipt), session.Ids.Document(number));
    }

    private static RecipientState StateOf(WriteSession session, long document, long recipient, bool isAnswer)
    {
        var state = RecipientState.Initial;
        var statement = session.Prepare("SELECT code FROM status_event WHERE document = ?1 AND agency_id = ?2 ORDER BY id").Bind(1, document).Bind(2, recipient);
        try
        {
            while (statement.Step())
            {
                if (HandlingStatus.TryParse(statement.Text(0), out var status)) state = StatusTransitions.Apply(state, status);
            }
        }
        finally
        {
            statement.Reset();
        }
        var (open, recalled) = ChangeCases.Of(session, document, recipient, alsoOpenedBy: isAnswer);
        if (recalled) state = state with { Main = MainState.Recalled };
        return open is { } kind ? (state with { Case = OpenCase.None }).After(kind) : state with { Case = OpenCase.None };
    }
}
