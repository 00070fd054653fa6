using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.EdocRest;

public sealed class EdocRestContractTests : EdgeContract
{
    private protected override Task PrepareAsync(TestHub hub) => hub.AllowEdocAsync(TestHub.Province, TestHub.Department, TestHub.Peer);

    private protected override async Task<(bool Accepted, string? ReceiptId, string Answer)> SendAsync(TestHub hub, byte[] package, string system, string kind)
    {
        var reply = await hub.EdocSendAsync(package, system, kind.ToUpperInvariant());
        return (reply.IsSuccess, reply.IsSuccess ? await hub.ReceiptIdAsync(system, reply.DocId) : reply.ReceiptId!, reply.Text);
    }
}
