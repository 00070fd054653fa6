using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core;
using DocExchange.Core.Ports;
using DocExchange.IntegrationTests.EdocRest;
using DocExchange.IntegrationTests.Hub;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.EdocSoap;

/// <summary>Who may call, what a message may not be, and what is kept of it.</summary>
public sealed class EdocSoapSecurityTests(EdocRestFixture fixture) : IClassFixture<EdocRestFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_wrong_token_and_an_unknown_organisation_get_the_same_report()
    {
        var wrong = (await Hub.SoapSendAsync(new Message { Token = "not the token of it" })).Refuses("Permission");
        var unknown = (await Hub.SoapSendAsync(new Message { OrganId = "H99.01" })).Refuses("Permission");

        Assert.Equal(wrong.Errors, unknown.Errors);
    }

    [Theory]
    [InlineData("SendDocument", "<Manifest/>", "CheckSignature")]
    [InlineData("UpdateTraces", "<Status/>", "CheckSignature")]
    [InlineData("GetPendingDocumentIds", "<GetPendingDocumentIdsRequest/>", "CheckPermission")]
    [InlineData("GetDocument", "<GetDocumentRequest><DocumentId>1</DocumentId></GetDocumentRequest>", "CheckPermission")]
    [InlineData("ConfirmReceived", "<ConfirmReceived/>", "CheckPermission")]
    [InlineData("GetTraces", "<GetTraces/>", "CheckPermission")]
    [InlineData("GetOrganizations", "<GetOrganizations/>", "CheckPermission")]
    [InlineData("CheckPermission", "", "CheckPermission")]
    [InlineData("GetTraces", "<GetTraces><OrganId>H30</OrganId><OrganId>H30.12</OrganId><Token>0123456789abcdef0123456789abcdef</Token></GetTraces>", "CheckPermission")]
    [InlineData("GetTraces", "<GetTraces><OrganId>H30</OrganId><Token>a</Token><Token>0123456789abcdef0123456789abcdef</Token></GetTraces>", "CheckPermission")]
    public async Task No_operation_is_answered_without_one_organisation_and_one_token(string action, string body, string code)
    {
        (await Hub.SoapAsync(action, $"<s:Envelope xmlns:s='{Message.Soap11}'><s:Body>{body}</s:Body></s:Envelope>")).Refuses(code, 401);
    }

    [Fact]
    public async Task A_token_beside_the_senders_code_is_found_too_as_other_hubs_write_it()
    {
        var message = new Message();
        var (bytes, type) = message.Parts();
        var other = Encoding.UTF8.GetString(bytes).Replace(message.Credentials, $"<Token xmlns='http://e-doc.vn/xsd'>{TestHub.Secret}</Token>", StringComparison.Ordinal);

        (await Hub.SoapAsync("SendDocument", Encoding.UTF8.GetBytes(other), type)).Ok();
    }

    [Fact]
    public async Task Sending_and_reporting_in_the_name_of_another_organisation_is_refused()
    {
        (await Hub.SoapSendAsync(new Message { From = "000.00.00.G22" })).Refuses("M.MessageHeader.From.OrganId");
        (await Hub.SoapSendAsync(new Message { From = "H30.12" })).Refuses("M.MessageHeader.From.OrganId");
    }

    [Fact]
    public async Task A_document_of_another_organisation_can_neither_be_fetched_nor_confirmed()
    {
        var number = (await Hub.SoapSendAsync(new Message())).Ok().DocumentId;

        (await Hub.SoapGetAsync(HubFixture.Health, number)).Refuses("M.GetDocumentCheckAllow");
        (await Hub.SoapGetAsync(HubFixture.Health, number + 1_000_000)).Refuses("M.GetDocumentCheckAllow");
        (await Hub.SoapConfirmAsync(HubFixture.Health, number)).Refuses("M.ConfirmReceived");
        Assert.Contains(number, (await Hub.SoapPendingAsync(TestHub.Department)).DocumentIds);
    }

    [Fact]
    public async Task The_receipt_speaks_of_the_message_without_its_token_which_is_kept_nowhere()
    {
        var message = new Message { Subject = "Bản gốc" };
        var number = (await Hub.SoapSendAsync(message)).Ok().DocumentId;
        var (_, entry) = await Hub.ReceiptAsync(TestHub.Province, await Hub.ReceiptIdAsync(TestHub.Province, number));

        await using var original = await Hub.Hub.Services.GetRequiredService<IPackageStore>().OpenAsync(entry.Digest!, default);
        using var bytes = new MemoryStream();
        await original!.CopyToAsync(bytes);
        var blanked = message.Envelope.Replace(TestHub.Secret, new string('*', TestHub.Secret.Length), StringComparison.Ordinal);
        Assert.StartsWith(blanked, Encoding.UTF8.GetString(bytes.ToArray()), StringComparison.Ordinal);
        Assert.Equal(entry.Digest, SHA256.HashData(bytes.ToArray()));
        var needle = Encoding.ASCII.GetBytes(TestHub.Secret);
        Assert.All(LiveFolder.Read(Hub.Folder), read => Assert.True(read.Bytes.AsSpan().IndexOf(needle) < 0, read.File));
    }

    [Fact]
    public async Task A_token_written_with_character_references_is_refused_because_it_could_not_be_left_out()
    {
        var hidden = string.Concat(TestHub.Secret.Select(c => $"&#{(int)c};"));
        var message = new Message();
        var (bytes, type) = message.Parts();
        var other = Encoding.UTF8.GetString(bytes).Replace(message.Credentials, message.Credentials.Replace(TestHub.Secret, hidden, StringComparison.Ordinal), StringComparison.Ordinal);

        (await Hub.SoapAsync("SendDocument", Encoding.UTF8.GetBytes(other), type)).Refuses("BadRequest");
    }

    [Fact]
    public async Task A_message_of_a_known_caller_that_turns_out_cut_off_is_refused_with_a_receipt()
    {
        var (bytes, type) = new Message().Parts();

        var reply = (await Hub.SoapAsync("SendDocument", bytes[..^40], type)).Refuses("BadRequest");

        var (_, entry) = await Hub.ReceiptAsync(TestHub.Province, reply.ReceiptId!);
        Assert.Equal("DX-0044", entry.Reason);
    }

    [Fact]
    public async Task What_asks_for_another_operation_than_its_action_is_refused()
    {
        var message = new Message();
        var (bytes, type) = message.Parts();

        (await Hub.SoapAsync("GetPendingDocumentIds", bytes, type)).Fault("DX-0042");
        (await Hub.SoapCallAsync("CheckPermission", "ConfirmReceived", TestHub.Department, "<DocumentId>1</DocumentId>")).Fault("DX-0042");
        (await Hub.SoapCallAsync("DeleteEverything", "GetTraces", TestHub.Department)).Fault("DX-0043");
        (await Hub.SoapAsync(null, $"<s:Envelope xmlns:s='{Message.Soap11}'><s:Header><x xmlns='urn:x' s:mustUnderstand='1'/></s:Header><s:Body/></s:Envelope>")).Fault("MustUnderstand");
        using var get = await Hub.Http.GetAsync(new Uri(Hub.Address, "/soap/edoc"));
        Assert.Contains("Fault", await get.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_messages_get_a_fault_or_a_report_and_leave_nothing()
    {
        var before = Hub.CountLeftovers();
        var message = new Message();
        var file = message.Files[0];
        var (bytes, type) = message.Parts();
        var text = Encoding.UTF8.GetString(bytes);

        // Not safe to read, or none of this protocol.
        (await Hub.SoapAsync("SendDocument", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>" + message.Envelope[38..])).Fault("DX-1005");
        (await Hub.SoapAsync("SendDocument", message.Envelope.Replace("<e:Subject>", "<e:Subject>" + string.Concat(Enumerable.Repeat("<a>", 5000)), StringComparison.Ordinal))).Fault("DX-1007");
        (await Hub.SoapAsync("SendDocument", "not XML")).Fault("DX-10");
        (await Hub.SoapAsync("SendDocument", bytes, new MediaTypeHeaderValue("text/plain"))).Fault("DX-0015");
        (await Hub.SoapAsync("SendDocument", Encoding.UTF8.GetBytes(message.Envelope), MediaTypeHeaderValue.Parse("text/xml; charset=utf-16"))).Fault("DX-1");
        (await Hub.SoapAsync("SendDocument", bytes[..^40], type)).Refuses("BadRequest");
        (await Hub.SoapAsync("SendDocument", bytes, MediaTypeHeaderValue.Parse($"multipart/related; boundary=\"{new string('b', 200)}\""))).Fault("DX-0044");
        (await Hub.SoapAsync("SendDocument", [.. bytes[..^14], .. bytes[(text.IndexOf("\r\n--Boundary\r\nContent-Type: application/octet", StringComparison.Ordinal))..]], type)).Refuses("BadRequest");

        // A message of the dialect whose files do not fit.
        (await Hub.SoapAsync("SendDocument", message.Envelope)).Refuses("M.Attachment-Encoding");
        (await Hub.SoapSendAsync(message with { Body = message.Manifest.Replace(file.Id, "somebody@else", StringComparison.Ordinal) })).Refuses("M.Attachment-Encoding");
        (await Hub.SoapSendAsync(message with { Body = "<e:Manifest/>" })).Refuses("M.Attachment-Encoding");
        (await Hub.SoapAsync("SendDocument", (message with { Files = [], Body = "<AllDocument><Document><Attach><Attachment><name>a.pdf</name><value>!!no base64!!</value></Attachment></Attach></Document></AllDocument>" }).Envelope)).Refuses("M.Attachment-Encoding");
        (await Hub.SoapSendAsync(message with { Files = [(file.Id, "a.pdf", "MZ no pdf"u8.ToArray())] })).Refuses("M.Attachment-Type");
        (await Hub.SoapSendAsync(message with { Files = [(file.Id, "a.pdf", new byte[13 * 1024 * 1024])] })).Refuses("M.SendDocument", 413);

        // A document that no edge may take.
        (await Hub.SoapSendAsync(message with { To = ["H30.99.99"] })).Refuses("M.MessageHeader.To.OrganId");
        (await Hub.SoapSendAsync(message with { Header = "<e:From><e:OrganId>H30.13</e:OrganId></e:From>" })).Refuses("M.SendDocument");
        Assert.Equal(before, Hub.CountLeftovers());
    }

    [Fact]
    public async Task A_request_that_the_server_rejects_is_refused_with_a_fault()
    {
        var answer = await Hub.SendRawAsync("POST /soap/edoc HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n"u8.ToArray());

        Assert.Equal(400, answer.Status);
        Assert.Contains("Fault", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_several_megabytes_in_either_layout_arrives_whole()
    {
        var content = new byte[5 * 1024 * 1024];
        RandomNumberGenerator.Fill(content);
        Message.Pdf.CopyTo(content, 0);
        var inline = new Message { Files = [], Body = $"<AllDocument><Document><Attach><Attachment><name>a.pdf</name><value>{Convert.ToBase64String(content)}</value></Attachment></Attach></Document></AllDocument>" };
        var parts = new Message { Files = [("a@b", "a.pdf", content)] };

        var numbers = new[] { (await Hub.SoapAsync("SendDocument", inline.Envelope)).Ok().DocumentId, (await Hub.SoapSendAsync(parts)).Ok().DocumentId };

        foreach (var number in numbers)
        {
            var reply = await Hub.SoapGetAsync(TestHub.Department, number);
            Assert.Equal(content, Convert.FromBase64String(Encoding.ASCII.GetString(Assert.Single(reply.Parts).Value)));
        }
    }
}
