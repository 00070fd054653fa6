using DocExchange.Core.Parties;

namespace DocExchange.Storage.Sqlite.Parties;

/// <summary>Accounts, locks and approvals as rows.</summary>
internal static class AccountRows
{
    private const string Columns = "SELECT id, name, password_hash, role, agency_id, enabled, totp, totp_step, recovery, issuer, subject FROM account";

    /// <summary>Keeps the second factor and the link to an issuer as they are.</summary>
    public static void Save(WriteSession session, Account account) =>
        session.Prepare("""
            INSERT INTO account (name, password_hash, role, agency_id, enabled) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (name) DO UPDATE SET password_hash = ?2, role = ?3, agency_id = ?4, enabled = ?5
            """)
            .Bind(1, account.Name).Bind(2, account.PasswordHash).Bind(3, (long)account.Role).Bind(4, account.AgencyId).Bind(5, account.Enabled).Run();

    public static Account? Find(Database database, string name) => database.ReadAll(Columns + " WHERE name = ?1", Read, s => s.Bind(1, name)) is [var found, ..] ? found : null;

    public static Account? FindLinked(Database database, IssuedIdentity identity) =>
        database.ReadAll(Columns + " WHERE issuer = ?1 AND subject = ?2", Read, s => s.Bind(1, identity.Issuer).Bind(2, identity.Subject)) is [var found] ? found : null;

    public static long? HolderOf(WriteSession session, IssuedIdentity identity) =>
        session.Prepare("SELECT id FROM account WHERE issuer = ?1 AND subject = ?2").Bind(1, identity.Issuer).Bind(2, identity.Subject).RunScalar();

    public static void Link(WriteSession session, long account, IssuedIdentity? identity) =>
        session.Prepare("UPDATE account SET issuer = ?2, subject = ?3 WHERE id = ?1").Bind(1, account).Bind(2, identity?.Issuer).Bind(3, identity?.Subject).Run();

    public static long IdOf(WriteSession session, string name) => session.Prepare("SELECT id FROM account WHERE name = ?1").Bind(1, name).RunScalar()!.Value;

    public static IReadOnlyList<Account> List(Database database) => database.ReadAll(Columns + " ORDER BY name", Read);

    public static void Save(WriteSession session, long account, SecondFactor? factor)
    {
        var statement = session.Prepare("UPDATE account SET totp = ?2, totp_step = ?3, recovery = ?4 WHERE id = ?1").Bind(1, account);
        if (factor is null) statement.Null(2).Bind(3, 0).Null(4).Run();
        else statement.Bind(2, factor.Secret.Span).Bind(3, factor.LastStep).Bind(4, factor.Recovery.Span).Run();
    }

    public static bool UseStep(WriteSession session, long account, long step) =>
        session.Prepare("UPDATE account SET totp_step = ?2 WHERE id = ?1 AND totp_step < ?2 RETURNING 1").Bind(1, account).Bind(2, step).RunScalar() is not null;

    public static byte[]? RecoveryOf(WriteSession session, long account) =>
        session.Prepare("SELECT recovery FROM account WHERE id = ?1 AND recovery IS NOT NULL").Bind(1, account).ReadAll(row => row.Blob(0)) is [var hashes] ? hashes : null;

    public static void SaveRecovery(WriteSession session, long account, byte[] hashes) =>
        session.Prepare("UPDATE account SET recovery = ?2 WHERE id = ?1").Bind(1, account).Bind(2, hashes).Run();

    public static void Save(WriteSession session, SignInLock locked) =>
        session.Prepare("INSERT INTO sign_in_lock (key, times, last, locked_until) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (key) DO UPDATE SET times = ?2, last = ?3, locked_until = ?4")
            .Bind(1, locked.Key).Bind(2, locked.Times).Bind(3, locked.Last).Bind(4, locked.Until).Run();

    public static IReadOnlyList<SignInLock> ListLocks(Database database) =>
        database.ReadAll("SELECT key, times, last, locked_until FROM sign_in_lock", row => new SignInLock(row.Text(0), row.Int(1), row.Time(2), row.Time(3)));

    public static void Add(WriteSession session, Approval approval) =>
        session.Prepare("INSERT INTO approval (id, act, subject, asked_by, asked_at, state) VALUES (?1, ?2, ?3, ?4, ?5, 0)")
            .Bind(1, approval.Id).Bind(2, approval.Act).Bind(3, approval.Subject).Bind(4, approval.AskedBy).Bind(5, session.Now).Run();

    public static IReadOnlyList<Approval> ListApprovals(Database database) => database.ReadAll(
        "SELECT id, act, subject, asked_by, asked_at, state, decided_by, decided_at FROM approval ORDER BY asked_at DESC, id LIMIT 1000", ReadApproval);

    /// <summary>Who asked may take it back, but not approve it.</summary>
    public static Approval? Decide(WriteSession session, string id, ApprovalState decision, string actor) => session.Prepare("""
        UPDATE approval SET state = ?2, decided_by = ?3, decided_at = ?4 WHERE id = ?1 AND state = 0 AND (?2 <> 1 OR asked_by <> ?3)
        RETURNING id, act, subject, asked_by, asked_at, state, decided_by, decided_at
        """).Bind(1, id).Bind(2, (long)decision).Bind(3, actor).Bind(4, session.Now).ReadAll(ReadApproval) is [var decided] ? decided : null;

    private static Approval ReadApproval(Statement row) =>
        new(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Time(4), (ApprovalState)row.Int(5), row.TextOrNull(6), row.TimeOrNull(7));

    private static Account Read(Statement row) => new(row.Long(0), row.Text(1), row.Text(2), (Role)row.Int(3), row.LongOrNull(4), row.Bool(5))
    {
        SecondFactor = row.IsNull(6) ? null : new SecondFactor(row.Blob(6), row.Long(7), row.IsNull(8) ? default(ReadOnlyMemory<byte>) : row.Blob(8)),
        Identity = row.TextOrNull(9) is { } issuer ? new IssuedIdentity(issuer, row.Text(10)) : null,
    };
}
