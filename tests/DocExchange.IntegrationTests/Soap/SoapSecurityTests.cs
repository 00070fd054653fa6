using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Soap;

public sealed class SoapSecurityTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private const string Wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private const string Profile = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#";

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

    private static string Security(string content) => $"<w:Security xmlns:w='{Wsse}' e:mustUnderstand='1'>{content}</w:Security>";

    private static string Token(string name, string password) =>
        $"<w:UsernameToken xmlns:w='{Wsse}'><w:Username>{name}</w:Username><w:Password Type='{Profile}PasswordText'>{password}</w:Password></w:UsernameToken>";

    private static string Digest(string secret, DateTimeOffset created)
    {
        var nonce = RandomNumberGenerator.GetBytes(16);
        var text = Written(created);
#pragma warning disable CA5350 // The profile's hash.
        var digest = SHA1.HashData([.. nonce, .. Encoding.UTF8.GetBytes(text), .. Encoding.UTF8.GetBytes(secret)]);
#pragma warning restore CA5350
        return Security($"<w:UsernameToken xmlns:w='{Wsse}'><w:Username>{TestHub.Province}</w:Username><w:Password Type='{Profile}PasswordDigest'>{Convert.ToBase64String(digest)}</w:Password>"
            + $"<w:Nonce>{Convert.ToBase64String(nonce)}</w:Nonce><u:Created xmlns:u='{Wsu}'>{text}</u:Created></w:UsernameToken>");
    }

    private static string Written(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
