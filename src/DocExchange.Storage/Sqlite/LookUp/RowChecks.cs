using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.LookUp;

/// <summary>
/// What the rows have the last word on: who may see a document, whatever the index says, and beginnings of a number and notation that are
/// too long for the index.
/// </summary>
internal sealed class RowChecks(Database database, Scope scope, DocumentSearch search)
{
    private readonly string? _beginning =
        search is { Code: { } code, WholeCode: false } && LookUpTerms.Code(code) is { Length: > LookUpTerms.LongestBeginning } moved ? moved : null;

    public bool Hold(long number) => IsVisible(number) && (_beginning is null || Begins(number));

    private bool IsVisible(long number)
    {
        if (scope.IsUnscoped) return true;
        var sender = database.Prepare("SELECT sender_id FROM document WHERE number = ?1").Bind(1, number).RunScalar();
        if (search.Direction != SearchDirection.Received && sender is { } id && scope.Allows(id)) return true;
        return search.Direction != SearchDirection.Sent && HasCopy(number);
    }

    private bool HasCopy(long number)
    {
        var statement = database.Prepare("SELECT agency_id FROM delivery WHERE document = ?1").Bind(1, number);
        try
        {
            while (statement.Step())
            {
                if (scope.Allows(statement.Long(0))) return true;
            }
            return false;
        }
        finally
        {
            statement.Reset();
        }
    }

    private bool Begins(long number)
    {
        var statement = database.Prepare("SELECT code FROM document WHERE number = ?1").Bind(1, number);
        try
        {
            return statement.Step() && LookUpTerms.Code(statement.Text(0)).StartsWith(_beginning!, StringComparison.Ordinal);
        }
        finally
        {
            statement.Reset();
        }
    }
}
