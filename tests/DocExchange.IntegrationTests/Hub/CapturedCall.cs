using System.Text;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>Requests of real axis SDK clients, byte for byte: only the Host header, which is not signed, is replaced.</summary>
internal static class CapturedCall
{
    /// <summary>Requests and the answer code of a server that knows the system and its units, and nothing else.</summary>
    public static TheoryData<string, string> Answers => new()
    {
        { "vxp-sdk-2.0.0/01_getAgenciesList.req", "0" },
        { "vxp-sdk-2.0.0/02_sendEdoc.req", "22" },
        { "vxp-sdk-2.0.0/03_getReceivedEdocList.req", "0" },
        { "vxp-sdk-2.0.0/04_getEdoc.req", "18" },
        { "vxp-sdk-2.0.0/05_updateStatus.req", "18" },
        { "vxp-sdk-2.0.0/06_registerAgency.req", "22" },
        { "vxp-sdk-2.0.0/07_deleteAgency.req", "18" },
        { "vxp-sdk-2.0.0/08_getSentEdocList.req", "18" },
        { "vxp-sdk-2.0.1/01_getAgenciesList.req", "0" },
        { "vxp-sdk-2.0.1/02_getAgenciesListQD20.req", "0" },
        { "vxp-sdk-2.0.1/03_getSynchronizeUnit.req", "0" },
        { "vxp-sdk-2.0.1/04_registerAgency.req", "0" },
        { "vxp-sdk-2.0.1/05_deleteAgency.req", "0" },
        { "vxp-sdk-2.0.1/06_getReceivedEdocList.req", "0" },
        { "vxp-sdk-2.0.1/07_getReceivedEdocList.req", "0" },
        { "vxp-sdk-2.0.1/08_getEdoc.req", "18" },
        { "vxp-sdk-2.0.1/09_updateStatus.req", "18" },
        { "vxp-sdk-2.0.1/10_getSentEdocList.req", "18" },
        { "vxp-sdk-2.0.1/11_sendEdoc.req", "22" },
        { "vxp-sdk-2.0.1/12_sendEdoc.req", "22" },
        { "vxp-sdk-2.0.1/13_sendEdoc.req", "19" },
        { "vxp-sdk-2.0.1/16_countReceiveEdoc.req", "0" },
        { "vxp-sdk-2.0.1/17_countReceiveStatus.req", "0" },
        { "vxp-sdk-2.0.1/stateful/01_vxp_sendEdoc.req", "22" },
        { "vxp-sdk-2.0.1/stateful/02_vxp_getReceivedEdocList.req", "0" },
        { "vxp-sdk-2.0.1/stateful/03_vxp_updateStatus.req", "15" },
    };

    public static Task<RawAnswer> ReplayAsync(string file, Uri server) => ReplayFileAsync(FieldFiles.Require("spec", "captures", file), server);

    public static async Task<RawAnswer> ReplayFileAsync(string path, Uri server)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        var text = Encoding.Latin1.GetString(bytes);
        var host = text.IndexOf("\r\nHost: ", StringComparison.Ordinal) + 8;
        var end = text.IndexOf("\r\n", host, StringComparison.Ordinal);
        return await RawAnswer.ToAsync(server, Encoding.Latin1.GetBytes(text[..host] + server.Authority + text[end..]));
    }

    /// <summary>What the SDK needs to read an answer at all.</summary>
    public static void AssertReadable(RawAnswer answer, string file, string code)
    {
        using var json = System.Text.Json.JsonDocument.Parse(answer.Body);
        Assert.Equal(code, json.RootElement.GetProperty("ErrorCode").GetString());
        Assert.Equal(code == "0" ? "OK" : "FAIL", json.RootElement.GetProperty("status").GetString());
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, json.RootElement.GetProperty("ErrorDesc").ValueKind);
        Assert.DoesNotContain("null", answer.Text, StringComparison.Ordinal);
        Assert.All(answer.Body, b => Assert.InRange(b, 0x20, 0x7e));
        if (file.Contains("sendEdoc", StringComparison.Ordinal)) Assert.Equal("", json.RootElement.GetProperty("DocId").GetString());
    }
}
