using System.Text.Json;
using DocExchange.Core;

namespace DocExchange.Storage.Sqlite;

/// <summary>
/// Who a data folder is: kept beside the store, so that an emptied or exchanged store is noticed before it answers in the hub's name.
/// </summary>
internal sealed record FolderIdentity(string HubName, string Origin)
{
    private const string FileName = "identity.json";

    public static FolderIdentity? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        return JsonSerializer.Deserialize<FolderIdentity>(File.ReadAllBytes(path)) ?? throw new StoreRefusedException($"{path} cannot be read.");
    }

    public void Write(string folder) => DurableFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this));
}
