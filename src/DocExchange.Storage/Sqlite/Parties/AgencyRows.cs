using System.Text.Json;
using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Routing;

namespace DocExchange.Storage.Sqlite.Parties;

/// <summary>Agencies as rows.</summary>
internal static class AgencyRows
{
    public static AgencyDirectory Load(Database database)
    {
        var aliases = new Dictionary<long, string[]>();
        foreach (var (id, code) in database.ReadAll("SELECT agency_id, code FROM agency_alias", row => (row.Long(0), row.Text(1))))
        {
            aliases[id] = aliases.TryGetValue(id, out var known) ? [.. known, code] : [code];
        }
        return new AgencyDirectory(database.ReadAll("""
            SELECT id, code, name, parent_id, kind, valid_from, valid_to, successor_id, locked_since, mail, refuse_repeated, axis, focal_points, version, changed, changed_at
            FROM agency
            """, row => new Agency(row.Long(0), row.Text(1), row.Text(2), row.LongOrNull(3), (AgencyKind)row.Int(4), row.TimeOrNull(5), row.TimeOrNull(6),
                row.LongOrNull(7), row.TimeOrNull(8), row.TextOrNull(9), row.Bool(10))
            {
                Aliases = aliases.GetValueOrDefault(row.Long(0)) ?? [],
                Axis = row.TextOrNull(11),
                FocalPoints = row.TextOrNull(12) is { } people ? JsonSerializer.Deserialize<FocalPoint[]>(people) ?? [] : [],
                Version = row.Int(13),
                Changed = row.Long(14),
                ChangedAt = row.TimeOrNull(15),
            }));
    }

    /// <summary>The id and the last change of the agency with this code; null for none.</summary>
    public static (long Id, long Changed)? Find(WriteSession session, string code)
    {
        var statement = session.Prepare("SELECT id, changed FROM agency WHERE code = ?1").Bind(1, code);
        try
        {
            return statement.Step() ? (statement.Long(0), statement.Long(1)) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Adds or changes the agency of that code. A new alias is taken from whoever had it.</summary>
    /// <param name="changed">Index of the log entry that witnesses it.</param>
    public static Agency Save(WriteSession session, Agency agency, long changed, bool withAliases = true)
    {
        var saved = Upsert(session, agency with { Changed = changed, ChangedAt = session.Now });
        if (!withAliases) return saved;
        session.Prepare("DELETE FROM agency_alias WHERE agency_id = ?1").Bind(1, saved.Id).Run();
        foreach (var alias in saved.Aliases)
        {
            session.Prepare("INSERT INTO agency_alias (code, agency_id) VALUES (?1, ?2) ON CONFLICT (code) DO UPDATE SET agency_id = ?2").Bind(1, alias).Bind(2, saved.Id).Run();
        }
        return saved;
    }

    private static Agency Upsert(WriteSession session, Agency agency)
    {
        var statement = session.Prepare("""
            INSERT INTO agency (code, name, name_folded, parent_id, kind, valid_from, valid_to, successor_id, locked_since, mail, refuse_repeated, axis, focal_points, changed, changed_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
            ON CONFLICT (code) DO UPDATE SET name = ?2, name_folded = ?3, parent_id = ?4, kind = ?5, valid_from = ?6, valid_to = ?7, successor_id = ?8,
              locked_since = ?9, mail = ?10, refuse_repeated = ?11, axis = ?12, focal_points = ?13, changed = ?14, changed_at = ?15, version = version + 1
            RETURNING id, version
            """)
            .Bind(1, agency.Code).Bind(2, agency.Name).Bind(3, FoldedText.Fold(agency.Name)).Bind(4, agency.ParentId).Bind(5, (long)agency.Kind)
            .Bind(6, agency.ValidFrom).Bind(7, agency.ValidTo).Bind(8, agency.SuccessorId).Bind(9, agency.LockedSince).Bind(10, agency.Mail)
            .Bind(11, agency.RefuseRepeatedNumber).Bind(12, agency.Axis).Bind(13, agency.FocalPoints.Count == 0 ? null : JsonSerializer.Serialize(agency.FocalPoints))
            .Bind(14, agency.Changed).Bind(15, agency.ChangedAt);
        try
        {
            statement.Step();
            return agency with { Id = statement.Long(0), Version = statement.Int(1), Aliases = [.. agency.Aliases.Select(a => a.ToUpperInvariant()).Distinct()] };
        }
        finally
        {
            statement.Reset();
        }
    }
}
