using System.Security.Cryptography;
using System.Text;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Parties;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>The table of malformed inputs, rows 20, 21, 28, 30 and 36 to 39: what only the directory or earlier documents can tell; and which of two faults is named.</summary>
public sealed class ProblemExampleStateTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Row_20_a_receiver_that_ended_without_successor_is_refused_and_one_with_successor_is_forwarded()
    {
        await AddAsync("H30.91", a => a with { ValidTo = DateTimeOffset.UnixEpoch });
        await Hub.RefusesAsync(() => Hub.SendAsync(new Letter { To = ["H30.91"] }), 18, "DX-4002");

        await Hub.ChangeAgencyAsync("H30.91", a => a with { SuccessorId = Hub.Agency("H30.13").Id });
        var sent = (await Hub.SendAsync(new Letter { To = ["H30.91"] })).Ok();
        Assert.Equal("H30.13", Assert.Single((await Hub.TrackAsync(sent.DocId)).Deliveries).Agency);
    }

    [Fact]
    public async Task Row_21_a_locked_receiver_refuses_the_whole_submission_and_says_since_when()
    {
        await AddAsync("H30.92", a => a with { LockedSince = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero) });

        var reply = await Hub.RefusesAsync(() => Hub.SendAsync(new Letter { To = ["H30.12", "H30.92"] }), 23, "DX-4004");

        Assert.Contains("01/03/2026", reply.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_nobody_fetches_for_is_refused_rather_than_kept_for_ever()
    {
        await Hub.PartyStore.SaveAgencyAsync(new Agency(0, "H55", "Tỉnh chưa kết nối (mẫu)", null, AgencyKind.External), "test", default);

        await Hub.RefusesAsync(() => Hub.SendAsync(new Letter { To = ["H55"] }), 18, "DX-4007");
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    public async Task Row_28_nobody_acts_on_a_document_that_another_body_sent(string type)
    {
        var foreign = new Letter { To = ["H30.13"] };
        (await Hub.SendAsync(foreign)).Ok();
        var intruder = new Letter { From = "H30.13", To = ["H30.12"] };
        var package = type switch { "1" => intruder.Revoking(foreign), "2" => intruder.Updating(foreign), _ => intruder.Replacing(foreign, "H30.12") };

        await Hub.RefusesAsync(() => Hub.SendAsync(package, HubFixture.Health), 19, "DX-7005", system: HubFixture.Health);
    }

    [Theory]
    [InlineData("13", "H30.13", "H30.12")]
    [InlineData("03", "H30.13", "H30")]
    [InlineData("15", "H30.13", "H30")]
    public async Task Row_28_a_status_by_one_who_neither_sent_nor_received_the_document_is_refused(string code, string from, string addressee)
    {
        var letter = new Letter();
        (await Hub.SendAsync(letter)).Ok();

        await Hub.RefusesAsync(() => Hub.SendAsync(new StatusPaper(letter, from, code) { Addressee = addressee }, HubFixture.Health), 19, "DX-7005", system: HubFixture.Health);
    }

    [Theory]
    [InlineData("registerAgency")]
    [InlineData("deleteAgency")]
    public async Task Row_28_the_directory_outside_the_callers_own_tree_is_not_its_to_change(string operation)
    {
        var body = "{\"code\":\"G22.01\",\"pcode\":\"G22\",\"name\":\"Vụ Mẫu\"}"u8.ToArray();

        await Hub.RefusesAsync(() => Hub.CallAsync(operation, TestHub.Province, body, ("AgencyCode", "G22")), 19, "DX-0013");
    }

    [Fact]
    public async Task Row_30_a_number_used_before_is_accepted_with_a_warning_and_refused_only_where_the_organisation_wants_it()
    {
        await AddAsync("H30.93", a => a);
        var letter = new Letter { From = "H30.93" };
        (await Hub.SendAsync(letter)).Ok();
        (await Hub.SendAsync(letter with { Id = "lan-2" })).Ok();

        await Hub.ChangeAgencyAsync("H30.93", a => a with { RefuseRepeatedNumber = true });
        await Hub.RefusesAsync(() => Hub.SendAsync(letter with { Id = "lan-3" }), 22, "DX-5002");
        (await Hub.SendAsync((letter with { Id = "lan-4" }).Updating(letter))).Ok();
        (await Hub.SendAsync(letter with { Id = "lan-5", Date = "2023/01/05" })).Ok();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    public async Task An_agencys_package_about_a_document_that_was_never_sent_is_refused(string type)
    {
        var never = new Letter();
        var letter = new Letter();
        var package = type switch { "1" => letter.Revoking(never), "2" => letter.Updating(never), _ => letter.Replacing(never, "H30.12") };

        await Hub.RefusesAsync(() => Hub.SendAsync(package), 22, "DX-7006");
    }

    [Fact]
    public async Task Row_36_a_status_of_an_unknown_document_creates_none()
    {
        await Hub.RefusesAsync(() => Hub.SendAsync(new StatusPaper(new Letter(), "H30.12", "03"), TestHub.Province), 22, "DX-7001");
    }

    [Fact]
    public async Task A_status_whose_addressee_nobody_knows_does_not_match_some_other_senders_document()
    {
        var letter = new Letter();
        (await Hub.SendAsync(letter)).Ok();

        await Hub.RefusesAsync(() => Hub.SendAsync(new StatusPaper(letter, "H30.12", "03") { Addressee = "H77" }, TestHub.Province), 22, "DX-7001");
    }

    [Theory]
    [InlineData("")]
    [InlineData("07")]
    [InlineData("999")]
    [InlineData("abc")]
    public async Task Row_37_an_unknown_status_code_is_refused(string code)
    {
        var letter = new Letter();
        (await Hub.SendAsync(letter)).Ok();

        await Hub.RefusesAsync(() => Hub.SendAsync(new StatusPaper(letter, "H30.12", code), TestHub.Province), 22, "DX-7002");
    }

    [Theory]
    [InlineData("02")]
    [InlineData("16")]
    public async Task Row_38_a_refusal_needs_its_reason(string code)
    {
        var letter = new Letter();
        (await Hub.SendAsync(letter)).Ok();

        await Hub.RefusesAsync(() => Hub.SendAsync(new StatusPaper(letter, "H30.12", code) { Description = "" }, TestHub.Province), 22, "DX-7003");
    }

    [Theory]
    [InlineData("04", "02")]
    [InlineData("15", "03")]
    [InlineData("16", "03")]
    [InlineData("13", "13", "15")]
    public async Task Row_39_an_impossible_step_is_refused(string step, params string[] before)
    {
        var letter = new Letter();
        (await Hub.SendAsync(letter)).Ok();
        foreach (var code in before) (await Hub.SendAsync(Status(letter, code, 9), TestHub.Province)).Ok();

        await Hub.RefusesAsync(() => Hub.SendAsync(Status(letter, step, 10), TestHub.Province), 22, "DX-7004");
    }

    /// <summary>Each package has the fault of its line and all faults of the lines below: the documented order decides, not the place in the file.</summary>
    [Theory]
    [InlineData("authenticity", "15", "DX-0001")]
    [InlineData("size", "10", "DX-1002")]
    [InlineData("hash", "21", "DX-0007")]
    [InlineData("xml", "10", "DX-1004")]
    [InlineData("structure", "22", "DX-2104")]
    [InlineData("sender", "19", "DX-0005")]
    [InlineData("values", "22", "DX-2202")]
    [InlineData("receivers", "22", "DX-4006")]
    [InlineData("business", "22", "DX-2207")]
    [InlineData("attachments", "22", "DX-2209")]
    public async Task Of_several_faults_the_first_in_the_documented_order_is_named(string first, string axis, string code)
    {
        string[] order = ["authenticity", "size", "hash", "xml", "structure", "sender", "values", "receivers", "business", "attachments"];
        var from = Array.IndexOf(order, first);
        bool Has(string fault) => Array.IndexOf(order, fault) >= from;
        var letter = new Letter
        {
            FileName = "CON.pdf",
            Type = Has("business") ? "2" : "0",
            To = Has("receivers") ? ["H30.12", "H30.12"] : ["H30.12"],
            Subject = Has("values") ? new string('a', 501) : "V/v",
            From = Has("sender") ? "G22" : "H30",
            Header = Has("structure") ? "<edXML:Subject>lại</edXML:Subject>" : "",
        };
        var text = Has("xml") ? letter.Text + "rest" : letter.Text;
        var bytes = Encoding.UTF8.GetBytes(Has("size") ? text + new string(' ', 12 * 1024 * 1024) : text);
        var secret = Has("authenticity") ? "wrong" : TestHub.Secret;
        var hash = Has("hash") ? "00" : FileHash.Unpadded(SHA256.HashData(bytes));
        var headers = SignedCall.Headers(TestHub.Province, Encoding.UTF8.GetBytes(secret), DateTimeOffset.UtcNow, "application/octet-stream",
            ("servicetype", "eDoc"), ("messagetype", "edoc"), ("hash-file", hash));
        var head = $"POST /vxp/sendEdoc HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {bytes.Length}\r\n" + string.Concat(headers.Select(h => $"{h.Key}: {h.Value}\r\n")) + "\r\n";

        // What is refused unread is not sent either, so that the answer is not lost in a connection that the hub has closed.
        var answer = await Hub.SendRawAsync([.. Encoding.Latin1.GetBytes(head), .. Has("size") ? [] : bytes]);

        var reply = new VxpReply(answer.Status, answer.Body);
        Assert.True(reply.Code == axis && reply.Description.Contains("[" + code, StringComparison.Ordinal), reply.Description);
    }

    private static StatusPaper Status(Letter letter, string code, int hour) => code == "13"
        ? new StatusPaper(letter, letter.From, code) { Addressee = letter.To[0], Timestamp = $"2024/01/06 {hour:00}:00:00" }
        : new StatusPaper(letter, letter.To[0], code) { Timestamp = $"2024/01/06 {hour:00}:00:00" };

    private Task AddAsync(string code, Func<Agency, Agency> change) =>
        Hub.PartyStore.SaveAgencyAsync(change(new Agency(0, code, "Đơn vị " + code, Hub.Agency("H30").Id, AgencyKind.Local)), "test", default);
}
