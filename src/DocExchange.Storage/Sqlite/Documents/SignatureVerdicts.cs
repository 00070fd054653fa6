using System.Globalization;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>Verdicts over signatures as rows: written with the acceptance, never changed; later ones beside them.</summary>
internal static class SignatureVerdicts
{
    public static void Insert(WriteSession session, long document, JudgedSignatures judged)
    {
        session.Prepare("INSERT INTO signature_verdict (document, record) VALUES (?1, ?2)").Bind(1, document).Bind(2, judged.Record.Bytes.Span).Run();
        RestOn(session, document, judged.Verdict);
    }

    /// <summary>Which certificates a verdict rests on, those noted before included.</summary>
    public static void RestOn(WriteSession session, long document, DocumentVerdict verdict)
    {
        foreach (var certificate in verdict.Signatures.SelectMany(s => s.Chain.Append(s.Certificate)).OfType<string>().Distinct())
        {
            session.Prepare("INSERT INTO signature_certificate (certificate, document) VALUES (?1, ?2) ON CONFLICT DO NOTHING").Bind(1, certificate).Bind(2, document).Run();
        }
    }

    /// <summary>What stands in the acceptance's entry (docs/evidence-format.md §3).</summary>
    public static string DetailOf(JudgedSignatures judged) => DetailOf(judged.Verdict, judged.Record);

    public static string DetailOf(DocumentVerdict verdict, VerdictRecord record) => $"signatures {verdict.Class.Name} sha256:{record.Digest}";

    /// <summary>What was said of them since; null when nothing else was.</summary>
    public static VerdictRecord? Later(Database database, long document) =>
        database.Prepare("SELECT record FROM later_verdict WHERE document = ?1").Bind(1, document).ReadAll(row => new VerdictRecord(row.Blob(0))).FirstOrDefault();

    /// <summary>The record, and whether anybody looked when the document came.</summary>
    public static (VerdictRecord? Record, bool AreKnown) Of(Database database, long document)
    {
        var statement = database.Prepare("SELECT record FROM signature_verdict WHERE document = ?1").Bind(1, document);
        try
        {
            if (statement.Step()) return (new VerdictRecord(statement.Blob(0)), true);
        }
        finally
        {
            statement.Reset();
        }
        return (null, document >= Since(database));
    }

    private static long Since(Database database)
    {
        var statement = database.Prepare("SELECT value FROM meta WHERE key = 'signatures_from'");
        try
        {
            return statement.Step() ? long.Parse(statement.Text(0), CultureInfo.InvariantCulture) : 0;
        }
        finally
        {
            statement.Reset();
        }
    }
}
