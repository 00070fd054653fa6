using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox.Axis;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.IntegrationTests.NationalAxis;

/// <summary>The knobs over HTTP: what a test in any language does with the sandbox.</summary>
public sealed class AxisControlTests : IAsyncLifetime
{
    private TestAxis _axis = null!;

    public async Task InitializeAsync() => _axis = await TestAxis.StartAsync();

    public async Task DisposeAsync() => await _axis.DisposeAsync();

    [Fact]
    public async Task Faults_are_set_read_removed_and_cleared()
    {
        var set = await SendAsync(HttpMethod.Post, "faults", """{"kind":"refuse","operation":"sendEdoc","times":2,"code":23}""");
        await SendAsync(HttpMethod.Post, "faults", """{"kind":"latency","delayMs":5,"probability":0.5}""");
        var listed = await SendAsync(HttpMethod.Get, "faults");
        var left = await SendAsync(HttpMethod.Delete, $"faults/{set.GetProperty("id")}");
        var cleared = await SendAsync(HttpMethod.Delete, "faults");

        Assert.Equal((2, 23), (listed.GetArrayLength(), listed[0].GetProperty("fault").GetProperty("code").GetInt32()));
        Assert.Equal((1, 0), (left.GetArrayLength(), cleared.GetArrayLength()));
    }

    [Theory]
    [InlineData("faults", """{"kind":"refuse","opration":"sendEdoc"}""", "opration")]
    [InlineData("faults", """{"kind":"refuse","operation":"send"}""", "sendEdoc")]
    [InlineData("correspondents", """{"organ":"G22","scripts":["03 77"]}""", "77")]
    [InlineData("systems", """{"systemId":"x","serves":["A"]}""", "secret")]
    [InlineData("letters", """{"from":"G22","to":["H99"]}""", "18")]
    public async Task A_knob_turned_wrong_is_answered_with_a_sentence_that_names_it(string knob, string body, string named)
    {
        var refused = await SendAsync(HttpMethod.Post, knob, body, HttpStatusCode.BadRequest);

        Assert.Contains(named, refused.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_registered_over_http_can_call_and_its_secret_is_never_shown()
    {
        await SendAsync(HttpMethod.Post, "systems", """{"systemId":"tinh.moi","secret":"only-for-tests","serves":["H41"]}""");
        await SendAsync(HttpMethod.Post, "letters", """{"from":"G22","to":["H41"]}""");

        var client = new VxpClient(_axis.Http, _axis.Axis.Address, "tinh.moi", "only-for-tests", TimeProvider.System);

        Assert.Single(await _axis.ListAsync(client));
        Assert.DoesNotContain("only-for-tests", (await SendAsync(HttpMethod.Get, "systems")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_seen_is_read_back_with_the_bytes_and_a_reset_forgets_it()
    {
        var letter = new Letter { To = ["H53"] };
        var docId = await _axis.SendAsync(letter);

        var seen = (await SendAsync(HttpMethod.Get, "seen?operation=sendEdoc")).GetProperty("calls");
        var bytes = await _axis.Http.GetByteArrayAsync(new Uri(_axis.Axis.Address, $"/sandbox/documents/{docId}/received"));
        await SendAsync(HttpMethod.Post, "reset");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(letter.Bytes)), Assert.Single(seen.EnumerateArray()).GetProperty("digest").GetString());
        Assert.Equal(letter.Bytes, bytes);
        Assert.Equal(0, (await SendAsync(HttpMethod.Get, "documents")).GetArrayLength());
        Assert.Empty((await SendAsync(HttpMethod.Get, "seen")).GetProperty("calls").EnumerateArray());
    }

    [Fact]
    public async Task Readings_are_changed_over_http_and_a_status_is_reported_by_hand()
    {
        var letter = new Letter { To = ["G22"] };
        var docId = await _axis.SendAsync(letter);

        await SendAsync(HttpMethod.Put, "readings", """{"repeats":"sameIdAnsweredAgain"}""");
        await SendAsync(HttpMethod.Post, "statuses", $$"""{"docId":"{{docId}}","organ":"G22","code":"02","text":"Sai thẩm quyền"}""");

        Assert.Equal(docId, await _axis.SendAsync(letter));
        Assert.Single(await _axis.ListAsync(_axis.NorthClient, "status"));
    }

    [Fact]
    public async Task A_package_is_put_in_as_it_is_and_the_page_shows_it()
    {
        using var content = new ByteArrayContent(new Letter { From = "G12", To = ["H53"], Subject = "V/v <nguy hiểm> & thử" }.Bytes);
        using var answer = await _axis.Http.PostAsync(new Uri(_axis.Axis.Address, "/sandbox/packages"), content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var sound = new ByteArrayContent(new Letter { From = "G12", To = ["H53"], Subject = "V/v thử &amp; <![CDATA[<b>]]>" }.Bytes);
        using var taken = await _axis.Http.PostAsync(new Uri(_axis.Axis.Address, "/sandbox/packages"), sound);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);

        var page = await _axis.Http.GetStringAsync(new Uri(_axis.Axis.Address, "/sandbox"));

        Assert.Contains("&lt;b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_the_page_sets_a_fault_and_one_of_another_site_does_not()
    {
        using var own = await PostFormAsync(null);
        using var foreign = await PostFormAsync("cross-site");

        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Equal("Drop sendEdoc 1", string.Join(' ', _axis.Axis.Faults.Current.Select(set => $"{set.Fault.Kind} {set.Fault.Operation} {set.Fault.Times}")));
    }

    [Fact]
    public async Task A_directory_of_national_size_is_streamed_and_differs_by_a_little_from_revision_to_revision()
    {
        _axis.Axis.Units = new UnitSettings(125_000);
        var first = await UnitsAsync();
        _axis.Axis.Units = new UnitSettings(125_000, Revision: 2);
        var second = await UnitsAsync();

        Assert.True(first.Count >= 125_000);
        Assert.Equal(first.Count, first.Keys.Distinct().Count());
        var changed = second.Where(unit => first[unit.Key] != unit.Value).ToList();
        Assert.InRange(changed.Count, 60, 260);
        Assert.Contains(changed, unit => unit.Value.Deleted);
        var code = second.First(unit => unit.Value.Code.Count(c => c == '.') == 2 && !unit.Value.Deleted).Value.Code;
        Assert.Null((await SendToAsync(code)).Refusal);
    }

    private async Task<Dictionary<string, (string Code, string Name, int Version, bool Deleted)>> UnitsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_axis.Axis.Address + "/getSynchronizeUnit"));
        foreach (var (name, value) in SignedCall.Headers(TestAxis.North, Encoding.UTF8.GetBytes(TestAxis.Secret), DateTimeOffset.UtcNow, VxpNames.Json)) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _axis.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var json = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        return json.RootElement.GetProperty("data").EnumerateArray().ToDictionary(
            row => row.GetProperty("id").GetString()!,
            row => (row.GetProperty("code").GetString()!, row.GetProperty("name").GetString()!, row.GetProperty("version").GetInt32(), row.GetProperty("deleted").GetBoolean()));
    }

    private Task<VxpAnswer<SentPackage>> SendToAsync(string code) =>
        _axis.NorthClient.SendAsync(new MemoryStream(new Letter { To = [code] }.Bytes), "edoc", "H30");

    private async Task<HttpResponseMessage> PostFormAsync(string? site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_axis.Axis.Address, "/sandbox/page/fault"))
        {
            Content = new FormUrlEncodedContent([new("kind", "Drop"), new("operation", "sendEdoc"), new("times", "1"), new("delay", "0")]),
        };
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        return await _axis.Http.SendAsync(request);
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string knob, string? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, new Uri(_axis.Axis.Address, "/sandbox/" + knob)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await _axis.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
