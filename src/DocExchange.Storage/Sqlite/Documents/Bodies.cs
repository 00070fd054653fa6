using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>The rows that name stored bytes. One digest may belong to several documents; it is stored once.</summary>
internal static class Bodies
{
    /// <summary>The row of this body, made now unless it is there.</summary>
    public static long Ensure(WriteSession session, StoredBody body)
    {
        var known = session.Prepare("SELECT id FROM body WHERE digest = ?1").Bind(1, body.Digest.Span).RunScalar();
        if (known is { } id) return id;
        var statement = session.Prepare("INSERT INTO body (digest, size, stored_at, inline_bytes) VALUES (?1, ?2, ?3, ?4) RETURNING id")
            .Bind(1, body.Digest.Span).Bind(2, body.Length).Bind(3, session.Now);
        if (body.Inline is { } bytes) statement.Bind(4, bytes.Span);
        return statement.RunScalar()!.Value;
    }
}
