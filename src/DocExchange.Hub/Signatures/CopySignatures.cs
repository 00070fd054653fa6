using DocExchange.Hub.Evidence;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Hub.Signatures;

/// <summary>The hub's own signature over what it delivers: made when it is first asked for, then kept. Every edge hands out the same.</summary>
internal sealed class CopySignatures(SqliteStore store, SigningKeyFile key, TimeProvider time)
{
    public const string MediaType = "application/pkcs7-signature";

    /// <summary>A detached CMS in DER over the bytes with this digest.</summary>
    /// <param name="digest">SHA-256 of bytes the hub holds and the caller may have.</param>
    public async Task<byte[]> OfAsync(ReadOnlyMemory<byte> digest)
    {
        if (store.CopySignatures.Find(digest) is { } kept) return kept;
        await store.CopySignatures.KeepAsync(digest, key.ForDocuments.SignDigest(digest.ToArray(), time.GetUtcNow())).ConfigureAwait(false);
        return store.CopySignatures.Find(digest)!;
    }
}
