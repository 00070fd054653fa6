using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Rest;

public sealed class RestContractTests : EdgeContract
{
    private protected override async Task<(bool Accepted, string? ReceiptId, string Answer)> SendAsync(TestHub hub, byte[] package, string system, string kind)
    {
        var reply = await hub.PostPackageAsync(package, system);
        return (reply.Status is 200 or 201, reply.ReceiptId, reply.Text);
    }
}
