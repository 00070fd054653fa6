using System.Net;
using System.Text;
using System.Text.Json;
using DocExchange.Client;
using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>Systems and agencies: secrets at rest and in change, who may call from where, who changes the directory, who sees what.</summary>
public sealed class PartyTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task No_file_of_the_data_folder_holds_a_secret_in_any_form()
    {
        const string secret = "bi-mat-cua-he-thong-kiem-thu-0001";
        await using var hub = await TestHub.StartAsync();
        await hub.AddSystemAsync(new PartnerSystem(0, "he.thong.1", Profile.Agency, true, [new Served(hub.Agency("H30.13").Id, true)]), secret);
        Assert.Null((await hub.Client("he.thong.1", secret).CountAsync("edoc")).Refusal);
        var bytes = Encoding.UTF8.GetBytes(secret);
        byte[][] forms = [bytes, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)), Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)), Encoding.Unicode.GetBytes(secret)];

        var read = 0;
        foreach (var (file, content) in LiveFolder.Read(hub.Folder).Where(f => Path.GetFileName(f.File) != "demo-credentials.json"))
        {
            read += content.Length;
            Assert.All(forms, form => Assert.True(content.AsSpan().IndexOf(form) < 0, $"{file} holds a secret."));
        }
        Assert.True(read > 10_000, "The store was not among the files read.");
    }

    [Fact]
    public async Task A_new_secret_and_the_old_one_both_work_until_the_old_one_ends()
    {
        var system = await AddSystemAsync("xoay.vong");
        var old = Hub.Parties.CredentialsOf(system).Single(c => c.Kind == CredentialKind.Hmac);
        var (_, secret) = await Hub.Hub.Services.GetRequiredService<SystemSecrets>().IssueAsync(system, CredentialKind.Hmac, "test");

        Assert.Null((await Hub.Client("xoay.vong").CountAsync("edoc")).Refusal);
        Assert.Null((await Hub.Client("xoay.vong", secret).CountAsync("edoc")).Refusal);
        Assert.True(await Hub.PartyStore.EndCredentialAsync(system.Id, old.Id, DateTimeOffset.UtcNow.AddHours(1), "test", default));
        Assert.Null((await Hub.Client("xoay.vong").CountAsync("edoc")).Refusal);
        Assert.True(await Hub.PartyStore.EndCredentialAsync(system.Id, old.Id, null, "test", default));

        // Revoked and not only ended: a time of the caller's that the store's clock had not reached yet once made it an end with overlap.
        Assert.NotNull(Hub.Parties.CredentialsOf(system).Single(c => c.Id == old.Id).RevokedAt);
        Assert.Equal(15, (await Hub.Client("xoay.vong").CountAsync("edoc")).Refusal!.Code);
        Assert.Null((await Hub.Client("xoay.vong", secret).CountAsync("edoc")).Refusal);
        Assert.False(await Hub.PartyStore.EndCredentialAsync(Hub.Parties.FindSystem(TestHub.Peer)!.Id, old.Id, null, "test", default));
    }

    [Fact]
    public async Task One_systems_secret_opens_no_other_system()
    {
        await AddSystemAsync("rieng.1", "secret-of-the-first-system");

        Assert.Equal(15, (await Hub.Client("rieng.1").CountAsync("edoc")).Refusal!.Code);
        Assert.Equal(15, (await Hub.Client(TestHub.Province, "secret-of-the-first-system").CountAsync("edoc")).Refusal!.Code);
    }

    [Fact]
    public async Task A_disabled_system_is_told_so_and_gets_in_neither_here_nor_by_its_API_key()
    {
        var system = await AddSystemAsync("tam.ngung");
        await Hub.ChangeSystemAsync("tam.ngung", s => s with { Enabled = false });

        var refusal = (await Hub.Client("tam.ngung").CountAsync("edoc")).Refusal!;

        Assert.Equal(15, refusal.Code);
        Assert.Contains("DX-0011", refusal.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await ApiStatusAsync("tam.ngung", "documents/d-1"));
        await Hub.ChangeSystemAsync("tam.ngung", _ => system);
        Assert.Null((await Hub.Client("tam.ngung").CountAsync("edoc")).Refusal);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("not an address", false)]
    public async Task Calls_from_addresses_that_are_not_listed_are_refused(string listed, bool allowed)
    {
        var name = "dia.chi." + Guid.NewGuid().ToString("N");
        await AddSystemAsync(name);
        await Hub.ChangeSystemAsync(name, s => s with { AllowedAddresses = [listed] });

        Assert.Equal(allowed, (await Hub.Client(name).CountAsync("edoc")).Refusal is null);
        Assert.Equal(allowed ? HttpStatusCode.NotFound : HttpStatusCode.Unauthorized, await ApiStatusAsync(name, "documents/d-1"));
    }

    [Fact]
    public async Task A_forwarded_for_header_from_anybody_but_a_configured_proxy_changes_nothing()
    {
        await AddSystemAsync("sau.proxy");
        await Hub.ChangeSystemAsync("sau.proxy", s => s with { AllowedAddresses = ["10.1.2.3"] });
        var headers = Hub.Signed("sau.proxy").Append(new("X-Forwarded-For", "10.1.2.3"));

        await Hub.TurnsAwayAsync(() => Hub.PostAsync("/vxp/countReceiveEdoc", headers, []), "DX-0011");

        await using var proxied = await TestHub.StartAsync(configure: o => o.TrustedProxies = ["127.0.0.1"]);
        await proxied.ChangeSystemAsync(TestHub.Province, s => s with { AllowedAddresses = ["10.1.2.3"] });
        (await proxied.PostAsync("/vxp/countReceiveEdoc", proxied.Signed(TestHub.Province).Append(new("X-Forwarded-For", "9.9.9.9, 10.1.2.3")), [])).Ok();
        await proxied.TurnsAwayAsync(() => proxied.PostAsync("/vxp/countReceiveEdoc", proxied.Signed(TestHub.Province).Append(new("X-Forwarded-For", "10.1.2.3, 9.9.9.9")), []), "DX-0011");
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Registering_and_deleting_only_file_a_request_without_the_grant_or_without_a_trusted_line(bool granted, bool listed)
    {
        var unit = $"H30.13.R{(granted ? 1 : 2)}";
        await GrantAsync(granted, listed);
        var filed = (await Hub.PartyStore.ListDirectoryRequestsAsync(default)).Count;

        (await RegisterAsync(unit)).Ok();
        (await Hub.CallAsync("deleteAgency", HubFixture.Health, "{}"u8.ToArray(), ("AgencyCode", "H30.13"))).Ok();

        Assert.Null(Hub.Parties.Directory.Find(unit));
        Assert.Null(Hub.Agency("H30.13").ValidTo);
        var requests = await Hub.PartyStore.ListDirectoryRequestsAsync(default);
        Assert.Equal(filed + 2, requests.Count);
        Assert.Contains(requests, r => r.Code == unit && !r.IsDeletion && r.State == DirectoryRequestState.Filed);
        Assert.Contains(requests, r => r.Code == "H30.13" && r.IsDeletion);
    }

    [Fact]
    public async Task Registering_and_deleting_take_effect_with_the_grant_over_a_listed_line_and_only_below_the_caller()
    {
        await GrantAsync(true, true);

        (await RegisterAsync("H30.13.77")).Ok();
        Assert.Equal("Phòng mới (mẫu)", Hub.Agency("H30.13.77").Name);
        (await Hub.CallAsync("deleteAgency", HubFixture.Health, "{}"u8.ToArray(), ("AgencyCode", "H30.13.77"))).Ok();
        Assert.NotNull(Hub.Agency("H30.13.77").ValidTo);
        await Hub.RefusesAsync(() => RegisterAsync("H30.12.77", "H30.12"), 19, "DX-0013", system: HubFixture.Health);
        await Hub.RefusesAsync(() => RegisterAsync("H30.12", "H30.13"), 19, "DX-0013", system: HubFixture.Health);
    }

    [Fact]
    public async Task A_system_sees_neither_documents_nor_receipts_nor_items_of_others()
    {
        var sent = (await Hub.SendAsync(new Letter { To = ["H30.12"] })).Ok();
        var track = await Hub.TrackAsync(sent.DocId);
        var refused = await Hub.SendAsync(new Letter { To = ["H77"] });

        Assert.Equal(HttpStatusCode.OK, await ApiStatusAsync(TestHub.Province, "documents/" + sent.DocId));
        Assert.Equal(HttpStatusCode.OK, await ApiStatusAsync(TestHub.Department, "documents/" + sent.DocId));
        foreach (var path in new[] { "documents/" + sent.DocId, "receipts/" + track.ReceiptId, "receipts/" + refused.ReceiptId })
        {
            Assert.Equal(HttpStatusCode.NotFound, await ApiStatusAsync(HubFixture.Health, path));
        }
        Assert.Empty(await HubClient.ForSystem(Hub.Http, Hub.Address, $"{HubFixture.Health}.{TestHub.Secret}").FindAsync(track.DocumentId!));
        // The recipient sees its own copy, and neither the sender's receipt nor the other copies.
        var circular = (await Hub.SendAsync(new Letter { To = ["H30.12", "H30.13"] })).Ok();
        Assert.Equal(["H30.13"], (await Hub.TrackAsync(circular.DocId, HubFixture.Health)).Deliveries.Select(d => d.Agency));
        Assert.Equal(HttpStatusCode.NotFound, await ApiStatusAsync(HubFixture.Health, "receipts/" + (await Hub.TrackAsync(circular.DocId)).ReceiptId));
    }

    [Fact]
    public async Task Two_codes_of_one_agency_are_one_agency_to_its_system()
    {
        var sent = (await Hub.SendAsync(new Letter { From = "000.00.00.H30", To = ["000.00.13.H30"] })).Ok();

        var delivery = Assert.Single((await Hub.TrackAsync(sent.DocId)).Deliveries);

        Assert.Equal("H30.13", delivery.Agency);
        Assert.Contains(await Hub.ListAsync(HubFixture.Health), i => i.DocId == delivery.ItemId && i.From == "H30");
    }

    private Task GrantAsync(bool granted, bool listed) => Hub.ChangeSystemAsync(HubFixture.Health, s => s with
    {
        MayRegisterAgencies = granted,
        AllowedAddresses = listed ? ["127.0.0.1"] : [],
    });

    private Task<VxpReply> RegisterAsync(string code, string parent = "H30.13") => Hub.CallAsync("registerAgency", HubFixture.Health,
        JsonSerializer.SerializeToUtf8Bytes(new { code, pcode = parent, name = "Phòng mới (mẫu)", mail = "a@b.example" }));

    private Task<PartnerSystem> AddSystemAsync(string name, string secret = TestHub.Secret) =>
        Hub.AddSystemAsync(new PartnerSystem(0, name, Profile.Agency, true, [new Served(Hub.Agency("H46").Id, true)]), secret);

    private async Task<HttpStatusCode> ApiStatusAsync(string system, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Hub.Address, "/api/v1/" + path));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {system}.{TestHub.Secret}");
        using var response = await Hub.Http.SendAsync(request);
        return response.StatusCode;
    }
}
