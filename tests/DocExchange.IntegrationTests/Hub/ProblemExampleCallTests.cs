using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Axis.Protocol;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>The table of malformed and hostile inputs, rows 1 to 9 and 40: who calls, and what the call says before its package is read.</summary>
public sealed class ProblemExampleCallTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Row_01_a_wrong_secret_and_an_unknown_system_get_the_same_words()
    {
        var wrong = await Hub.TurnsAwayAsync(() => Hub.PostAsync("/vxp/sendEdoc", SignedBy(TestHub.Province, "not the secret"), new Letter().Bytes), "DX-0001");
        var unknown = await Hub.TurnsAwayAsync(() => Hub.PostAsync("/vxp/sendEdoc", SignedBy("no.such.system", TestHub.Secret), new Letter().Bytes), "DX-0001");

        Assert.Equal(wrong.Body, unknown.Body);
    }

    [Theory]
    [InlineData("getReceivedEdocList")]
    [InlineData("sendEdoc")]
    [InlineData("getEdoc")]
    public async Task Row_02_a_call_without_credentials_is_never_taken_for_an_anonymous_session(string operation)
    {
        await Hub.TurnsAwayAsync(() => Hub.PostAsync("/vxp/" + operation, [], []), "DX-0002", status: 401);
    }

    [Fact]
    public async Task Row_02_a_download_without_credentials_has_an_empty_body_because_the_client_takes_any_other_for_the_file()
    {
        var reply = await Hub.PostAsync("/vxp/downloadEdoc", [], [], "GET");

        Assert.Equal((401, 0), (reply.Status, reply.Body.Length));
    }

    [Fact]
    public async Task Row_03_a_value_changed_after_signing_is_not_acted_on()
    {
        var headers = Changed(Hub.Signed(TestHub.Province, ("docId", "d-1"), ("status", "done")), "XroadVnpt-docId", "d-2");

        await Hub.TurnsAwayAsync(() => Hub.PostAsync("/vxp/updateStatus", headers, []), "DX-0003");
    }

    [Theory]
    [InlineData("XroadVnpt-to", "[\"H30.12\"]")]
    [InlineData("XroadVnpt-from", "H30")]
    [InlineData("XroadVnpt-status", "done")]
    [InlineData("XroadVnpt-docId", "d-1")]
    public async Task Row_03_a_decision_header_outside_the_signed_text_is_refused_rather_than_ignored(string name, string value)
    {
        var headers = Hub.Signed(TestHub.Province, ("servicetype", "eDoc"), ("messagetype", "edoc")).Append(new(name, value));

        await Hub.TurnsAwayAsync(() => Hub.PostAsync("/vxp/sendEdoc", headers, new Letter().Bytes), "DX-0003");
    }

    [Theory]
    [InlineData("[{0}]")]
    [InlineData("{0}{0}")]
    [InlineData("\"text\"")]
    public async Task Row_04_a_correctly_signed_text_that_is_not_one_object_is_refused(string form)
    {
        await Hub.TurnsAwayAsync(() => Hub.PostAsync("/vxp/countReceiveEdoc", SignedText(text => form.Replace("{0}", text, StringComparison.Ordinal)), []), "DX-0003");
    }

    [Fact]
    public async Task Row_04_a_member_signed_twice_is_refused_so_that_neither_the_first_nor_the_last_counts()
    {
        var headers = SignedText(text => text.TrimEnd('}') + ",\"XroadVnpt-systemid\":\"000.00.12.H30\"}");

        await Hub.TurnsAwayAsync(() => Hub.PostAsync("/vxp/countReceiveEdoc", headers, []), "DX-0003");
    }

    [Fact]
    public async Task Row_05_a_description_outside_ascii_is_refused_with_the_hint_what_to_write()
    {
        // The client truncates every character to its low byte after it has signed the text in UTF-8.
        var ascii = Hub.Signed(TestHub.Province, ("docId", "d-1"), ("status", "fail"), ("description", "Loi"));
        var head = new StringBuilder($"POST /vxp/updateStatus HTTP/1.1\r\nHost: {Hub.Address.Authority}\r\nConnection: close\r\nContent-Length: 2\r\n");
        foreach (var (name, value) in ascii) head.Append(CultureInfo.InvariantCulture, $"{name}: {value.Replace("Loi", "L\u00d7i", StringComparison.Ordinal)}\r\n");
        var request = Encoding.Latin1.GetBytes(head.Append("\r\n{}").ToString());

        var reply = await Hub.TurnsAwayAsync(async () => Reply(await Hub.SendRawAsync(request)), "DX-0004");

        Assert.Contains("must be ASCII", reply.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_06_signed_headers_reused_with_another_body_store_nothing()
    {
        var first = new Letter();
        var headers = SubmissionHeaders(FileHash.Unpadded(SHA256.HashData(first.Bytes)));
        (await Hub.PostAsync("/vxp/sendEdoc", headers, first.Bytes)).Ok();

        await Hub.RefusesAsync(() => Hub.PostAsync("/vxp/sendEdoc", headers, new Letter().Bytes), 21, "DX-0007");
    }

    [Fact]
    public async Task Row_06_a_submission_without_a_hash_is_refused()
    {
        await Hub.RefusesAsync(() => Hub.PostAsync("/vxp/sendEdoc", SubmissionHeaders(null), new Letter().Bytes), 21, "DX-0007");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    public async Task Row_07_an_empty_body_is_no_file_also_when_only_the_clients_line_end_arrives(string body)
    {
        await Hub.RefusesAsync(() => Hub.PostAsync("/vxp/sendEdoc", SubmissionHeaders(FileHash.Unpadded(SHA256.HashData([]))), Encoding.ASCII.GetBytes(body)), 10, "DX-1001");
    }

    [Fact]
    public async Task Row_08_a_package_announced_too_large_is_refused_before_a_byte_of_it_is_read()
    {
        var head = Head(SubmissionHeaders("00")) + "Content-Length: 50000000\r\n\r\n";

        var reply = await Hub.RefusesAsync(async () => Reply(await Hub.SendRawAsync(Encoding.Latin1.GetBytes(head))), 10, "DX-1002", status: 413);

        Assert.Contains("larger than the 12582912 bytes", reply.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_08_reading_stops_at_the_limit_when_the_length_was_not_announced()
    {
        var head = Head(SubmissionHeaders("00")) + "Transfer-Encoding: chunked\r\n\r\n";
        var body = string.Concat(Enumerable.Repeat("100000\r\n" + new string(' ', 0x100000) + "\r\n", 13));

        await Hub.RefusesAsync(async () => Reply(await Hub.SendRawAsync(Encoding.Latin1.GetBytes(head + body))), 10, "DX-1002", status: 413);
    }

    [Fact]
    public async Task Row_09_an_unknown_message_type_is_not_guessed_from_the_content()
    {
        await Hub.RefusesAsync(() => Hub.SendAsync(new Letter().Bytes, kind: "foo"), 22, "DX-0008");
    }

    [Fact]
    public async Task Row_09_a_status_package_announced_as_a_document_and_the_reverse_are_refused()
    {
        var letter = new Letter();
        await Hub.RefusesAsync(() => Hub.SendAsync(letter.Bytes, kind: "status"), 22, "DX-0009");
        await Hub.RefusesAsync(() => Hub.SendAsync(new StatusPaper(letter, "H30.12", "03").Bytes, kind: "edoc"), 22, "DX-0009");
    }

    [Fact]
    public async Task Row_09_an_answer_word_that_nobody_knows_confirms_nothing()
    {
        await Hub.RefusesAsync(() => Hub.CallAsync("updateStatus", TestHub.Province, "{}"u8.ToArray(), ("docId", "d-1"), ("status", "ok")), 22, "DX-0008");
    }

    [Fact]
    public async Task Row_09_a_period_that_does_not_exist_is_not_read_as_everything()
    {
        var call = () => Hub.CallAsync("getReceivedEdocList", TestHub.Province, [], ("servicetype", "eDoc"), ("messagetype", "edoc"), ("fromDate", "2026-13-40"));

        await Hub.RefusesAsync(call, 22, "DX-0008");
    }

    [Theory]
    [InlineData("{\"code\":\"a\"}")]
    [InlineData("{\"code\":\"H30.77\",\"name\":\"Phòng Mẫu\"}")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Row_09_a_registration_without_name_and_parent_is_refused(string body)
    {
        await Hub.RefusesAsync(() => Hub.CallAsync("registerAgency", TestHub.Province, Encoding.UTF8.GetBytes(body)), 22, "DX-0012");
    }

    [Theory]
    [InlineData("getEdoc")]
    [InlineData("updateStatus")]
    [InlineData("getSentEdocList")]
    public async Task Row_40_somebody_elses_document_and_one_that_does_not_exist_get_the_same_answer(string operation)
    {
        var sent = (await Hub.SendAsync(new Letter { To = ["G22"] })).Ok();
        var item = (await Hub.TrackAsync(sent.DocId)).Deliveries[0].ItemId;
        var foreign = operation == "getSentEdocList" ? sent.DocId : item;
        var missing = foreign[..^1] + (foreign[^1] == '9' ? '8' : '9');

        var theirs = await Hub.RefusesAsync(() => AskAsync(operation, foreign), 18, "DX-6001", system: HubFixture.Health);
        var nobodys = await Hub.RefusesAsync(() => AskAsync(operation, missing), 18, "DX-6001", system: HubFixture.Health);

        Assert.Equal(theirs.Text.Replace(foreign, "id", StringComparison.Ordinal), nobodys.Text.Replace(missing, "id", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_40_a_download_of_somebody_elses_document_is_empty_like_one_that_does_not_exist()
    {
        var sent = (await Hub.SendAsync(new Letter { To = ["G22"] })).Ok();
        var item = (await Hub.TrackAsync(sent.DocId)).Deliveries[0].ItemId;

        foreach (var id in new[] { item, "no-such-id" })
        {
            var reply = await Hub.PostAsync("/vxp/downloadEdoc", Hub.Signed(HubFixture.Health, ("docId", id)), [], "GET");
            Assert.Equal((404, 0), (reply.Status, reply.Body.Length));
        }
    }

    private Task<VxpReply> AskAsync(string operation, string id) => Hub.CallAsync(operation, HubFixture.Health, "{}"u8.ToArray(),
        ("docId", id), ("status", operation == "updateStatus" ? "done" : null), ("messagetype", operation == "getSentEdocList" ? "edoc" : null));

    private static VxpReply Reply(RawAnswer answer) => new(answer.Status, answer.Body);

    private string Head(IEnumerable<KeyValuePair<string, string>> headers) =>
        $"POST /vxp/sendEdoc HTTP/1.1\r\nHost: {Hub.Address.Authority}\r\nConnection: close\r\n" + string.Concat(headers.Select(h => $"{h.Key}: {h.Value}\r\n"));

    private IReadOnlyList<KeyValuePair<string, string>> SubmissionHeaders(string? hash) =>
        Hub.Signed(TestHub.Province, ("servicetype", "eDoc"), ("messagetype", "edoc"), ("hash-file", hash));

    private static IReadOnlyList<KeyValuePair<string, string>> SignedBy(string system, string secret) =>
        SignedCall.Headers(system, Encoding.UTF8.GetBytes(secret), DateTimeOffset.UnixEpoch, "application/octet-stream", ("servicetype", "eDoc"), ("messagetype", "edoc"));

    private static IEnumerable<KeyValuePair<string, string>> Changed(IEnumerable<KeyValuePair<string, string>> headers, string name, string value) =>
        headers.Select(h => h.Key == name ? new(name, value) : h);

    /// <summary>Headers whose signed text was changed before it was signed, so that the signature itself is right.</summary>
    private IEnumerable<KeyValuePair<string, string>> SignedText(Func<string, string> change)
    {
        var headers = Hub.Signed(TestHub.Province);
        var text = change(headers.Single(h => h.Key == VxpNames.SignHeader).Value);
        var hash = HeaderSignature.Compute(Encoding.UTF8.GetBytes(TestHub.Secret), Encoding.Latin1.GetBytes(text));
        return Changed(Changed(headers, VxpNames.SignHeader, text), VxpNames.HashHeader, hash);
    }
}
