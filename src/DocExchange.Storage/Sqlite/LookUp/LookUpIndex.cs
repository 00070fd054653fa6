using System.Globalization;
using DocExchange.Core.Envelopes;

namespace DocExchange.Storage.Sqlite.LookUp;

/// <summary>Keeps the index in step with the documents, inside the commit that changes them.</summary>
internal static class LookUpIndex
{
    private const int FilledAtOnce = 2000;

    /// <summary>Adds recipients to a document that is in the index. Call it before their deliveries are written: the old terms are made from the rows.</summary>
    public static void AddRecipients(WriteSession session, long number, IEnumerable<long> further)
    {
        if (Read(session.Prepare, number) is not { } row) return;
        var before = Recipients(session.Prepare, number);
        session.LookUp.Replace(number, row.Terms(before), row.Terms([.. before, .. further]));
    }

    /// <summary>Adds documents that were stored before there was an index. Ends where a killed run left off.</summary>
    public static void Fill(Database database)
    {
        while (Watermark(database) is { } last)
        {
            var numbers = new List<long>(FilledAtOnce);
            var next = database.Prepare("SELECT number FROM document WHERE number > ?1 AND kind = 0 ORDER BY number LIMIT ?2").Bind(1, last).Bind(2, FilledAtOnce);
            while (next.Step()) numbers.Add(next.Long(0));
            next.Reset();

            database.Execute("BEGIN IMMEDIATE");
            foreach (var number in numbers) LookUpChanges.Insert(database, number, Read(database.Prepare, number)!.Terms(Recipients(database.Prepare, number)));
            if (numbers.Count == 0) database.Prepare("DELETE FROM meta WHERE key = 'look_up'").Run();
            else database.Prepare("UPDATE meta SET value = ?1 WHERE key = 'look_up'").Bind(1, numbers[^1].ToString(CultureInfo.InvariantCulture)).Run();
            database.Execute("COMMIT");
        }
    }

    private static long? Watermark(Database database) =>
        database.Prepare("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'look_up'").RunScalar();

    private static Row? Read(Func<string, Statement> prepare, long number)
    {
        var statement = prepare("SELECT subject_folded, code, sender_id, business_type FROM document WHERE number = ?1 AND kind = 0").Bind(1, number);
        try
        {
            return statement.Step() ? new Row(statement.Text(0), statement.Text(1), statement.Long(2), (BusinessType)statement.Int(3)) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    private static List<long> Recipients(Func<string, Statement> prepare, long number)
    {
        var recipients = new List<long>();
        var statement = prepare("SELECT agency_id FROM delivery WHERE document = ?1 ORDER BY ordinal").Bind(1, number);
        try
        {
            while (statement.Step()) recipients.Add(statement.Long(0));
        }
        finally
        {
            statement.Reset();
        }
        return recipients;
    }

    private sealed record Row(string Subject, string Code, long Sender, BusinessType Kind)
    {
        public string Terms(IEnumerable<long> recipients) => LookUpTerms.Of(Subject, Code, Sender, Kind, recipients);
    }
}
