using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Soap;

public sealed class XopContractTests : EdgeContract
{
    private protected override async Task<(bool Accepted, string? ReceiptId, string Answer)> SendAsync(TestHub hub, byte[] package, string system, string kind)
    {
        var reply = await hub.SendXopAsync(package, system);
        return (reply.Status == 200, reply["ReceiptId"], reply.Text);
    }
}

public sealed class InlineContractTests : EdgeContract
{
    private protected override async Task<(bool Accepted, string? ReceiptId, string Answer)> SendAsync(TestHub hub, byte[] package, string system, string kind)
    {
        var reply = await hub.SoapAsync(system, "SendDocument", $"<d:Package>{Convert.ToBase64String(package, Base64FormattingOptions.InsertLineBreaks)}</d:Package>");
        return (reply.Status == 200, reply["ReceiptId"], reply.Text);
    }
}
