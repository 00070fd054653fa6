using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>Identity and duplicates: whatever is sent again, nothing is doubled and nothing accepted becomes refused.</summary>
public sealed class DuplicateTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task An_identical_resend_gets_the_first_id_and_the_first_receipt_byte_for_byte()
    {
        var letter = new Letter();
        var first = (await Hub.SendAsync(letter)).Ok();
        var receipt = await ReceiptOfAsync(first.DocId);
        var before = Hub.CountLeftovers();

        var again = (await Hub.SendAsync(letter)).Ok();

        Assert.Equal(first.DocId, again.DocId);
        Assert.Equal(receipt, await ReceiptOfAsync(again.DocId));
        Assert.Equal(before, Hub.CountLeftovers());
    }

    [Fact]
    public async Task Fifty_identical_resends_at_once_are_one_document()
    {
        var letter = new Letter { To = ["H30.12", "H30.13"] };
        var before = Hub.CountLeftovers();

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Hub.SendAsync(letter)));

        Assert.Single(replies.Select(r => r.Ok().DocId).Distinct());
        Assert.Equal(before with { Documents = before.Documents + 1, Deliveries = before.Deliveries + 2, Bodies = before.Bodies + 1 }, Hub.CountLeftovers());
    }

    [Fact]
    public async Task Fifty_conflicting_documents_at_once_leave_one_and_refuse_the_others()
    {
        var letter = new Letter();

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Hub.SendAsync(letter with { Subject = "Lần " + i })));

        Assert.Single(replies, r => r.Code == "0");
        Assert.All(replies.Where(r => r.Code != "0"), r => Assert.Contains("[DX-5001", r.Description, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_bytes_under_a_peers_known_id_are_a_variant_that_is_stored_witnessed_and_delivered()
    {
        var letter = new Letter { From = "G22", To = ["H30.13"] };
        var first = (await Hub.SendAsync(letter, TestHub.Peer)).Ok();

        var variant = (await Hub.SendAsync(letter with { Subject = "Bản khác" }, TestHub.Peer)).Ok();
        var again = (await Hub.SendAsync(letter with { Subject = "Bản khác" }, TestHub.Peer)).Ok();

        Assert.NotEqual(first.DocId, variant.DocId);
        Assert.Equal(variant.DocId, again.DocId);
        var listed = (await Hub.ListAsync(HubFixture.Health)).Select(i => i.DocId).ToHashSet();
        foreach (var docId in new[] { first.DocId, variant.DocId })
        {
            Assert.Contains(Assert.Single((await Hub.TrackAsync(docId, TestHub.Peer)).Deliveries).ItemId, listed);
        }
        var track = await Hub.TrackAsync(variant.DocId, TestHub.Peer);
        var (_, entry) = await Hub.ReceiptAsync(TestHub.Peer, track.ReceiptId);
        Assert.Equal(first.DocId, entry.Variant);
    }

    [Fact]
    public async Task A_repeat_to_further_recipients_adds_their_copies_keeps_the_id_and_has_a_receipt_of_its_own()
    {
        var letter = new Letter { To = ["H30.12", "H30.13", "G22"] };
        var first = (await Hub.SendAsync(letter, to: "[\"H30.12\"]")).Ok();
        Assert.Equal(["H30.12"], await RecipientsAsync(first.DocId));

        var more = (await Hub.SendAsync(letter, to: "[\"H30.13\",\"H30.12\"]")).Ok();
        Assert.Equal(["H30.12", "H30.13"], await RecipientsAsync(more.DocId));
        var all = (await Hub.SendAsync(letter)).Ok();
        var repeated = (await Hub.SendAsync(letter, to: "[\"H30.12\"]")).Ok();

        Assert.Equal(["H30.12", "H30.13", "G22"], await RecipientsAsync(all.DocId));
        Assert.Single(new[] { first.DocId, more.DocId, all.DocId, repeated.DocId }.Distinct());
        var receipts = (await Hub.TrackAsync(first.DocId)).Events.Where(e => e.Event == EvidenceEvents.SubmissionAcceptance).ToList();
        Assert.Equal(3, receipts.Count);
        var named = new List<string>();
        foreach (var receipt in receipts) named.Add(string.Join(' ', (await Hub.ReceiptAsync(TestHub.Province, receipt.ReceiptId)).Entry.Recipients!));
        Assert.Equal(["H30.12", "H30.13", "G22"], named);
    }

    [Fact]
    public async Task The_same_organisation_under_its_other_code_is_no_further_recipient()
    {
        var letter = new Letter { To = ["G12", "000.00.00.G12"] };
        var first = (await Hub.SendAsync(letter, to: "[\"G12\"]")).Ok();

        (await Hub.SendAsync(letter, to: "[\"000.00.00.G12\"]")).Ok();
        (await Hub.SendAsync(letter)).Ok();

        Assert.Equal(["G12"], await RecipientsAsync(first.DocId));
    }

    public static TheoryData<string> Changes => ["recipient locked", "recipient expired", "sender expired", "profile changed", "repeated numbers refused", "recipient's system disabled"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_was_accepted_gets_its_receipt_again_although_today_it_would_be_refused(string change)
    {
        // Accepted from a peer without most of what an agency must write.
        await using var hub = await TestHub.StartAsync();
        var letter = new Letter { From = "G22", To = ["H30.12"] };
        var bytes = letter.With("<edXML:Content>Nội dung họp giao ban</edXML:Content>", "");
        var first = (await hub.SendAsync(bytes, TestHub.Peer)).Ok();
        (await hub.SendAsync(letter with { Id = "so-trung", Subject = "khác" }, TestHub.Peer)).Ok();
        var yesterday = DateTimeOffset.UtcNow.AddDays(-1);
        switch (change)
        {
            case "recipient locked": await hub.ChangeAgencyAsync("H30.12", a => a with { LockedSince = yesterday }); break;
            case "recipient expired": await hub.ChangeAgencyAsync("H30.12", a => a with { ValidTo = yesterday }); break;
            case "sender expired": await hub.ChangeAgencyAsync("G22", a => a with { ValidTo = yesterday }); break;
            case "profile changed": await hub.ChangeSystemAsync(TestHub.Peer, s => s with { Profile = Profile.Agency }); break;
            case "repeated numbers refused": await hub.ChangeAgencyAsync("G22", a => a with { RefuseRepeatedNumber = true }); goto case "profile changed";
            default: await hub.ChangeSystemAsync(TestHub.Department, s => s with { Enabled = false }); break;
        }

        var again = (await hub.SendAsync(bytes, TestHub.Peer)).Ok();

        Assert.Equal(first.DocId, again.DocId);
        if (change is "recipient's system disabled" or "repeated numbers refused" or "sender expired") return;
        Assert.NotEqual("0", (await hub.SendAsync(new Letter { From = "G22", To = ["H30.12"] }.With("<edXML:Content>Nội dung họp giao ban</edXML:Content>", ""), TestHub.Peer)).Code);
    }

    [Fact]
    public async Task An_agency_that_ended_sends_nothing_new_and_still_gets_its_earlier_receipts()
    {
        await Hub.PartyStore.SaveAgencyAsync(new Agency(0, "H30.87", "Đơn vị (mẫu)", Hub.Agency("H30").Id, AgencyKind.Local), "test", default);
        var letter = new Letter { From = "H30.87" };
        var first = (await Hub.SendAsync(letter)).Ok();
        await Hub.ChangeAgencyAsync("H30.87", a => a with { ValidTo = DateTimeOffset.UtcNow.AddDays(-1) });

        Assert.Equal(first.DocId, (await Hub.SendAsync(letter)).Ok().DocId);
        await Hub.RefusesAsync(() => Hub.SendAsync(new Letter { From = "H30.87" }), 19, "DX-0016");
    }

    [Fact]
    public async Task A_peers_package_without_an_id_is_known_by_its_bytes()
    {
        var letter = new Letter { From = "G22", To = ["H30.12"] };
        var bytes = letter.With($"<edXML:DocumentId>{letter.DocumentId}</edXML:DocumentId>", "");
        var other = (letter with { Subject = "khác" }).With($"<edXML:DocumentId>{letter.DocumentId}</edXML:DocumentId>", "");

        var first = (await Hub.SendAsync(bytes, TestHub.Peer)).Ok();
        var again = (await Hub.SendAsync(bytes, TestHub.Peer)).Ok();
        var second = (await Hub.SendAsync(other, TestHub.Peer)).Ok();

        Assert.Equal(first.DocId, again.DocId);
        Assert.NotEqual(first.DocId, second.DocId);
    }

    [Fact]
    public async Task A_refusal_occupies_no_identity_and_is_judged_afresh_when_the_directory_changed()
    {
        var letter = new Letter { To = ["H30.88"] };
        var refused = await Hub.RefusesAsync(() => Hub.SendAsync(letter), 18, "DX-4001");
        var repeated = await Hub.SendAsync(letter);
        Assert.Equal(refused.Body, repeated.Body);

        await Hub.PartyStore.SaveAgencyAsync(new Agency(0, "H30.88", "Đơn vị mới (mẫu)", Hub.Agency("H30").Id, AgencyKind.Local), "test", default);

        (await Hub.SendAsync(letter)).Ok();
    }

    [Fact]
    public async Task A_repeated_status_is_one_event_and_gets_the_first_receipt()
    {
        var letter = new Letter { To = ["H30.13"] };
        var sent = (await Hub.SendAsync(letter)).Ok();
        var status = new StatusPaper(letter, "H30.13", "03");

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Hub.SendAsync(status, HubFixture.Health)));

        Assert.Single(replies.Select(r => r.Ok().DocId).Distinct());
        Assert.Single((await Hub.TrackAsync(sent.DocId)).Statuses);
    }

    private async Task<byte[]> ReceiptOfAsync(string docId) => (await Hub.ReceiptAsync(TestHub.Province, (await Hub.TrackAsync(docId)).ReceiptId)).Bytes;

    private async Task<IEnumerable<string>> RecipientsAsync(string docId) => (await Hub.TrackAsync(docId)).Deliveries.Select(d => d.Agency);
}
