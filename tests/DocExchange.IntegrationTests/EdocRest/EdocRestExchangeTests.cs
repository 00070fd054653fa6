using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Delivery;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.EdocRest;

/// <summary>Systems of the REST dialect exchange with each other and with those of the axis SDK's protocol.</summary>
public sealed class EdocRestExchangeTests(EdocRestFixture fixture) : IClassFixture<EdocRestFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_document_sent_here_reaches_a_system_of_the_axis_protocol_byte_for_byte()
    {
        var letter = new Letter();
        (await Hub.EdocSendAsync(letter.Bytes)).Ok();

        var item = Assert.Single(await Hub.ListAsync(TestHub.Department), i => letter.Bytes.AsSpan().SequenceEqual(Fetch(i.DocId)));
        Assert.Equal(TestHub.Province, Hub.Agency(item.From!).Aliases[0]);

        byte[] Fetch(string id) => Convert.FromBase64String(Hub.CallAsync("getEdoc", TestHub.Department, [], ("docId", id)).Result.Json.GetProperty("data").GetString()!);
    }

    [Fact]
    public async Task A_document_from_the_axis_protocol_is_listed_fetched_and_confirmed_here_and_its_sender_learns_of_it()
    {
        var letter = new Letter();
        var sent = (await Hub.SendAsync(letter)).Ok();
        var number = DocExchange.Core.Ids.NumberOf(sent.DocId);

        var pending = (await Pending(TestHub.Department)).Ok();
        Assert.Contains(number, pending.DocIds);
        Assert.Contains(pending.Json.GetProperty("data").EnumerateArray(), row => row.GetProperty("docId").GetInt64() == number && row.GetProperty("organId").GetString() == "H30.12");
        Assert.Equal(letter.Bytes, (await Get(TestHub.Department, number)).Ok().Data);
        (await Confirm(TestHub.Department, number)).Ok();

        Assert.DoesNotContain(number, (await Pending(TestHub.Department)).DocIds);
        var track = await Hub.TrackAsync(sent.DocId);
        Assert.Equal((DeliveryState.Delivered, 1), (track.Deliveries[0].State, track.Statuses[0].Code));
        (await Confirm(TestHub.Department, number)).Ok();
    }

    [Fact]
    public async Task Statuses_travel_here_too_and_are_listed_apart_from_documents()
    {
        var letter = new Letter();
        (await Hub.EdocSendAsync(letter.Bytes)).Ok();
        var status = new StatusPaper(letter, "H30.12", "03").Bytes;
        var number = (await Hub.EdocSendAsync(status, TestHub.Department, "STATUS")).Ok().DocId;

        Assert.Contains(number, (await Pending(TestHub.Province, "STATUS")).DocIds);
        Assert.DoesNotContain(number, (await Pending(TestHub.Province)).DocIds);
        Assert.Equal(status, (await Get(TestHub.Province, number, "STATUS")).Ok().Data);
        (await Get(TestHub.Province, number)).Refuses("DocID");
    }

    [Theory]
    [InlineData(true, "padded")]
    [InlineData(true, "unpadded")]
    [InlineData(true, "none")]
    [InlineData(false, "padded")]
    public async Task The_line_end_behind_the_file_does_not_belong_to_it_and_may_be_absent(bool lineEnd, string hash)
    {
        var bytes = new Letter().Bytes;
        byte[] body = lineEnd ? [.. bytes, (byte)'\r', (byte)'\n'] : bytes;
        (string, string)[] announced = hash switch
        {
            "none" => [],
            "unpadded" => [("hash-edoc", DocExchange.Axis.Protocol.FileHash.Unpadded(SHA256.HashData(bytes)))],
            _ => [("hash-edoc", Convert.ToHexStringLower(SHA256.HashData(bytes)))],
        };
        var number = (await Hub.EdocAsync("sendDocument", TestHub.Province, body, [("type", "EDOC"), .. announced])).Ok().DocId;

        Assert.Equal(bytes, (await Get(TestHub.Department, number)).Ok().Data);
    }

    [Fact]
    public async Task Another_file_than_the_hash_says_is_refused_with_the_hubs_code_and_a_receipt()
    {
        var reply = (await Hub.EdocSendAsync(new Letter().Bytes, hash: new string('a', 64))).Refuses("SendDocument");

        Assert.Contains("DX-0007", reply.Description, StringComparison.Ordinal);
        Assert.Equal("DX-0007", (await Hub.ReceiptAsync(TestHub.Province, reply.ReceiptId!)).Entry.Reason);
    }

    [Fact]
    public async Task The_same_document_again_gets_the_same_number_and_another_one_under_its_id_is_refused()
    {
        var letter = new Letter();
        var first = (await Hub.EdocSendAsync(letter.Bytes)).Ok().DocId;

        Assert.Equal(first, (await Hub.EdocSendAsync(letter.Bytes)).Ok().DocId);
        (await Hub.EdocSendAsync((letter with { Subject = "Khác" }).Bytes)).Refuses("ExistDoc");
    }

    [Fact]
    public async Task A_client_that_repeats_its_first_id_for_ever_gets_that_document_each_time_and_no_alarm()
    {
        var number = (await Hub.EdocSendAsync(new Letter().Bytes)).Ok().DocId;
        var alarms = Hub.Entries().Count(e => e.Reason is not null);

        for (var i = 0; i < 5; i++)
        {
            (await Get(TestHub.Department, number)).Ok();
            (await Confirm(TestHub.Department, number)).Ok();
        }
        Assert.Equal(alarms, Hub.Entries().Count(e => e.Reason is not null));
    }

    [Fact]
    public async Task An_organisation_and_its_unit_that_got_one_document_see_it_as_one_and_confirm_it_once()
    {
        var number = (await Hub.EdocSendAsync(new Letter { From = "H30", To = ["H30.12", "H30.12.05"] }.Bytes)).Ok().DocId;

        var rows = (await Pending(TestHub.Department)).Json.GetProperty("data").EnumerateArray().Where(r => r.GetProperty("docId").GetInt64() == number);
        Assert.Equal(["H30.12", "H30.12.05"], rows.Select(r => r.GetProperty("organId").GetString()));
        Assert.Equal([number], (await Pending("H30.12.05")).DocIds.Where(n => n == number));
        (await Confirm(TestHub.Department, number)).Ok();

        Assert.DoesNotContain(number, (await Pending(TestHub.Department)).DocIds);
    }

    [Fact]
    public async Task Whether_a_document_was_sent_is_told_to_those_who_sent_or_got_it_only()
    {
        var letter = new Letter();
        (await Hub.EdocSendAsync(letter.Bytes)).Ok();
        var question = Encoding.UTF8.GetBytes($$"""{"fromOrgan":"000.00.00.H30","toOrgan":"H30.12","docCode":"{{letter.Code}}"}""");

        Assert.True(await Exists(TestHub.Province));
        Assert.True(await Exists(TestHub.Department));
        Assert.False(await Exists(HubFixture.Health));
        (await Hub.EdocAsync("checkExistDocument", TestHub.Province, "{}"u8.ToArray())).Refuses("BadRequest");
        (await Hub.EdocAsync("checkExistDocument", TestHub.Province, "not JSON"u8.ToArray())).Refuses("BadRequest");
        (await Hub.EdocAsync("checkExistDocument", TestHub.Province, new byte[100_000])).Refuses("BadRequest", 400);

        async Task<bool> Exists(string organ)
        {
            var reply = await Hub.EdocAsync("checkExistDocument", organ, question);
            Assert.Equal("200", reply.Json.GetProperty("code").GetString());
            return reply.Json.GetProperty("isExist").GetBoolean();
        }
    }

    private Task<EdocReply> Pending(string organ, string type = "EDOC") => Hub.EdocAsync("getPendingDocIds", organ, null, ("type", type));

    private Task<EdocReply> Get(string organ, long number, string type = "EDOC") => Hub.EdocAsync("getDocument", organ, null, ("type", type), ("docId", $"{number}"));

    private Task<EdocReply> Confirm(string organ, long number) => Hub.EdocAsync("confirmReceived", organ, null, ("type", "EDOC"), ("docId", $"{number}"));
}
