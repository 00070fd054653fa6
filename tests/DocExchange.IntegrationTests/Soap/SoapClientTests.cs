using System.Security.Cryptography;
using DocExchange.Client;
using DocExchange.Client.Soap;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Soap;

public sealed class SoapClientTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    [Fact]
    public async Task Our_own_client_sends_lists_fetches_and_confirms_and_tells_refusals()
    {
        var hub = fixture.Hub;
        var letter = new Letter { File = [.. "%PDF-1.4\n"u8, .. new byte[2_000_000], .. "\n%%EOF\n"u8] };
        var ours = new SoapClient(hub.Http, hub.Address, $"{TestHub.Province}.{TestHub.Secret}");
        var theirs = new SoapClient(hub.Http, hub.Address, $"{TestHub.Department}.{TestHub.Secret}");

        var sent = await ours.SendAsync(new MemoryStream(letter.Bytes), ["H30.12"], "key-of-client");
        Assert.Equal(sent, await ours.SendAsync(new MemoryStream(letter.Bytes), ["H30.12"], "key-of-client"));
        Assert.Equal(sent with { Repeated = true }, await ours.SendAsync(new MemoryStream(letter.Bytes)));
        var item = (await theirs.InboxAsync("document")).Items.Single(i => i.DocumentId == letter.DocumentId);
        var fetched = new MemoryStream();
        Assert.Equal(item.Size, await theirs.FetchAsync(item.ItemId, fetched));
        Assert.Equal(item.Digest, Convert.ToHexStringLower(SHA256.HashData(fetched.ToArray())));
        Assert.True(await theirs.ConfirmAsync(item.ItemId));
        Assert.False(await theirs.ConfirmAsync(item.ItemId));

        var refused = await Assert.ThrowsAsync<HubRefusedException>(() => theirs.FetchAsync("nothing", Stream.Null));
        Assert.Equal(("DX-6001", "ItemId"), (refused.Problem.Code, refused.Problem.Path));
        Assert.NotEqual("", refused.Problem.DetailVi);
        Assert.False(sent.Repeated);
    }
}
