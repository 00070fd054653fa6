namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>Ids that an earlier epoch gave out behind the backup it was restored from.</summary>
internal static class LostIds
{
    public static bool IsLost(Database database, EpochIds ids, string id) =>
        (ids.TryParseReceipt(id, out var index) && index < ids.FirstNumber && IsBehind(database, "SELECT max(idx) FROM log WHERE idx < ?1", index))
        || (ids.TryParse(id, out var number) && number < ids.FirstNumber && IsBehind(database, "SELECT max(number) FROM document WHERE number < ?1", number));

    private static bool IsBehind(Database database, string last, long number) =>
        number > (database.Prepare(last).Bind(1, EpochIds.EndOfEpoch(number)).RunScalar() ?? 0);
}
