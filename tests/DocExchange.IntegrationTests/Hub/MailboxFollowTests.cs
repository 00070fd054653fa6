using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;
using DocExchange.Storage.Sqlite;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>Waiting items after a change of the directory: they wait, or follow their agency; none is lost from sight and none is shown to others.</summary>
public sealed class MailboxFollowTests(ShortListFixture fixture) : IClassFixture<ShortListFixture>
{
    private static int _made;

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Items_of_a_suspended_system_wait_for_it_and_are_not_shown_to_the_body_above()
    {
        var (system, unit) = await AddAsync();
        var early = await SendAsync(unit);
        var above = await ListedAsync(TestHub.Province);

        await Hub.ChangeSystemAsync(system, s => s with { Enabled = false });
        var late = await SendAsync(unit);

        Assert.Equal(above, await ListedAsync(TestHub.Province));
        Assert.Contains(Hub.Hub.Store.Alarms.All, a => a.Kind == AlarmKind.NobodyFetches && a.Subject == system);
        await Hub.ChangeSystemAsync(system, s => s with { Enabled = true });
        Assert.Equal([early, late], await ListedAsync(system));
    }

    [Fact]
    public async Task A_sender_is_told_that_the_recipients_system_is_suspended()
    {
        var (system, unit) = await AddAsync();
        await Hub.ChangeSystemAsync(system, s => s with { Enabled = false });

        var sent = (await Hub.SendAsync(new Letter { To = [unit] })).Ok();

        Assert.Contains((await Hub.TrackAsync(sent.DocId)).Warnings, w => w.Code == "recipient-system-suspended");
    }

    [Fact]
    public async Task A_suspended_system_gives_way_to_an_enabled_one_that_serves_the_same_agency()
    {
        var (old, unit) = await AddAsync();
        var item = await SendAsync(unit);
        var next = await AddSystemAsync(unit);

        await Hub.ChangeSystemAsync(old, s => s with { Enabled = false });

        Assert.Equal([item], await ListedAsync(next));
    }

    [Fact]
    public async Task Items_follow_an_agency_to_its_new_system_and_are_answered_there()
    {
        var (old, unit) = await AddAsync();
        string[] items = [await SendAsync(unit), await SendAsync(unit), await SendAsync(unit)];
        await Hub.Client(old).FetchAsync(items[1], Stream.Null);
        var next = await AddSystemAsync(unit);
        Assert.Equal(items, await ListedAsync(old));

        await Hub.ChangeSystemAsync(old, s => s with { Serves = [] });

        Assert.Equal(items, await ListedAsync(next));
        Assert.Equal(3, (await Hub.Client(next).CountAsync("edoc")).Value);
        Assert.Empty(await ListedAsync(old));
        Assert.Equal(0, (await Hub.Client(old).CountAsync("edoc")).Value);
        Assert.Equal(18, (await Hub.Client(old).ConfirmAsync(items[1])).Refusal!.Code);
        Assert.True((await Hub.Client(next).FetchAsync(items[1], Stream.Null)).Value > 0);
        Assert.Null((await Hub.Client(next).ConfirmAsync(items[1])).Refusal);
        Assert.Equal([items[0], items[2]], await ListedAsync(next));
        Assert.Equal($"3 from {old} to {next}", Last(EvidenceEvents.MailboxMoved, unit).Detail);
    }

    [Fact]
    public async Task Items_of_an_agency_nobody_serves_any_more_wait_for_whoever_serves_it_next()
    {
        var (old, unit) = await AddAsync(under: null);
        var item = await SendAsync(unit);

        await Hub.ChangeSystemAsync(old, s => s with { Serves = [] });

        Assert.Equal(0, (await Hub.Client(old).CountAsync("edoc")).Value);
        Assert.Contains(Hub.Hub.Store.Alarms.All, a => a.Kind == AlarmKind.NobodyFetches && a.Subject == unit);
        await Hub.RefusesAsync(() => Hub.SendAsync(new Letter { To = [unit] }), 18, "DX-4007");
        var next = await AddSystemAsync(unit);
        Assert.Equal([item], await ListedAsync(next));
    }

    [Fact]
    public async Task A_dead_letter_is_put_back_into_the_mailbox_its_agency_has_now()
    {
        var (old, unit) = await AddAsync();
        var item = await SendAsync(unit);
        await Hub.Client(old).RejectAsync(item, "khong doc duoc");
        var next = await AddSystemAsync(unit);
        await Hub.ChangeSystemAsync(old, s => s with { Serves = [] });

        await Hub.Store.SettleDeadLetterAsync(item, requeue: true, "test", default);

        Assert.Equal([item], await ListedAsync(next));
    }

    [Fact]
    public async Task What_was_answered_before_an_agency_left_does_not_use_up_the_list_of_those_that_stayed()
    {
        var (system, left) = await AddAsync();
        var stayed = (await AddAgencyAsync("H30")).Code;
        await Hub.ChangeSystemAsync(system, s => s with { Serves = [.. s.Serves, new Served(Hub.Agency(stayed).Id, true)] });
        for (var i = 0; i < ShortListFixture.Limit + 5; i++) await Hub.Client(system).ConfirmAsync(await SendAsync(left));
        await Hub.ChangeSystemAsync(system, s => s with { Serves = [new Served(Hub.Agency(stayed).Id, true)] });
        string[] items = [await SendAsync(stayed), await SendAsync(stayed)];

        var all = await Hub.Store.ListMailboxAsync(Hub.ScopeOf(system), new MailboxQuery(null, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), ShortListFixture.Limit), default);

        Assert.Equal(items, all.Items.Select(i => i.ItemId));
        Assert.False(all.Cut);
    }

    [Fact]
    public async Task A_document_that_was_on_its_way_while_its_recipient_moved_arrives_in_the_new_mailbox()
    {
        var (old, unit) = await AddAsync();
        var before = Hub.Parties;
        var next = await AddSystemAsync(unit);
        await Hub.ChangeSystemAsync(old, s => s with { Serves = [] });

        // As a slow upload commits it: routed by a picture that has been replaced.
        using var reader = new MemoryStream(new Letter { To = [unit] }.Bytes);
        var envelope = Core.Packages.PackageReader.Read(reader, Core.Packages.PackageLimits.Default).Envelope!;
        var body = new StoredBody(System.Security.Cryptography.SHA256.HashData(reader.ToArray()), reader.Length, reader.ToArray());
        var route = new Core.Routing.Route(Hub.Agency(unit), before.FindSystem(old)!, [unit]);
        await Hub.Store.AcceptDocumentAsync(new DocumentAcceptance(Hub.Parties.FindSystem(TestHub.Province)!, Hub.Agency("H30"), envelope, body, [route]) { Parties = before }, default);

        Assert.Single(await ListedAsync(next));
    }

    [Fact]
    public async Task A_move_that_a_stop_prevented_is_made_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("docexchange-moves-").FullName;
        try
        {
            string item;
            await using (var hub = await TestHub.StartAsync(folder))
            {
                item = Assert.Single((await hub.TrackAsync((await hub.SendAsync(new Letter())).Ok().DocId)).Deliveries).ItemId;
            }
            using (var database = Database.Open(Path.Combine(folder, "store", "exchange.db"), readOnly: false))
            {
                database.Execute("UPDATE delivery SET mailbox = 999 WHERE state < 2; UPDATE delivery SET mailbox = 0; UPDATE meta SET value = '7' WHERE key = 'mailboxes_due'");
            }

            await using var again = await TestHub.StartAsync(folder);

            var deadline = DateTime.UtcNow.AddMinutes(2);
            while ((await again.ListAsync(TestHub.Department)).Count == 0 && DateTime.UtcNow < deadline) await Task.Delay(50);
            Assert.Equal([item], (await again.ListAsync(TestHub.Department)).Select(i => i.DocId));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<(string System, string Unit)> AddAsync(string? under = "H30")
    {
        var unit = (await AddAgencyAsync(under)).Code;
        return (await AddSystemAsync(unit), unit);
    }

    private Task<Agency> AddAgencyAsync(string? under)
    {
        var code = "H30.F" + Interlocked.Increment(ref _made);
        return Hub.PartyStore.SaveAgencyAsync(new Agency(0, code, "Đơn vị " + code, under is null ? null : Hub.Agency(under).Id, AgencyKind.Local), "test", default);
    }

    private async Task<string> AddSystemAsync(string unit)
    {
        var name = "he.thong.f" + Interlocked.Increment(ref _made);
        await Hub.AddSystemAsync(new PartnerSystem(0, name, Profile.Agency, true, [new Served(Hub.Agency(unit).Id, true)]));
        return name;
    }

    private async Task<string> SendAsync(string to) =>
        Assert.Single((await Hub.TrackAsync((await Hub.SendAsync(new Letter { To = [to] })).Ok().DocId)).Deliveries).ItemId;

    private async Task<IReadOnlyList<string>> ListedAsync(string system) => [.. (await Hub.ListAsync(system)).Select(i => i.DocId)];

    private EvidenceEntry Last(string name, string recipient) => Hub.Entries().Last(e => e.Event == name && e.Recipient == recipient);
}
