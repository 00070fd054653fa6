using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Hub;
using static DocExchange.IntegrationTests.Soap.SecurityHeaders;

namespace DocExchange.IntegrationTests.Soap;

public sealed class SoapSecurityTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Without_credentials_or_with_wrong_ones_nothing_is_read()
    {
        var refused = await Hub.PostSoapAsync(SoapCalls.Envelope("<d:ListInbox/>"), null);
        refused.Refuses("DX-0002");
        (await Hub.PostSoapAsync(SoapCalls.Envelope("<d:ListInbox/>"), "nobody")).Refuses("DX-0001");
        (await Hub.PostSoapAsync(SoapCalls.Envelope("<d:ListInbox/>"), null, ("Authorization", $"Bearer {TestHub.Province}.wrong"))).Refuses("DX-0001");
        (await Hub.PostSoapAsync(SoapCalls.Envelope("<d:ListInbox/>"), null, ("Authorization", "Negotiate abc"))).Refuses("DX-0001");
        (await Hub.PostSoapAsync(SoapCalls.Envelope("<d:ListInbox/>"), null, ("Authorization", $"Bearer {TestHub.Province}.{TestHub.Secret}"))).Ok();
    }

    [Fact]
    public async Task A_password_in_the_text_is_the_systems_key_with_or_without_its_name()
    {
        (await TokenAsync(TestHub.Province, TestHub.Secret)).Ok();
        (await TokenAsync(TestHub.Province, $"{TestHub.Province}.{TestHub.Secret}")).Ok();
        (await TokenAsync(TestHub.Province, "wrong")).Refuses("DX-0001");
        (await TokenAsync("nobody", TestHub.Secret)).Refuses("DX-0001");
        (await Hub.SoapAsync(TestHub.Department, "ListInbox", header: Security(Token(TestHub.Province, TestHub.Secret)))).Refuses("DX-0001");
    }

    [Fact]
    public async Task A_digest_counts_once_and_only_while_it_is_fresh()
    {
        var now = DateTimeOffset.UtcNow;
        var fresh = Digest(TestHub.Secret, now);

        (await HeaderAsync(fresh)).Ok();
        (await HeaderAsync(fresh)).Refuses("DX-0047");
        (await HeaderAsync(Digest(TestHub.Secret, now.AddMinutes(-6)))).Refuses("DX-0047");
        (await HeaderAsync(Digest(TestHub.Secret, now.AddMinutes(6)))).Refuses("DX-0047");
        (await HeaderAsync(Digest("another", now))).Refuses("DX-0001");
    }

    [Fact]
    public async Task A_digest_spelt_otherwise_is_still_the_one_that_has_counted()
    {
        var header = Digest(TestHub.Secret, DateTimeOffset.UtcNow);

        (await HeaderAsync(header)).Ok();
        (await HeaderAsync(header.Replace($">{TestHub.Province}<", $">{TestHub.Province.ToLowerInvariant()}<", StringComparison.Ordinal))).Refuses("DX-0047");
        (await HeaderAsync(header.Replace("==</w:Nonce>", " = =</w:Nonce>", StringComparison.Ordinal))).Refuses("DX-0047");
        (await HeaderAsync(header.Replace("<w:Nonce>", "<w:Nonce>\n ", StringComparison.Ordinal))).Refuses("DX-0047");
    }

    [Fact]
    public async Task A_stale_timestamp_or_two_security_headers_are_refused()
    {
        var stale = $"<u:Timestamp xmlns:u='{Wsu}'><u:Created>2020-01-01T00:00:00Z</u:Created></u:Timestamp>";
        var expired = $"<u:Timestamp xmlns:u='{Wsu}'><u:Created>{Written(DateTimeOffset.UtcNow)}</u:Created><u:Expires>{Written(DateTimeOffset.UtcNow.AddMinutes(-1))}</u:Expires></u:Timestamp>";

        (await HeaderAsync(Security(stale + Token(TestHub.Province, TestHub.Secret)))).Refuses("DX-0047");
        (await HeaderAsync(Security(expired + Token(TestHub.Province, TestHub.Secret)))).Refuses("DX-0047");
        (await HeaderAsync(Security(Token(TestHub.Province, TestHub.Secret)) + Security(""))).Refuses("DX-0048");
        (await HeaderAsync(Security(Token(TestHub.Province, TestHub.Secret) + Token(TestHub.Department, TestHub.Secret)))).Refuses("DX-0001");
    }

    [Fact]
    public async Task A_system_that_may_not_speak_soap_is_told_so_and_a_suspended_one_too()
    {
        await Hub.AddSystemAsync(new PartnerSystem(0, "no.soap", DocExchange.Core.Parties.Profile.Agency, true, []) { Dialects = [Dialects.Vxp] });
        await Hub.AddSystemAsync(new PartnerSystem(0, "suspended", DocExchange.Core.Parties.Profile.Agency, false, []));

        (await Hub.SoapAsync("no.soap", "GetDirectory")).Refuses("DX-0024");
        (await Hub.SoapAsync("suspended", "GetDirectory")).Refuses("DX-0011");
    }

    [Fact]
    public async Task What_is_not_the_callers_does_not_exist_for_it()
    {
        var letter = new Letter { To = ["H30.13"] };
        var sent = (await Hub.SendXopAsync(letter.Bytes)).Ok();
        var itemId = (await Hub.ListAsync(HubFixture.Health))[^1].DocId;

        (await Hub.SoapAsync(TestHub.Department, "GetDocument", $"<d:ItemId>{itemId}</d:ItemId>")).Refuses("DX-6001");
        (await Hub.SoapAsync(TestHub.Department, "GetStatus", $"<d:DocId>{sent["DocId"]}</d:DocId>")).Refuses("DX-6001");
        (await Hub.SoapAsync(TestHub.Department, "GetReceipt", $"<d:ReceiptId>{sent["ReceiptId"]}</d:ReceiptId>")).Refuses("DX-6001");
        (await Hub.SoapAsync(TestHub.Department, "ConfirmReceived", $"<d:ItemId>{itemId}</d:ItemId><d:Result>done</d:Result>")).Refuses("DX-6001");
    }

    private Task<SoapReplyRead> TokenAsync(string name, string password) => HeaderAsync(Security(Token(name, password)));

    private Task<SoapReplyRead> HeaderAsync(string header) => Hub.PostSoapAsync(SoapCalls.Envelope("<d:GetDirectory/>", header), null);

    private static string Token(string name, string password) =>
        $"<w:UsernameToken xmlns:w='{Wsse}'><w:Username>{name}</w:Username><w:Password Type='{TokenProfile}PasswordText'>{password}</w:Password></w:UsernameToken>";
}
