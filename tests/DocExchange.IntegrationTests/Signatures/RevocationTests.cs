using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DocExchange.Client;
using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Trust;
using DocExchange.Hub.Evidence;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Scheduling;
using DocExchange.Hub.Trust;
using DocExchange.IntegrationTests.Evidence;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using DocExchange.Sandbox.Authorities;
using DocExchange.UnitTests.Signing.Pdf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocExchange.IntegrationTests.Signatures;

/// <summary>The sandbox's responder over HTTP: asked behind the acceptance, and only where the operator named it.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("docexchange-test-").FullName;
    private SandboxAuthority _authority = null!;
    private WebApplication _web = null!;
    private PdfTrust _parties = null!;
    private readonly Dictionary<string, byte[]> _lists = [];
    private int _asked;

    public async Task InitializeAsync()
    {
        _authority = SandboxAuthority.OpenOrCreate(_folder, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.Use(async (http, next) =>
        {
            Interlocked.Increment(ref _asked);
            await next(http);
        });
        _web.MapAuthorities(_authority, TimeProvider.System);
        _web.MapGet("/list/{name}", (string name) => Results.Bytes(_lists[name], "application/pkix-crl"));
        await _web.StartAsync();
        _parties = new PdfTrust(DateTimeOffset.UtcNow, _authority.Root, Address + "/ocsp");
    }

    public async Task DisposeAsync()
    {
        await _web.DisposeAsync();
        _parties.Dispose();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_not_known_is_asked_for_behind_the_acceptance_and_counts_for_the_next_document()
    {
        await using var hub = await StartAsync(options => options.RevocationHosts = [new Uri(Address).Authority]);
        Assert.Contains("revocation-pending", await RemarksAsync(hub));
        Assert.Equal(0, _asked);

        Assert.Empty(await Desk(hub).AskAsync(default));
        Assert.DoesNotContain("revocation-pending", await RemarksAsync(hub));

        await File.WriteAllTextAsync(Path.Combine(_folder, "revoked"), _parties.Organisation.SerialNumber.TrimStart('0'));
        await using var later = await StartAsync(options => options.RevocationHosts = [new Uri(Address).Authority]);
        await RemarksAsync(later);
        await Desk(later).AskAsync(default);
        Assert.Contains("revoked", await RemarksAsync(later));
    }

    [Fact]
    public async Task A_host_nobody_named_is_never_asked_whatever_a_certificate_says()
    {
        await using var hub = await StartAsync(options => options.RevocationHosts = ["ocsp.example.vn"]);
        await RemarksAsync(hub);

        await Desk(hub).AskAsync(default);

        Assert.Equal(0, _asked);
        Assert.Empty(hub.Hub.Store.Trust.Current.Revocations.Wanted);
    }

    [Fact]
    public async Task Answers_and_the_trust_list_outlive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("docexchange-test-").FullName;
        await using (var hub = await StartAsync(options => options.RevocationHosts = [new Uri(Address).Authority], folder))
        {
            await RemarksAsync(hub);
            await Desk(hub).AskAsync(default);
        }
        await using (var again = await TestHub.StartAsync(folder)) Assert.DoesNotContain("revocation-pending", await RemarksAsync(again));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_pending_is_judged_again_when_the_answer_comes_and_the_acceptance_stays_what_it_was()
    {
        await using var hub = await StartAsync(options => options.RevocationHosts = [new Uri(Address).Authority]);
        var docId = await SendAsync(hub);
        var first = (await hub.GetAsync($"documents/{docId}/signatures", TestHub.Province)).Is(200).Text;
        (await hub.GetAsync($"documents/{docId}/signatures/later", TestHub.Province)).Refuses(404, "DX-6001");
        Assert.Equal(0, await JudgeAgainAsync(hub));

        await Desk(hub).AskAsync(default);
        Assert.Equal(1, await JudgeAgainAsync(hub));
        Assert.Equal(0, await JudgeAgainAsync(hub));

        var track = (await hub.GetAsync("documents/" + docId, TestHub.Province)).Json;
        Assert.Contains("revocation-pending", RemarksOf(track.GetProperty("signatures")));
        Assert.DoesNotContain("revocation-pending", RemarksOf(track.GetProperty("laterSignatures")));
        Assert.Equal(first, (await hub.GetAsync($"documents/{docId}/signatures", TestHub.Province)).Text);
        var later = (await hub.GetAsync($"documents/{docId}/signatures/later", TestHub.Province)).Is(200).Text;
        var said = track.GetProperty("events").EnumerateArray().Single(e => e.GetProperty("event").GetString() == EvidenceEvents.SignaturesJudgedAgain);
        var entry = (await hub.ReceiptAsync(TestHub.Province, said.GetProperty("receiptId").GetString()!)).Entry;
        Assert.EndsWith("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(later))), entry.Detail);
    }

    [Fact]
    public async Task A_revocation_from_before_the_acceptance_that_becomes_known_later_takes_the_worth_away()
    {
        await using var hub = await StartAsync(options => options.RevocationHosts = [new Uri(Address).Authority]);
        var docId = await SendAsync(hub);
        await File.WriteAllTextAsync(Path.Combine(_folder, "revoked"), _parties.Organisation.SerialNumber.TrimStart('0'));

        await Desk(hub).AskAsync(default);
        Assert.Equal(1, await JudgeAgainAsync(hub));

        var later = (await hub.GetAsync("documents/" + docId, TestHub.Province)).Json.GetProperty("laterSignatures");
        Assert.Equal("information-only", later.GetProperty("class").GetString());
        Assert.Contains("revoked", RemarksOf(later));
    }

    [Fact]
    public async Task A_restart_forgets_no_certificate_that_is_to_be_asked_for()
    {
        var folder = Directory.CreateTempSubdirectory("docexchange-test-").FullName;
        string docId;
        await using (var hub = await StartAsync(options => options.RevocationHosts = [new Uri(Address).Authority], folder))
        {
            docId = await SendAsync(hub);
            await Again(hub).NoteAsync(default);
        }
        await using (var again = await TestHub.StartAsync(folder, options => options.RevocationHosts = [new Uri(Address).Authority], byHand: AskRevocationJob.Key))
        {
            await Again(again).NoteAsync(default);
            Assert.Empty(await Desk(again).AskAsync(default));
            Assert.Equal(1, await JudgeAgainAsync(again));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_list_is_fetched_once_for_all_its_certificates_and_the_evidence_names_its_bytes()
    {
        var list = new CertificateRevocationListBuilder().Build(_authority.Root, 1, DateTimeOffset.UtcNow.AddDays(1), HashAlgorithmName.SHA256, null, DateTimeOffset.UtcNow.AddHours(-1));
        _lists["a"] = list;
        using var parties = new PdfTrust(DateTimeOffset.UtcNow, _authority.Root, list: Address + "/list/a");
        await using var hub = await StartAsync(options => options.RevocationHosts = [new Uri(Address).Authority]);
        var pdf = PdfMaker.Sign(PdfMaker.Sign(PdfMaker.Plain(), 1, parties.ByPerson), 2, parties.ByOrganisation);
        (await hub.PostPackageAsync(new Letter { File = pdf }.Bytes)).Is(201);
        Assert.Equal(2, hub.Hub.Store.Trust.Current.Revocations.Wanted.Count);

        Assert.Empty(await Desk(hub).AskAsync(default));

        Assert.Equal(1, _asked);
        Assert.Empty(hub.Hub.Store.Trust.Current.Revocations.Wanted);
        var entry = Assert.Single(hub.Entries(), e => e.Event == EvidenceEvents.RevocationAnswerKept);
        Assert.Equal(SHA256.HashData(list), entry.Digest);
        Assert.Matches("^good [0-9a-f]{64} " + Address + "/list/a$", entry.Detail);
        var operators = await OperatorAsync(hub);
        Assert.Equal(list, await operators.TrustAnswerAsync(Convert.ToHexStringLower(entry.Digest!)));
        await Assert.ThrowsAsync<HubRefusedException>(() => operators.TrustAnswerAsync(new string('0', 64)));
        await Assert.ThrowsAsync<HubRefusedException>(() => operators.TrustAnswerAsync("no digest"));
        Assert.Equal(401, (await hub.GetAsync("trust/answers/" + Convert.ToHexStringLower(entry.Digest!), TestHub.Province)).Status);
    }

    [Fact]
    public async Task What_came_before_its_authority_was_trusted_is_judged_again_on_demand_and_its_receipt_stays()
    {
        await using var hub = await TestHub.StartAsync(byHand: AskRevocationJob.Key);
        var docId = await SendAsync(hub);
        var first = (await hub.GetAsync($"documents/{docId}/signatures", TestHub.Province)).Is(200).Text;
        var operators = await OperatorAsync(hub);
        Assert.False(await operators.JudgeAgainAsync(docId));
        await hub.Hub.Store.Trust.AddAsync([TrustedCertificate.Of(_authority.Root, "sandbox", DateTimeOffset.UtcNow)], "test", default);

        Assert.True(await operators.JudgeAgainAsync(docId));
        Assert.False(await operators.JudgeAgainAsync(docId));

        var track = (await hub.GetAsync("documents/" + docId, TestHub.Province)).Json;
        Assert.Contains("untrusted", RemarksOf(track.GetProperty("signatures")));
        Assert.Equal("legally-signed", track.GetProperty("laterSignatures").GetProperty("class").GetString());
        Assert.Equal(first, (await hub.GetAsync($"documents/{docId}/signatures", TestHub.Province)).Text);
        Assert.StartsWith("account ", Assert.Single(hub.Entries(), e => e.Event == EvidenceEvents.SignaturesJudgedAgain).Actor, StringComparison.Ordinal);
        // A revocation of the authority concerns it from now on.
        Assert.Equal([docId], await hub.Hub.Store.Trust.DocumentsOfAsync(RevocationBook.KeyOf(_authority.Root), 10, default));
        await Assert.ThrowsAsync<HubRefusedException>(() => operators.JudgeAgainAsync(new string('0', 24)));
        Assert.Equal(401, (await hub.PostJsonAsync($"documents/{docId}/judge", "", TestHub.Province)).Status);
    }

    private static async Task<HubClient> OperatorAsync(TestHub hub)
    {
        await hub.PartyStore.SaveAccountAsync(new Account(0, "truc.ban", PasswordHash.Make("mat khau", 4), Role.Operator, null), "test", default);
        return HubClient.ForOperator(hub.Http, hub.Address, "truc.ban", "mat khau");
    }

    [Fact]
    public async Task What_the_issuer_says_of_the_hubs_own_certificate_goes_with_the_receipts_supplement()
    {
        var (folder, file, phrase) = (Path.Combine(_folder, "data"), Path.Combine(_folder, "hub.p12"), Path.Combine(_folder, "phrase"));
        await File.WriteAllBytesAsync(file, KeyStore.ToPkcs12(_parties.Organisation, [X509CertificateLoader.LoadCertificate(_authority.Root.RawData)], "given"));
        await File.WriteAllTextAsync(phrase, "given");
        await using var hub = await StartAsync(options =>
        {
            options.RevocationHosts = [new Uri(Address).Authority];
            (options.TimestampAuthorities, options.TimestampRoots) = ([Address + "/tsa"], _authority.RootFile);
        }, folder);
        var key = hub.Hub.Services.GetRequiredService<SigningKeyFile>();
        Assert.Equal(0, await KeysCommand.RunAsync(["rotate", "--p12", file, "--passphrase-file", phrase, "--data", folder]));
        await key.ReloadAsync();
        var receipt = await hub.SendLettersAsync(1);

        await new AskRevocationJob(Desk(hub), key, Again(hub), hub.Hub.Services.GetRequiredService<AlarmBoard>(), NullLogger<AskRevocationJob>.Instance).Execute(null!);
        await hub.StampAsync();

        var supplement = await hub.SupplementAsync(receipt);
        Assert.Single(SupplementFormat.TryParse(supplement, out _)!.Heads[^1].Revocation);
        var checks = EvidenceCalls.CheckSupplement(await hub.ReceiptAsync(receipt), supplement, new TrustedParties([_authority.Root], [_authority.Root], null));
        Assert.Equal(CheckOutcome.Passed, checks.Single(check => check.Name == "revocation").Outcome);
    }

    private static Rejudging Again(TestHub hub) => hub.Hub.Services.GetRequiredService<Rejudging>();

    private static Task<int> JudgeAgainAsync(TestHub hub) => Again(hub).RunAsync(default);

    private async Task<string> SendAsync(TestHub hub) => (await hub.PostPackageAsync(new Letter { File = PdfMaker.Sign(PdfMaker.Plain(), 1, _parties.ByOrganisation) }.Bytes)).Is(201).DocId;

    private static string[] RemarksOf(System.Text.Json.JsonElement signatures) =>
        [.. signatures.GetProperty("signatures")[0].GetProperty("remarks").EnumerateArray().Select(r => r.GetProperty("code").GetString()!)];

    private string Address => _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static RevocationDesk Desk(TestHub hub) => hub.Hub.Services.GetRequiredService<RevocationDesk>();

    private async Task<TestHub> StartAsync(Action<HubOptions> configure, string? folder = null)
    {
        var hub = await TestHub.StartAsync(folder, configure, byHand: AskRevocationJob.Key);
        await hub.Hub.Store.Trust.AddAsync([TrustedCertificate.Of(_authority.Root, "sandbox", DateTimeOffset.UtcNow)], "test", default);
        return hub;
    }

    private async Task<string[]> RemarksAsync(TestHub hub)
    {
        var docId = await SendAsync(hub);
        return RemarksOf((await hub.GetAsync("documents/" + docId, TestHub.Province)).Json.GetProperty("signatures"));
    }
}
