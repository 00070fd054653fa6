using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>The rows that name stored bytes. One digest may belong to several documents; it is stored once.</summary>
internal static class Bodies
{
    public static void Ensure(WriteSession session, StoredBody body)
    {
        var statement = session.Prepare("INSERT OR IGNORE INTO body (digest, size, stored_at, inline_bytes) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, body.Digest.Span).Bind(2, body.Length).Bind(3, session.Now);
        if (body.Inline is { } bytes) statement.Bind(4, bytes.Span);
        statement.Run();
    }
}
