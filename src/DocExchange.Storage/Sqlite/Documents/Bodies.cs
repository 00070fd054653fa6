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
        return session.Prepare("INSERT INTO body (digest, size, stored_at, shared_file, shared_offset) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id")
            .Bind(1, body.Digest.Span).Bind(2, body.Length).Bind(3, session.Now).Bind(4, place?.File).Bind(5, place?.Offset).RunScalar()!.Value;
    }

    /// <summary>The row of a package that is put together of another body when it is read.</summary>
    public static long Ensure(WriteSession session, DerivedPackage package, long original)
    {
        var known = session.Prepare("SELECT id FROM body WHERE digest = ?1").Bind(1, package.Digest.Span).RunScalar();
        if (known is { } id) return id;
        return session.Prepare("INSERT INTO body (digest, size, stored_at, derived_from, outline) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id")
            .Bind(1, package.Digest.Span).Bind(2, package.Outline.Length).Bind(3, session.Now).Bind(4, original).Bind(5, package.Outline.ToBytes()).RunScalar()!.Value;
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
        var statement = database.Prepare("""
            SELECT b.size, b.shared_file, b.shared_offset, b.inline_bytes, b.outline, o.digest
            FROM body b LEFT JOIN body o ON o.id = b.derived_from WHERE b.digest = ?1
            """).Bind(1, digest);
        try
        {
            if (!statement.Step()) return null;
            var place = statement.LongOrNull(1) is { } file ? new SharedPlace(file, statement.Long(2)) : (SharedPlace?)null;
            var derived = statement.IsNull(4) ? null : new DerivedRow(statement.Blob(4), statement.Blob(5));
            return new BodyRow(statement.Long(0), place, statement.IsNull(3) ? null : statement.Blob(3), derived);
        }
        finally
        {
            statement.Reset();
        }
    }
}

/// <param name="Place">In a shared file; null when the bytes are in the row or a file of their own.</param>
/// <param name="Inline">The bytes, of a store that still kept small ones in the row.</param>
/// <param name="Derived">Of a package that is put together when it is read; null for bytes that lie somewhere.</param>
internal sealed record BodyRow(long Size, SharedPlace? Place, byte[]? Inline, DerivedRow? Derived);

/// <summary>The outline of a package, and the digest of the request it tells about.</summary>
internal sealed record DerivedRow(byte[] Outline, byte[] Original);
