using System.Net.Http.Headers;
using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.EdocRest;

/// <summary>What the original of this dialect lets through, and must not.</summary>
public sealed class EdocRestSecurityTests(EdocRestFixture fixture) : IClassFixture<EdocRestFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_wrong_token_and_an_unknown_organisation_get_the_same_401()
    {
        var wrong = await Hub.EdocWithAsync("getPendingDocIds", [("organId", TestHub.Province), ("Authorization", "not the token"), ("type", "EDOC")]);
        var unknown = await Hub.EdocWithAsync("getPendingDocIds", [("organId", "H99.01"), ("Authorization", TestHub.Secret), ("type", "EDOC")]);

        wrong.Refuses("Invalid Credentials", 401, "False");
        Assert.Equal(wrong.Text, unknown.Text);
    }

    [Theory]
    [InlineData("sendDocument")]
    [InlineData("getPendingDocIds")]
    [InlineData("getDocument")]
    [InlineData("confirmReceived")]
    [InlineData("getOrganizations")]
    [InlineData("checkExistDocument")]
    public async Task No_operation_is_answered_without_a_token(string operation)
    {
        (await Hub.EdocAsync(operation, null)).Refuses("Invalid Credentials", 401, "False");
    }

    [Fact]
    public async Task A_token_counts_for_its_own_organisation_only()
    {
        await Hub.AddSystemAsync(new PartnerSystem(0, "so-y-te-2", Profile.Agency, true, [new Served(Hub.Agency("G17").Id, true)]) { Dialects = Dialects.All }, "another-token-of-its-own");

        (await Hub.EdocWithAsync("getPendingDocIds", [("organId", TestHub.Department), ("Authorization", "another-token-of-its-own"), ("type", "EDOC")]))
            .Refuses("Invalid Credentials", 401, "False");
    }

    [Fact]
    public async Task Header_names_may_be_in_any_case()
    {
        (await Hub.EdocWithAsync("GETPENDINGDOCIDS", [("ORGANID", TestHub.Province), ("authorization", TestHub.Secret), ("TyPe", "edoc")])).Ok();
    }

    [Fact]
    public async Task Sending_in_the_name_of_another_organisation_is_refused()
    {
        (await Hub.EdocSendAsync(new Letter { From = "G22" }.Bytes)).Refuses("M.MessageHeader.From.OrganId");
        (await Hub.EdocSendAsync(new Letter { From = "H30.13", To = ["H30.12"] }.Bytes, TestHub.Department)).Refuses("M.MessageHeader.From.OrganId");
    }

    [Fact]
    public async Task A_document_of_another_organisation_can_neither_be_fetched_nor_confirmed_and_looks_like_one_that_does_not_exist()
    {
        var number = (await Hub.EdocSendAsync(new Letter().Bytes)).Ok().DocId;

        foreach (var operation in (string[])["getDocument", "confirmReceived"])
        {
            var foreign = (await Hub.EdocAsync(operation, HubFixture.Health, null, ("type", "EDOC"), ("docId", $"{number}"))).Refuses("DocID");
            var absent = (await Hub.EdocAsync(operation, HubFixture.Health, null, ("type", "EDOC"), ("docId", $"{number + 1_000_000}"))).Refuses("DocID");
            Assert.Equal(foreign.Description.Split(" Fix:")[0].Replace($"{number}", ""), absent.Description.Split(" Fix:")[0].Replace($"{number + 1_000_000}", ""));
        }
        Assert.Contains(number, (await Hub.EdocAsync("getPendingDocIds", TestHub.Department, null, ("type", "EDOC"))).DocIds);
    }

    [Theory]
    [InlineData("getDocument", "DocID", "-1")]
    [InlineData("getDocument", "DocID", "9223372036854775807")]
    [InlineData("getDocument", "DocID", "1e3")]
    [InlineData("getDocument", "DocID", "1001' OR '1'='1")]
    [InlineData("getDocument", "BadRequest", "")]
    [InlineData("confirmReceived", "DocID", "0")]
    public async Task An_id_that_is_no_number_is_nobodys_document(string operation, string code, string docId)
    {
        (await Hub.EdocAsync(operation, TestHub.Province, null, ("type", "EDOC"), ("docId", docId))).Refuses(code);
    }

    [Theory]
    [InlineData("sendDocument")]
    [InlineData("getPendingDocIds")]
    [InlineData("getDocument")]
    public async Task The_kind_is_never_guessed(string operation)
    {
        (await Hub.EdocAsync(operation, TestHub.Province)).Refuses("BadRequest");
        (await Hub.EdocAsync(operation, TestHub.Province, null, ("type", "FOO"))).Refuses("MessageType");
    }

    [Theory]
    [InlineData("/EdocService/", 400)]
    [InlineData("/EdocService/noSuchCall", 400)]
    [InlineData("/EdocService/sendDocument", 400)]
    public async Task A_wrong_address_or_method_is_answered_in_the_dialects_form(string path, int status)
    {
        using var response = await Hub.Http.GetAsync(new Uri(Hub.Address, path));

        new EdocReply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync()).Refuses("BadRequest", status);
    }

    [Fact]
    public async Task A_request_that_the_server_rejects_is_refused_in_the_dialects_form()
    {
        var answer = await Hub.SendRawAsync("POST /EdocService/sendDocument HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n"u8.ToArray());

        new EdocReply(answer.Status, answer.Body).Refuses("BadRequest", 400);
    }

    [Fact]
    public async Task Hostile_files_are_refused_and_leave_nothing()
    {
        var before = Hub.CountLeftovers();

        (await Hub.EdocSendAsync(Encoding.UTF8.GetBytes("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"))).Refuses("SendDocument");
        (await Hub.EdocSendAsync([])).Refuses("File Not Found");
        (await Hub.EdocSendAsync(new byte[13 * 1024 * 1024])).Refuses("SendDocument", 413);
        (await Hub.EdocSendAsync("<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'/>"u8.ToArray())).Refuses("N.MessageHeader");
        (await Hub.EdocSendAsync(new Letter { To = ["H30.99.99"] }.Bytes)).Refuses("M.MessageHeader.To.OrganId");
        (await Hub.EdocSendAsync(new Letter { Notation = "UBND-MẬT" }.Bytes)).Refuses("SendDocument");

        Assert.Equal(before, Hub.CountLeftovers());
    }
}
