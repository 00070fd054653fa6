using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.EdocRest;

/// <summary>The dialects whose token travels with every call: off unless an operator says otherwise, and never over a line that others read.</summary>
public sealed class DialectSwitchTests : IAsyncLifetime
{
    private static readonly (string, string)[] Credentials = [("organId", TestHub.Province), ("Authorization", TestHub.Secret), ("type", "EDOC")];

    private TestHub _hub = null!;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync(configure: options => options.TrustedProxies = ["127.0.0.1"]);

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task A_system_that_nobody_switched_the_dialect_on_for_may_not_use_it_with_the_right_token()
    {
        var reply = (await _hub.EdocWithAsync("getPendingDocIds", Credentials)).Refuses("Invalid Credentials", 401, "False");

        Assert.Contains("DX-0024", reply.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switching_a_dialect_leaves_evidence_that_names_it()
    {
        await _hub.AllowEdocAsync(TestHub.Province);
        (await _hub.EdocWithAsync("getPendingDocIds", Credentials)).Ok();
        await _hub.ChangeSystemAsync(TestHub.Province, s => s with { Dialects = [Dialects.Vxp] });
        (await _hub.EdocWithAsync("getPendingDocIds", Credentials)).Refuses("Invalid Credentials", 401, "False");

        Assert.Equal([$"system {TestHub.Province}, dialects {string.Join(' ', Dialects.All)}", $"system {TestHub.Province}, dialects vxp"],
            _hub.Entries().Select(e => e.Detail).Where(d => d?.StartsWith($"system {TestHub.Province}, dialects", StringComparison.Ordinal) == true).TakeLast(2));
    }

    [Fact]
    public async Task Neither_an_api_key_nor_a_signing_secret_stands_in_for_a_token()
    {
        var system = await _hub.PartyStore.SaveSystemAsync(
            new PartnerSystem(0, "khac", Profile.Agency, true, [new Served(_hub.Agency("G17").Id, true)]) { Dialects = Dialects.All }, "test", default);
        var secrets = (SystemSecrets)_hub.Hub.Services.GetService(typeof(SystemSecrets))!;
        await secrets.IssueAsync(system, CredentialKind.ApiKey, "test", "a-secret-of-the-json-interface");
        await secrets.IssueAsync(system, CredentialKind.Hmac, "test", "a-secret-of-the-json-interface");

        (await _hub.EdocWithAsync("getPendingDocIds", [("organId", "khac"), ("Authorization", "a-secret-of-the-json-interface"), ("type", "EDOC")]))
            .Refuses("Invalid Credentials", 401, "False");
    }

    [Theory]
    [InlineData("203.0.113.7", null, null, false)]
    [InlineData("203.0.113.7", "http", null, false)]
    [InlineData("203.0.113.7", "https", null, true)]
    [InlineData("203.0.113.7", null, "203.0.113.0/24", true)]
    [InlineData("198.51.100.9", "https", "203.0.113.0/24", false)]
    [InlineData("127.0.0.1", null, null, true)]
    public async Task From_outside_a_token_is_taken_over_tls_or_from_a_listed_address_only(string from, string? scheme, string? listed, bool taken)
    {
        await _hub.ChangeSystemAsync(TestHub.Province, s => s with { Dialects = Dialects.All, AllowedAddresses = listed is null ? [] : [listed] });

        var reply = await _hub.EdocWithAsync("getPendingDocIds", [.. Credentials, ("X-Forwarded-For", from), .. scheme is null ? [] : new[] { ("X-Forwarded-Proto", scheme) }]);

        Assert.True(reply.IsSuccess == taken, reply.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Behind_a_proxy_that_is_not_configured_nobody_passes_for_a_local_caller_unless_the_setting_says_so(bool allowed)
    {
        await using var hub = await TestHub.StartAsync(configure: options => options.TokensOverPlainHttp = allowed);
        await hub.AllowEdocAsync(TestHub.Province);

        var reply = await hub.EdocWithAsync("getPendingDocIds", [.. Credentials, ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Proto", "https")]);

        Assert.True(reply.IsSuccess == allowed, reply.Text);
        if (!allowed) Assert.Contains("DX-0025", reply.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_hash_of_a_token_is_in_the_store()
    {
        var needle = System.Text.Encoding.ASCII.GetBytes(TestHub.Secret);

        Assert.All(LiveFolder.Read(_hub.Folder), read => Assert.True(read.Bytes.AsSpan().IndexOf(needle) < 0, read.File));
    }
}
