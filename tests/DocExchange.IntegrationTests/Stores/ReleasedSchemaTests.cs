using System.Security.Cryptography;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.Core.Tracking;
using DocExchange.Storage;
using DocExchange.Storage.Sqlite;

namespace DocExchange.IntegrationTests.Stores;

/// <summary>
/// Stores as earlier versions left them, one folder for each released schema. They are opened by today's program: an upgrade that cannot
/// read yesterday's data, or changes a receipt that was handed out, fails here.
/// </summary>
public sealed class ReleasedSchemaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("docexchange-schema-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("schema-1", "7796fc4a0000010000000004")]
    [InlineData("schema-3", "dabb2d7c0000010000000004")]
    [InlineData("schema-8", "912ca45e0000010000000004")]
    public async Task A_store_of_an_earlier_schema_opens_and_gives_the_same_receipt_as_the_day_it_was_made(string folder, string letter)
    {
        var released = Path.Combine(AppContext.BaseDirectory, "Stores", folder);
        Take(released, "identity.json", "store/exchange.db", "bodies-small/0000000001");
        var handedOut = await File.ReadAllBytesAsync(Path.Combine(released, "letter.receipt.json"));
        Assert.NotNull(ReceiptFormat.TryParse(handedOut, out _));
        var id = ReceiptFormat.TryParse(handedOut, out _)!.Id;

        var parties = new CurrentParties();
        using var key = KeyStore.OpenOrCreate(Path.Combine(_folder, "keys"), "docexchange", TimeProvider.System, allowSample: true);
        using var store = SqliteStore.Open(new StoreOptions(_folder, "docexchange"), key, TimeProvider.System, parties);
        await store.Parties.LoadAsync(default);

        var parts = await store.Exchange.FindReceiptAsync(Scope.Everything(), id, default);
        Assert.Equal(handedOut, ReceiptFormat.Render(parts!));
        var track = await store.Exchange.TrackAsync(Scope.Everything(), letter, default);
        Assert.Equal([1, 3], track!.Statuses.Select(s => s.Code));
        Assert.Equal(16, parties.Book.Directory.Count);
        // The first was written before there was an index to search.
        var found = await store.Exchange.SearchAsync(Scope.Everything(), new DocumentSearch { Code = track.Code, WholeCode = true }, default);
        Assert.Contains(track.DocId, found.Documents.Select(d => d.DocId));
        await using var original = await store.Packages.OpenAsync(track.Digest, default);
        Assert.Equal(track.Digest.ToArray(), await SHA256.HashDataAsync(original!));
    }

    /// <summary>Copies those of the files that this schema had.</summary>
    private void Take(string released, params string[] files)
    {
        foreach (var file in files.Where(f => File.Exists(Path.Combine(released, f))))
        {
            var target = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(released, file), target);
        }
    }
}
