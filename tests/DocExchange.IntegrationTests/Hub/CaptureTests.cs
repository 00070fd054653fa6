using System.Text;
using System.Text.Json;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>Requests of real axis SDK clients, byte for byte, against a running hub: only the Host header, which is not signed, is replaced.</summary>
public sealed class CaptureTests : IAsyncLifetime
{
    private TestHub _hub = null!;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync();

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [SkippableTheory]
    [InlineData("vxp-sdk-2.0.0/01_getAgenciesList.req", 200, "0")]
    [InlineData("vxp-sdk-2.0.0/02_sendEdoc.req", 200, "22")]
    [InlineData("vxp-sdk-2.0.0/03_getReceivedEdocList.req", 200, "0")]
    [InlineData("vxp-sdk-2.0.0/04_getEdoc.req", 200, "18")]
    [InlineData("vxp-sdk-2.0.0/05_updateStatus.req", 200, "18")]
    [InlineData("vxp-sdk-2.0.0/06_registerAgency.req", 200, "22")]
    [InlineData("vxp-sdk-2.0.0/07_deleteAgency.req", 200, "18")]
    [InlineData("vxp-sdk-2.0.0/08_getSentEdocList.req", 200, "18")]
    [InlineData("vxp-sdk-2.0.1/01_getAgenciesList.req", 200, "0")]
    [InlineData("vxp-sdk-2.0.1/02_getAgenciesListQD20.req", 200, "0")]
    [InlineData("vxp-sdk-2.0.1/03_getSynchronizeUnit.req", 200, "0")]
    [InlineData("vxp-sdk-2.0.1/04_registerAgency.req", 200, "0")]
    [InlineData("vxp-sdk-2.0.1/05_deleteAgency.req", 200, "0")]
    [InlineData("vxp-sdk-2.0.1/06_getReceivedEdocList.req", 200, "0")]
    [InlineData("vxp-sdk-2.0.1/07_getReceivedEdocList.req", 200, "0")]
    [InlineData("vxp-sdk-2.0.1/08_getEdoc.req", 200, "18")]
    [InlineData("vxp-sdk-2.0.1/09_updateStatus.req", 200, "18")]
    [InlineData("vxp-sdk-2.0.1/10_getSentEdocList.req", 200, "18")]
    [InlineData("vxp-sdk-2.0.1/11_sendEdoc.req", 200, "22")]
    [InlineData("vxp-sdk-2.0.1/12_sendEdoc.req", 200, "22")]
    [InlineData("vxp-sdk-2.0.1/13_sendEdoc.req", 200, "19")]
    [InlineData("vxp-sdk-2.0.1/16_countReceiveEdoc.req", 200, "0")]
    [InlineData("vxp-sdk-2.0.1/17_countReceiveStatus.req", 200, "0")]
    [InlineData("vxp-sdk-2.0.1/stateful/01_vxp_sendEdoc.req", 200, "22")]
    [InlineData("vxp-sdk-2.0.1/stateful/02_vxp_getReceivedEdocList.req", 200, "0")]
    [InlineData("vxp-sdk-2.0.1/stateful/03_vxp_updateStatus.req", 200, "15")]
    public async Task A_captured_request_gets_the_documented_answer(string file, int status, string code)
    {
        var answer = await ReplayAsync(file);

        Assert.Equal(status, answer.Status);
        using var json = JsonDocument.Parse(answer.Body);
        Assert.Equal(code, json.RootElement.GetProperty("ErrorCode").GetString());
        Assert.Equal(code == "0" ? "OK" : "FAIL", json.RootElement.GetProperty("status").GetString());
        Assert.NotEqual(JsonValueKind.Null, json.RootElement.GetProperty("ErrorDesc").ValueKind);
        Assert.DoesNotContain("null", answer.Text, StringComparison.Ordinal);
        Assert.All(answer.Body, b => Assert.InRange(b, 0x20, 0x7e));
        if (file.Contains("sendEdoc", StringComparison.Ordinal)) Assert.Equal("", json.RootElement.GetProperty("DocId").GetString());
    }

    [SkippableTheory]
    [InlineData("vxp-sdk-2.0.1/14_downloadEdoc.req", 404)]
    [InlineData("vxp-sdk-2.0.1/15_downloadEdoc.req", 401)]
    public async Task A_download_that_is_refused_has_an_empty_body_because_the_client_takes_any_other_for_success(string file, int status)
    {
        var answer = await ReplayAsync(file);

        Assert.Equal(status, answer.Status);
        Assert.Empty(answer.Body);
    }

    [SkippableFact]
    public async Task A_value_outside_ascii_is_refused_with_the_hint_that_it_must_be_ascii()
    {
        var answer = await ReplayAsync("vxp-sdk-2.0.1/stateful/03_vxp_updateStatus.req");

        Assert.Contains("must be ASCII", answer.Text, StringComparison.Ordinal);
    }

    private async Task<RawAnswer> ReplayAsync(string file)
    {
        var bytes = await File.ReadAllBytesAsync(FieldFiles.Require("spec", "captures", file));
        var text = Encoding.Latin1.GetString(bytes);
        var host = text.IndexOf("\r\nHost: ", StringComparison.Ordinal) + 8;
        var end = text.IndexOf("\r\n", host, StringComparison.Ordinal);
        return await _hub.SendRawAsync(Encoding.Latin1.GetBytes(text[..host] + _hub.Address.Authority + text[end..]));
    }
}
