using System.Security.Cryptography;
using DocExchange.Core;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>The pages of one generation of the store's log as a backup keeps them: byte for byte the beginning of that log.</summary>
internal sealed class ChangesFile : IDisposable
{
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool _synced = true;

    public ChangesFile(string folder, string name)
    {
        Name = name;
        _file = DurableFile.Create(Path.Combine(folder, name));
    }

    public string Name { get; }

    public long Length => _file.Length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        _hash.AppendData(bytes);
        _synced = false;
    }

    /// <summary>Makes what was appended durable and says what the manifest shall say of it.</summary>
    public BackupFile Sync()
    {
        if (!_synced) DurableFile.SyncFile(_file.SafeFileHandle);
        _synced = true;
        return new BackupFile(Name, _file.Length, Convert.ToHexStringLower(_hash.GetCurrentHash()));
    }

    public void Dispose()
    {
        _hash.Dispose();
        _file.Dispose();
    }
}
