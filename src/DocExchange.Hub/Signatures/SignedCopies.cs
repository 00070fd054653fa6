using System.Security.Cryptography;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing.Xml;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Evidence;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Hub.Signatures;

/// <summary>
/// What a system fetches: the package as it was accepted or, where the system wants that, a copy with the hub's signature inside, made at the first
/// fetch and the same ever after.
/// </summary>
public sealed class SignedCopies(SqliteStore store, SigningKeyFile key, IPackageStore packages, TimeProvider time)
{
    private const int MadeAtOnce = 1024 * 1024;

    /// <summary>The caller's item with the digest and the length of what it gets; null when it is not the caller's.</summary>
    public async ValueTask<MailboxItem?> FindAsync(PartnerSystem system, Scope scope, string itemId, CancellationToken cancellationToken)
    {
        var item = await store.Exchange.FindItemAsync(scope, itemId, cancellationToken).ConfigureAwait(false);
        // Read anew: of two that are made at once, the first one kept counts.
        return item is not null && await EnsureAsync(system, item, cancellationToken).ConfigureAwait(false)
            ? await store.Exchange.FindItemAsync(scope, itemId, cancellationToken).ConfigureAwait(false)
            : item;
    }

    /// <summary>True when a copy was made just now, so that the item is to be read anew.</summary>
    public async ValueTask<bool> EnsureAsync(PartnerSystem system, MailboxItem item, CancellationToken cancellationToken) =>
        system.WantsSignedCopies && item is { Kind: MessageKind.Document, HasOwnCopy: false, Withheld: null } && await MakeAsync(system, item, cancellationToken).ConfigureAwait(false);

    /// <summary>False when the content is not there: whoever asked will find that out.</summary>
    private async Task<bool> MakeAsync(PartnerSystem system, MailboxItem item, CancellationToken cancellationToken)
    {
        if (await packages.OpenAsync(item.Digest, cancellationToken).ConfigureAwait(false) is not { } original) return false;
        await using var reading = original.ConfigureAwait(false);
        var signer = key.ForDocuments;
        // Reading blocks on the disk; a small package is in memory.
        var made = item.Length > MadeAtOnce ? await Task.Run(() => Make(original), cancellationToken).ConfigureAwait(false) : Make(original);
        using var staged = made?.Staged;
        // Let go only after the commit: until then its file is named by nobody.
        var body = made is { } copy ? new StoredBody(copy.Digest, copy.Staged.Length, copy.Staged.Keep(copy.Digest)) : null;
        var detail = $"package sha256:{Convert.ToHexStringLower(item.Digest.Span)}, {(body is null ? "delivered as it is" : "signed with key " + signer.KeyId)}";
        await store.SignedCopies.KeepAsync(item, body, (system.Id, system.SystemId), detail).ConfigureAwait(false);
        return true;

        (IStagedPackage Staged, byte[] Digest)? Make(Stream package) =>
            HubSignedPackage.Make(package, signer, store.Trust.Current.Book, time.GetUtcNow()) is { } signed ? Stage(signed, package) : null;
    }

    private (IStagedPackage Staged, byte[] Digest) Stage(HubSignedPackage signed, Stream package)
    {
        var staged = packages.Stage(null);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            signed.Write(package, bytes =>
            {
                hash.AppendData(bytes);
                staged.Append(bytes);
            });
            staged.End();
            return (staged, hash.GetHashAndReset());
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }
}
