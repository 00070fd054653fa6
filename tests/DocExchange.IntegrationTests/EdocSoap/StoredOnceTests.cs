using System.Security.Cryptography;
using DocExchange.Core;
using DocExchange.Core.Packages;
using DocExchange.IntegrationTests.Backups;
using DocExchange.IntegrationTests.EdocRest;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using DocExchange.Storage.Sqlite.Backups;

namespace DocExchange.IntegrationTests.EdocSoap;

/// <summary>A message is kept once: the package that follows from it is put together when it is read, from the same bytes, also after a restore.</summary>
public sealed class StoredOnceTests : IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("docexchange-once-").FullName;

    public void Dispose() => Directory.Delete(_work, recursive: true);

    [Fact]
    public async Task A_message_and_its_package_are_stored_in_the_size_of_the_message_and_a_backup_gives_both_back()
    {
        var (data, backup, restored) = (Path.Combine(_work, "data"), Path.Combine(_work, "backup"), Path.Combine(_work, "restored"));
        var file = new byte[1_000_000];
        new Random(1).NextBytes(file);
        Message large = new() { Files = [("a@x", "cong-van.pdf", [.. Message.Pdf, .. file])] }, small = new();
        Dictionary<string, byte[]> packages = [];
        await using (var hub = await TestHub.StartAsync(data))
        {
            await hub.AllowEdocAsync(TestHub.Province, TestHub.Department);
            foreach (var message in (Message[])[large, small]) (await hub.SoapSendAsync(message)).Ok();
            foreach (var (id, bytes) in await FetchAsync(hub)) packages.Add(id, bytes);
            Assert.Equal(0, (await HubProgram.RunAsync("backup", "--to", backup, "--data", data)).Code);
        }

        var kept = Assert.Single(Directory.GetFiles(Path.Combine(data, "bodies"), "*", SearchOption.AllDirectories));
        Assert.InRange(new FileInfo(kept).Length, file.Length, file.Length + 20_000);
        Assert.Equal(2, packages.Count);
        Assert.All(packages.Values, package => Assert.Empty(PackageReader.Read(package, PackageLimits.Default).Findings));
        StoreRestore.Run(backup, restored, TimeProvider.System);
        await using var again = await TestHub.StartAsync(restored);
        Assert.Equal(packages, await FetchAsync(again));
    }

    /// <summary>Every waiting package, each of which must be the one its item names.</summary>
    private static async Task<Dictionary<string, byte[]>> FetchAsync(TestHub hub)
    {
        var found = new Dictionary<string, byte[]>();
        foreach (var item in (await hub.GetAsync("inbox", TestHub.Department)).Is(200).Json.GetProperty("items").EnumerateArray())
        {
            var bytes = (await hub.GetAsync($"inbox/{item.GetProperty("itemId").GetString()}/content", TestHub.Department)).Is(200).Body;
            Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}", item.GetProperty("digest").ToString());
            found.Add(item.GetProperty("documentId").GetString()!, bytes);
        }
        return found;
    }
}
