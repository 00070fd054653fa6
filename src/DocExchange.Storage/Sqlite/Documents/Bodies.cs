using DocExchange.Core.Tracking;
using DocExchange.Storage.Packages;

namespace DocExchange.Storage.Sqlite.Documents;

/// <summary>The rows that name stored bytes. One digest may belong to several documents; it is stored once.</summary>
internal static class Bodies
{
    /// <summary>The row of this body, made now unless it is there.</summary>
    public static long Ensure(WriteSession session, StoredBody body)
    {
        var known = session.Prepare("SELECT id FROM body WHERE digest = ?1").Bind(1, body.Digest.Span).RunScalar();
        if (known is { } id) return id;
        var place = body.Small is { } bytes ? session.SmallBodies.Add(bytes) : (SharedPlace?)null;
        session.Prepare("INSERT INTO body (digest, size, stored_at, shared_file, shared_offset) VALUES (?1, ?2, ?3, ?4, ?5)")
            .Bind(1, body.Digest.Span).Bind(2, body.Length).Bind(3, session.Now).Bind(4, place?.File).Bind(5, place?.Offset).Run();
        return session.LastRowId;
    }

    /// <summary>How far the shared files must reach at least: where the newest body in them ends.</summary>
    public static SharedPlace? EndOfNewestShared(Database database)
    {
        var statement = database.Prepare("SELECT shared_file, shared_offset + size FROM body WHERE shared_file IS NOT NULL ORDER BY id DESC LIMIT 1");
        try
        {
            return statement.Step() ? new SharedPlace(statement.Long(0), statement.Long(1)) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    public static BodyRow? Find(Database database, byte[] digest)
    {
        var statement = database.Prepare("SELECT size, shared_file, shared_offset, inline_bytes FROM body WHERE digest = ?1").Bind(1, digest);
        try
        {
            if (!statement.Step()) return null;
            var place = statement.LongOrNull(1) is { } file ? new SharedPlace(file, statement.Long(2)) : (SharedPlace?)null;
            return new BodyRow(statement.Long(0), place, statement.IsNull(3) ? null : statement.Blob(3));
        }
        finally
        {
            statement.Reset();
        }
    }
}

/// <param name="Place">In a shared file; null when the bytes are in the row or a file of their own.</param>
/// <param name="Inline">The bytes, of a store that still kept small ones in the row.</param>
internal sealed record BodyRow(long Size, SharedPlace? Place, byte[]? Inline);
