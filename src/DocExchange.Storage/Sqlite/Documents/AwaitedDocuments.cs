using System.Globalization;
using DocExchange.Core.Evidence;
using DocExchange.Core.Routing;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>
/// Packages of peers that came before the document they speak of: statuses, recalls, updates, replacements. They are passed on at once, are
/// linked in the commit that brings the document, and are given up after a time (problem-examples row 36).
/// </summary>
internal static class AwaitedDocuments
{
    public const int MostAtOnce = 100;

    /// <param name="sender">Who is said to have sent the document.</param>
    /// <param name="agency">The recipient whose copy it is about.</param>
    public static void Note(WriteSession session, long package, string documentId, long sender, long agency) =>
        session.Prepare("INSERT INTO awaited (package, target_id, target_sender, agency_id, arrived_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING")
            .Bind(1, package).Bind(2, documentId).Bind(3, sender).Bind(4, agency).Bind(5, session.Now).Run();

    /// <summary>Gives a document what came before it. A status counts only for an agency among <paramref name="recipients"/>: nobody reports on what it did not get.</summary>
    public static void Link(WriteSession session, DocumentAcceptance acceptance, long document, IReadOnlyList<Route> recipients)
    {
        if (acceptance.Envelope.DocumentId is not { Length: > 0 } documentId) return;
        foreach (var early in Of(session, documentId, acceptance.Sender.Id))
        {
            if (recipients.FirstOrDefault(r => r.Recipient.Id == early.Agency) is not { } recipient) continue;
            session.Prepare("UPDATE status_event SET document = ?1 WHERE document IS NULL AND agency_id = ?3 AND package = ?2")
                .Bind(1, document).Bind(2, early.Package).Bind(3, early.Agency).Run();
            session.Prepare("UPDATE change_case SET target = ?1 WHERE opened_by = ?2 AND agency_id = ?3 AND target IS NULL AND target_id = ?4")
                .Bind(1, document).Bind(2, early.Package).Bind(3, early.Agency).Bind(4, documentId).Run();
            // A status is identified by the document it is about, so that its repetition is known as one. It must not stop the document if that is taken.
            session.Prepare("UPDATE OR IGNORE document SET about = ?1, identity = ?3 || substr(identity, ?4) WHERE number = ?2 AND kind = 1")
                .Bind(1, document).Bind(2, early.Package).Bind(3, document.ToString(CultureInfo.InvariantCulture)).Bind(4, CodePoints(documentId) + 2).Run();
            Forget(session, documentId, acceptance.Sender.Id, early);
            session.Witness(new EvidenceEntry
            {
                Event = EvidenceEvents.AwaitedDocumentArrived,
                Time = session.Now,
                Document = session.Ids.Document(document),
                DocumentId = documentId,
                Recipient = recipient.Recipient.Code,
                Detail = session.Ids.Document(early.Package),
            }, document);
        }
    }

    /// <summary>Gives up what arrived before <paramref name="limit"/>, at most <see cref="MostAtOnce"/>; returns the systems that had sent it.</summary>
    public static IReadOnlyList<string> Expire(WriteSession session, DateTimeOffset limit)
    {
        var expired = new List<(Early Early, string DocumentId, long Sender, string System)>();
        var statement = session.Prepare("""
            SELECT w.package, w.agency_id, w.target_id, w.target_sender, s.system_id FROM awaited w JOIN document d ON d.number = w.package
              LEFT JOIN system s ON s.id = d.system WHERE w.arrived_at < ?1 ORDER BY w.arrived_at LIMIT ?2
            """).Bind(1, limit).Bind(2, MostAtOnce);
        try
        {
            while (statement.Step()) expired.Add((new Early(statement.Long(0), statement.Long(1)), statement.Text(2), statement.Long(3), statement.TextOrNull(4) ?? ""));
        }
        finally
        {
            statement.Reset();
        }
        foreach (var (early, documentId, sender, system) in expired)
        {
            Forget(session, documentId, sender, early);
            session.Witness(new EvidenceEntry
            {
                Event = EvidenceEvents.AwaitedDocumentMissing,
                Time = session.Now,
                Document = session.Ids.Document(early.Package),
                DocumentId = documentId,
                Caller = system,
            }, early.Package);
        }
        return [.. expired.Select(e => e.System)];
    }

    private static List<Early> Of(WriteSession session, string documentId, long sender)
    {
        List<Early> found = [];
        var statement = session.Prepare("SELECT package, agency_id FROM awaited WHERE target_id = ?1 AND target_sender = ?2 ORDER BY package").Bind(1, documentId).Bind(2, sender);
        try
        {
            while (statement.Step()) found.Add(new Early(statement.Long(0), statement.Long(1)));
        }
        finally
        {
            statement.Reset();
        }
        return found;
    }

    private static void Forget(WriteSession session, string documentId, long sender, Early early) =>
        session.Prepare("DELETE FROM awaited WHERE target_id = ?1 AND target_sender = ?2 AND package = ?3 AND agency_id = ?4")
            .Bind(1, documentId).Bind(2, sender).Bind(3, early.Package).Bind(4, early.Agency).Run();

    /// <summary>SQLite counts characters, .NET halves of them.</summary>
    private static int CodePoints(string text) => text.EnumerateRunes().Count();

    private sealed record Early(long Package, long Agency);
}
