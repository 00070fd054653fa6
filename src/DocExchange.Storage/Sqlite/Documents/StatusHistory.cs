using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <param name="Package">The status package's own number; null when the hub noted it itself.</param>
internal sealed record RecordedStatus(long? Document, long Agency, int Code, string? Description, DateTimeOffset ReportedAt, long? Package);

/// <summary>The events of one recipient's copy. The state is derived from them each time, never stored.</summary>
internal static class StatusHistory
{
    public static void Record(WriteSession session, RecordedStatus status)
    {
        session.Prepare("""
            INSERT INTO status_event (document, agency_id, code, description, reported_at, arrived_at, by_hub, package) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
            .Bind(1, status.Document).Bind(2, status.Agency).Bind(3, status.Code).Bind(4, status.Description).Bind(5, status.ReportedAt)
            .Bind(6, session.Now).Bind(7, status.Package is null).Bind(8, status.Package).Run();
    }

    public static bool Has(WriteSession session, long document, long agency, int code) =>
        session.Prepare("SELECT 1 FROM status_event WHERE document = ?1 AND agency_id = ?2 AND code = ?3 LIMIT 1")
            .Bind(1, document).Bind(2, agency).Bind(3, code).RunScalar() is not null;

    /// <summary>Null when the step may be recorded (perhaps with a warning); the finding otherwise.</summary>
    public static Problem? Judge(WriteSession session, long document, long recipient, StatusAcceptance acceptance, List<PackageWarning> warnings)
    {
        var state = StateOf(session, document, recipient);
        switch (StatusTransitions.Judge(state, acceptance.Status, acceptance.Caller.Profile))
        {
            case StatusVerdict.Refuse refuse:
                return new Problem(refuse.Kind, "MessageHeader.StatusCode", acceptance.Status.Text, state.ToString());
            case StatusVerdict.AcceptWithWarning warning:
                warnings.Add(new PackageWarning(warning.Warning, "MessageHeader.StatusCode", acceptance.Status.Text));
                return null;
            default:
                return null;
        }
    }

    private static RecipientState StateOf(WriteSession session, long document, long recipient)
    {
        var state = RecipientState.Initial;
        var statement = session.Prepare("SELECT code FROM status_event WHERE document = ?1 AND agency_id = ?2 ORDER BY id").Bind(1, document).Bind(2, recipient);
        try
        {
            while (statement.Step())
            {
                if (HandlingStatus.TryParse(statement.Text(0), out var status)) state = StatusTransitions.After(state, status);
            }
        }
        finally
        {
            statement.Reset();
        }
        var (open, recalled) = ChangeCases.Of(session, document, recipient);
        if (recalled) state = state with { Main = MainState.Recalled };
        return open is { } kind ? (state with { Case = OpenCase.None }).After(kind) : state with { Case = OpenCase.None };
    }
}
