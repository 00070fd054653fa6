using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Xml;
using DocExchange.IntegrationTests.Callers;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;

namespace DocExchange.IntegrationTests.Signatures;

/// <summary>A system that wants it fetches packages with the hub's signature inside: one copy for ever, and the original stays what it is.</summary>
public sealed class SignedCopyTests(HubFixture fixture) : IClassFixture<HubFixture>, IAsyncLifetime
{
    private const string Wanting = HubFixture.Health;

    private readonly TestHub _hub = fixture.Hub;

    public async Task InitializeAsync() => await _hub.PartyStore.SaveSystemAsync(_hub.Parties.FindSystem(Wanting)! with { WantsSignedCopies = true }, "test", default);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(1_000)]
    [InlineData(2_000_000)]
    public async Task Every_fetch_over_every_edge_gets_the_same_signed_copy_linked_to_the_original_by_evidence(int bytes)
    {
        var letter = new Letter { To = ["H30.13"], File = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n" + new string(' ', bytes) + "\ntrailer<</Root 1 0 R>>\n%%EOF\n") };
        var sent = (await _hub.PostPackageAsync(letter.Bytes)).Is(201);
        var item = await ItemAsync(letter, Wanting);

        var copy = (await _hub.GetAsync($"inbox/{item}/content", Wanting)).Is(200).Body;
        var again = (await _hub.GetAsync($"inbox/{item}/content", Wanting)).Is(200);
        var overVxp = new MemoryStream();
        await _hub.Client(Wanting).FetchAsync(item, overVxp);
        var detached = (await _hub.GetAsync($"inbox/{item}/signature", Wanting)).Is(200).Body;

        Assert.NotEqual(letter.Bytes, copy);
        Assert.Equal(copy, again.Body);
        Assert.Equal(copy, overVxp.ToArray());
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(copy))}\"", again.Headers.ETag!.Tag);
        using var root = X509CertificateLoader.LoadCertificate(_hub.Hub.Key.Chain[^1]);
        Assert.All(PackageSignatureCheck.Verify(new MemoryStream(copy), [root]), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        Assert.All(CopySignature.Verify(new MemoryStream(copy), detached, [root]), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        var entry = Assert.Single(await EvidenceReads.EventsAsync(_hub), e => e.Event == EvidenceEvents.CopySigned && e.Document == sent.DocId);
        Assert.Equal((Wanting, Convert.ToHexStringLower(SHA256.HashData(copy))), (entry.Caller, Convert.ToHexStringLower(entry.Digest!)));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(letter.Bytes)), entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_fetches_at_once_all_get_the_same_and_who_did_not_ask_for_it_gets_the_bytes_that_were_accepted()
    {
        var letter = new Letter { To = ["H30.13", "H30.12"] };
        (await _hub.PostPackageAsync(letter.Bytes)).Is(201);
        var item = await ItemAsync(letter, Wanting);

        var copies = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => (await _hub.GetAsync($"inbox/{item}/content", Wanting)).Is(200).Body));

        Assert.All(copies, copy => Assert.Equal(copies[0], copy));
        var own = await ItemAsync(letter, TestHub.Department);
        Assert.Equal(letter.Bytes, (await _hub.GetAsync($"inbox/{own}/content", TestHub.Department)).Is(200).Body);
    }

    private async Task<string> ItemAsync(Letter letter, string system) =>
        (await _hub.GetAsync("inbox", system)).Json.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("documentId").GetString() == letter.DocumentId).GetProperty("itemId").GetString()!;
}
