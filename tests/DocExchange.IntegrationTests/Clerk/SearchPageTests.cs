using System.Net;
using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Clerk;

public sealed class SearchPageTests(ClerkFixture fixture) : IClassFixture<ClerkFixture>
{
    [Theory]
    [InlineData("108/KH-UBND")]
    [InlineData("108/kh-ubnd")]
    [InlineData("108/KH")]
    [InlineData("108")]
    [InlineData("10")]
    [InlineData("KH-UBND")]
    [InlineData("chuyen doi so")]
    [InlineData("CHUYỂN ĐỔI SỐ")]
    [InlineData("dia ban 2025")]
    public async Task A_document_is_found_by_number_notation_and_words_with_or_without_marks(string text)
    {
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);

        var page = await person.GetAsync("/?q=" + Uri.EscapeDataString(text));

        Assert.Contains(fixture.PlanId, page.DocIds);
        Assert.DoesNotContain(fixture.ReportId, page.DocIds);
    }

    [Fact]
    public async Task Ids_and_receipts_lead_straight_to_the_document()
    {
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);
        var track = await fixture.Hub.Store.TrackAsync(Scope.Everything(), fixture.PlanId, default);

        foreach (var text in new[] { fixture.PlanId, fixture.Plan.DocumentId, track!.ReceiptId, track.Deliveries[0].ItemId })
        {
            Assert.Equal("/documents/" + fixture.PlanId, (await person.GetAsync("/?q=" + Uri.EscapeDataString(text))).Location);
        }
    }

    [Fact]
    public async Task A_pasted_receipt_shows_its_document_and_whether_it_is_the_one_the_hub_issued()
    {
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);
        var track = await fixture.Hub.Store.TrackAsync(Scope.Everything(), fixture.PlanId, default);
        var receipt = Encoding.UTF8.GetString(ReceiptFormat.Render((await fixture.Hub.Store.FindReceiptAsync(Scope.Everything(), track!.ReceiptId, default))!));
        await person.GetAsync("/");

        var ours = await person.PostAsync("/", ("q", receipt));
        var altered = await person.PostAsync("/", ("q", receipt.Replace("\"index\":", "\"index\":9", StringComparison.Ordinal)));
        var nonsense = await person.PostAsync("/", ("q", "{\"format\":\"other\"}"));

        Assert.Contains("Biên nhận khớp từng byte", ours.Text, StringComparison.Ordinal);
        Assert.Contains("108/KH-UBND", ours.Text, StringComparison.Ordinal);
        Assert.Contains("KHÔNG giống", altered.Text, StringComparison.Ordinal);
        Assert.Contains("không phải là biên nhận", nonsense.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_was_sent_as_a_form_gets_an_address_that_can_be_kept()
    {
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);
        await person.GetAsync("/");

        var page = await person.PostAsync("/", ("q", " chuyen doi so "), ("kind", "0"), ("from", "2020-01-01"));

        Assert.Equal(HttpStatusCode.SeeOther, page.Status);
        Assert.Equal("/?q=chuyen%20doi%20so&kind=0&from=2020-01-01", page.Location);
    }

    [Fact]
    public async Task A_clerk_sees_what_its_agency_sent_or_got_and_nothing_else_in_lists_pages_and_receipts()
    {
        using var clerk = await Person.SignedInAsync(fixture, ClerkFixture.Clerk);
        using var health = await Person.SignedInAsync(fixture, ClerkFixture.HealthClerk);
        var plan = await fixture.Hub.Store.TrackAsync(Scope.Everything(), fixture.PlanId, default);
        var report = await fixture.Hub.Store.TrackAsync(Scope.Everything(), fixture.ReportId, default);

        Assert.Contains(fixture.ReportId, (await clerk.GetAsync("/")).DocIds);
        Assert.DoesNotContain(fixture.ReportId, (await health.GetAsync("/")).DocIds);
        Assert.Empty((await health.GetAsync("/?q=45%2FBC-STP")).DocIds);
        Assert.Equal(HttpStatusCode.NotFound, (await health.GetAsync("/documents/" + fixture.ReportId)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await health.GetAsync("/receipts/" + report!.ReceiptId)).Status);
        Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync("/receipts/" + report.ReceiptId)).Status);
        // A recipient learns of its own copy only, and the sender's receipt names the other recipients.
        var page = await health.GetAsync("/documents/" + fixture.PlanId);
        Assert.Contains("Sở Y tế", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sở Tư pháp", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await health.GetAsync("/receipts/" + plan!.ReceiptId)).Status);
    }

    [Fact]
    public async Task Filters_narrow_by_direction_sender_recipient_and_day()
    {
        using var clerk = await Person.SignedInAsync(fixture, ClerkFixture.Clerk);
        var today = DocExchange.Core.VietnamTime.Of(DateTimeOffset.UtcNow);

        Assert.Equal([fixture.ReportId], (await clerk.GetAsync("/?direction=sent")).DocIds);
        Assert.DoesNotContain(fixture.ReportId, (await clerk.GetAsync("/?direction=received")).DocIds);
        Assert.Equal([fixture.PlanId], (await clerk.GetAsync("/?q=ke+hoach&sender=ubnd+tinh+(mau)")).DocIds);
        Assert.Contains(fixture.PlanId, (await clerk.GetAsync("/?recipient=H30.12")).DocIds);
        Assert.Empty((await clerk.GetAsync("/?sender=khong+co+co+quan+nay")).DocIds);
        Assert.Empty((await clerk.GetAsync("/?kind=1")).DocIds);
        Assert.Contains(fixture.PlanId, (await clerk.GetAsync($"/?from={today.AddDays(-1):yyyy-MM-dd}&until={today:yyyy-MM-dd}")).DocIds);
        Assert.Empty((await clerk.GetAsync($"/?until={today.AddDays(-2):yyyy-MM-dd}")).DocIds);
        Assert.Empty((await clerk.GetAsync($"/?from={today.AddDays(2):yyyy-MM-dd}")).DocIds);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' OR look_up MATCH '*\" NEAR(")]
    [InlineData("\uE0021 \uE0031")]
    [InlineData("*")]
    [InlineData("////")]
    public async Task Whatever_is_typed_is_text_and_never_markup_or_a_query(string text)
    {
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.HealthClerk);

        var page = await person.GetAsync("/?q=" + Uri.EscapeDataString(text) + "&sender=" + Uri.EscapeDataString(text));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(page.DocIds);
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_speak_English_after_the_switch_and_a_missing_page_keeps_the_style()
    {
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Auditor);
        await person.GetAsync("/?q=108");

        var back = await person.PostAsync("/language", ("language", "en"), ("back", "/?q=108"));
        var english = await person.GetAsync(back.Location!);
        var missing = await person.GetAsync("/nowhere");

        Assert.Contains("<html lang=\"en\">", english.Text, StringComparison.Ordinal);
        Assert.Contains("Find a document", english.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
        Assert.Contains("No such page", missing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recipients_added_by_a_repeat_find_the_document_too()
    {
        var letter = new Letter { To = ["H30.12", "H30.13"], Subject = "Văn bản gửi dần zebra" };
        var id = (await fixture.Hub.SendAsync(letter, to: "[\"H30.12\"]")).Ok().DocId;
        using var health = await Person.SignedInAsync(fixture, ClerkFixture.HealthClerk);
        Assert.Empty((await health.GetAsync("/?q=zebra")).DocIds);

        (await fixture.Hub.SendAsync(letter, to: "[\"H30.13\"]")).Ok();

        Assert.Equal([id], (await health.GetAsync("/?q=zebra")).DocIds);
    }
}
