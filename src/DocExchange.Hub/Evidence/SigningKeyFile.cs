using System.Security.Cryptography;
using DocExchange.Core.Evidence;
using DocExchange.Core.Signing;
using DocExchange.Hub.Operations;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Hub.Evidence;

/// <summary>The keys that sign, from file or token; takes up one that was put in another's place while the hub runs.</summary>
public sealed class SigningKeyFile : IDisposable
{
    private readonly SqliteStore _store;
    private readonly string _folder;
    private readonly bool _allowSample;
    private byte[] _known;
    private byte[] _knownForDocuments;
    private HubKey _current;
    private HubKey? _documents;

    /// <param name="current">The key the store was opened with; owned from now on.</param>
    /// <exception cref="KeyStoreException">The key for documents is there and cannot be used.</exception>
    public SigningKeyFile(HubOptions options, SqliteStore store, HubKey current)
    {
        (_store, _current) = (store, current);
        _folder = Path.Combine(Path.GetFullPath(options.Data), "keys");
        _allowSample = options.Mode == HubMode.Sandbox;
        (_known, _knownForDocuments) = (Digest(KeySlot.Receipts), Digest(KeySlot.Documents));
        _documents = Open(KeySlot.Documents);
    }

    /// <summary>The key that signs evidence.</summary>
    public HubKey Current => _current;

    /// <summary>The key that signs copies of documents: its own, or that of the evidence where it has none.</summary>
    public HubKey ForDocuments => _documents ?? _current;

    /// <summary>Signs with another key from now on when there is another one. Returns whether that of the evidence is.</summary>
    /// <exception cref="KeyStoreException">The file or token cannot be used; the key of before signs on.</exception>
    public async Task<bool> ReloadAsync()
    {
        await ReloadDocumentsAsync().ConfigureAwait(false);
        var found = Digest(KeySlot.Receipts);
        if (found.AsSpan().SequenceEqual(_known)) return false;
        var next = Open(KeySlot.Receipts) ?? throw new KeyStoreException($"The signing key in {_folder} is gone.");
        var before = _current;
        await _store.UseKeyAsync(next).ConfigureAwait(false);
        (_current, _known) = (next, found);
        // Whoever signs with the former one at this moment still needs it: it goes when nobody holds it any more.
        return next.ChainId != before.ChainId;
    }

    public void Dispose()
    {
        _current.Dispose();
        _documents?.Dispose();
    }

    private async Task ReloadDocumentsAsync()
    {
        var found = Digest(KeySlot.Documents);
        if (found.AsSpan().SequenceEqual(_knownForDocuments)) return;
        var (before, next) = (ForDocuments.KeyId, Open(KeySlot.Documents));
        try
        {
            // Written down first: while the store is away the former key signs on, and the next round tries again.
            await _store.Exchange.RecordEventAsync(
                new EvidenceEntry { Event = EvidenceEvents.DocumentKeyChanged, Time = default, Detail = $"{before} {(next ?? _current).KeyId}" }, CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            next?.Dispose();
            throw;
        }
        // Whoever signs with the former one at this moment still needs it: it goes when nobody holds it any more.
        (_documents, _knownForDocuments) = (next, found);
    }

    private HubKey? Open(KeySlot slot)
    {
        var key = KeyStore.Find(_folder, slot);
        if (key is not { IsSample: true } || _allowSample) return key;
        key.Dispose();
        throw new KeyStoreException($"The key for {slot.Word} is a sample, which Production refuses.");
    }

    private byte[] Digest(KeySlot slot)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in (string[])[slot.TokenFile, slot.Pkcs12File])
        {
            var file = Path.Combine(_folder, name);
            if (!File.Exists(file)) continue;
            hash.AppendData(File.ReadAllBytes(file));
            // What lies beside the place of a token's key does not count.
            if (name == slot.TokenFile) break;
        }
        return hash.GetHashAndReset();
    }
}
