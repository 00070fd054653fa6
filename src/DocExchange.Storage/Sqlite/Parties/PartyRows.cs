using System.Text.Json;
using DocExchange.Core.Parties;

namespace DocExchange.Storage.Sqlite.Parties;

/// <summary>Systems, credentials and wishes as rows.</summary>
internal static class PartyRows
{
    public static (IReadOnlyList<PartnerSystem> Systems, IReadOnlyList<Credential> Credentials) LoadSystems(Database database)
    {
        var serves = database.ReadAll("SELECT system, agency_id, with_units FROM system_serves", row => (System: row.Long(0), Served: new Served(row.Long(1), row.Bool(2))))
            .ToLookup(s => s.System, s => s.Served);
        var systems = database.ReadAll("SELECT id, system_id, profile, enabled, may_register, dialects, addresses, axis, requires_certificate, signed_copies FROM system", row =>
            new PartnerSystem(row.Long(0), row.Text(1), (Profile)row.Int(2), row.Bool(3), [.. serves[row.Long(0)]], row.Bool(4))
            {
                Dialects = JsonSerializer.Deserialize<string[]>(row.Text(5)) ?? [],
                AllowedAddresses = JsonSerializer.Deserialize<string[]>(row.Text(6)) ?? [],
                Axis = row.TextOrNull(7),
                RequiresCertificate = row.Bool(8),
                WantsSignedCopies = row.Bool(9),
            });
        var credentials = database.ReadAll("SELECT id, system, kind, secret, valid_from, valid_to, revoked_at FROM credential", row =>
            new Credential(row.Text(0), row.Long(1), (CredentialKind)row.Int(2), row.Blob(3), row.Time(4), row.TimeOrNull(5), row.TimeOrNull(6)));
        return (systems, credentials);
    }

    public static PartnerSystem Save(WriteSession session, PartnerSystem system)
    {
        var id = session.Prepare("""
            INSERT INTO system (system_id, profile, enabled, may_register, dialects, addresses, axis, requires_certificate, signed_copies) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (system_id) DO UPDATE SET profile = ?2, enabled = ?3, may_register = ?4, dialects = ?5, addresses = ?6, axis = ?7, requires_certificate = ?8, signed_copies = ?9 RETURNING id
            """)
            .Bind(1, system.SystemId).Bind(2, (long)system.Profile).Bind(3, system.Enabled).Bind(4, system.MayRegisterAgencies)
            .Bind(5, JsonSerializer.Serialize(system.Dialects)).Bind(6, JsonSerializer.Serialize(system.AllowedAddresses)).Bind(7, system.Axis)
            .Bind(8, system.RequiresCertificate).Bind(9, system.WantsSignedCopies).RunScalar()!.Value;
        session.Prepare("DELETE FROM system_serves WHERE system = ?1").Bind(1, id).Run();
        foreach (var served in system.Serves)
        {
            session.Prepare("INSERT INTO system_serves (system, agency_id, with_units) VALUES (?1, ?2, ?3)")
                .Bind(1, id).Bind(2, served.AgencyId).Bind(3, served.WithUnits).Run();
        }
        return system with { Id = id };
    }

    public static void Add(WriteSession session, Credential credential) =>
        session.Prepare("INSERT INTO credential (id, system, kind, secret, valid_from, valid_to) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .Bind(1, credential.Id).Bind(2, credential.SystemId).Bind(3, (long)credential.Kind).Bind(4, credential.Secret.Span)
            .Bind(5, credential.ValidFrom).Bind(6, credential.ValidTo).Run();

    /// <summary>Ending in the past or now is a revocation; ending later is a change with overlap.</summary>
    public static bool End(WriteSession session, long systemId, string credentialId, DateTimeOffset? at)
    {
        // The session's clock may stand a moment before the caller's: "now" is said by null, never by a time of the caller's that would be later.
        var (column, time) = at is { } later && later > session.Now ? ("valid_to", later) : ("revoked_at", session.Now);
        return session.Prepare($"UPDATE credential SET {column} = ?3 WHERE id = ?1 AND system = ?2 AND revoked_at IS NULL RETURNING 1")
            .Bind(1, credentialId).Bind(2, systemId).Bind(3, time).RunScalar() is not null;
    }

    public static void File(WriteSession session, DirectoryRequest request) =>
        session.Prepare("INSERT INTO directory_request (id, system, is_deletion, code, name, parent_code, mail, filed_at, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)")
            .Bind(1, request.Id).Bind(2, request.SystemId).Bind(3, request.IsDeletion).Bind(4, request.Code).Bind(5, request.Name).Bind(6, request.ParentCode)
            .Bind(7, request.Mail).Bind(8, session.Now).Run();

    public static IReadOnlyList<DirectoryRequest> ListRequests(Database database) => database.ReadAll("""
        SELECT id, system, is_deletion, code, name, parent_code, mail, filed_at, state FROM directory_request ORDER BY filed_at DESC, id LIMIT 1000
        """, row => new DirectoryRequest(row.Text(0), row.Long(1), row.Bool(2), row.Text(3), row.TextOrNull(4), row.TextOrNull(5), row.TextOrNull(6), row.Time(7),
            (DirectoryRequestState)row.Int(8)));

    public static bool Decide(WriteSession session, string id, DirectoryRequestState decision, string actor) =>
        session.Prepare("UPDATE directory_request SET state = ?2, decided_by = ?3, decided_at = ?4 WHERE id = ?1 AND state = 0 RETURNING 1")
            .Bind(1, id).Bind(2, (long)decision).Bind(3, actor).Bind(4, session.Now).RunScalar() is not null;
}
