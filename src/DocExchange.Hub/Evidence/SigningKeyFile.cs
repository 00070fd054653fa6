using System.Security.Cryptography;
using DocExchange.Core.Signing;
using DocExchange.Hub.Operations;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Hub.Evidence;

/// <summary>Takes up a signing key that was put in the old one's place while the hub runs.</summary>
public sealed class SigningKeyFile : IDisposable
{
    private readonly SqliteStore _store;
    private readonly string _folder;
    private readonly bool _allowSample;
    private readonly TimeProvider _time;
    private byte[] _known;
    private HubKey _current;

    /// <param name="current">The key the store was opened with; owned from now on.</param>
    public SigningKeyFile(HubOptions options, SqliteStore store, HubKey current, TimeProvider time)
    {
        (_store, _current, _time) = (store, current, time);
        _folder = Path.Combine(Path.GetFullPath(options.Data), "keys");
        _allowSample = options.Mode == HubMode.Sandbox;
        _known = Digest();
    }

    /// <summary>The key that signs.</summary>
    public HubKey Current => _current;

    /// <summary>Signs with the file's key from now on when it is another one. Returns whether it is.</summary>
    /// <exception cref="KeyStoreException">The file cannot be used; the key of before signs on.</exception>
    public async Task<bool> ReloadAsync()
    {
        var found = Digest();
        if (found.AsSpan().SequenceEqual(_known)) return false;
        var next = KeyStore.OpenOrCreate(_folder, "", _time, allowSample: false);
        if (next.IsSample && !_allowSample)
        {
            next.Dispose();
            throw new KeyStoreException("The new signing key is a sample, which Production refuses.");
        }
        var before = _current;
        await _store.UseKeyAsync(next).ConfigureAwait(false);
        (_current, _known) = (next, found);
        before.Dispose();
        return next.ChainId != before.ChainId;
    }

    public void Dispose() => _current.Dispose();

    private byte[] Digest()
    {
        var file = Path.Combine(_folder, KeyStore.SigningFile);
        return File.Exists(file) ? SHA256.HashData(File.ReadAllBytes(file)) : [];
    }
}
