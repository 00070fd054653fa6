using System.Net;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Hub;
using DocExchange.UnitTests.Signing.Pdf;

namespace DocExchange.IntegrationTests.Clerk;

public sealed class DocumentPageTests(ClerkFixture fixture) : IClassFixture<ClerkFixture>
{
    [Fact]
    public async Task Each_recipients_state_stands_in_words_with_times_of_Vietnam()
    {
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);

        var page = await person.GetAsync("/documents/" + fixture.PlanId);

        Assert.Contains("Chờ nơi nhận lấy về", page.Text, StringComparison.Ordinal);
        Assert.Contains("Đang xử lý", page.Text, StringComparison.Ordinal);
        Assert.Contains("Phòng Kế hoạch đang xử lý", page.Text, StringComparison.Ordinal);
        Assert.Contains("05 – Đang xử lý", page.Text, StringComparison.Ordinal);
        Assert.Contains("01 – Đã đến (trục ghi nhận)", page.Text, StringComparison.Ordinal);
        Assert.Contains("Hệ thống nơi nhận xác nhận đã nhận", page.Text, StringComparison.Ordinal);
        Assert.Contains("Trục tiếp nhận văn bản", page.Text, StringComparison.Ordinal);
        Assert.Contains("&#x2B;07:00\">", page.Text, StringComparison.Ordinal);
        Assert.Contains("ke-hoach-chuyen-doi-so.pdf", page.Text, StringComparison.Ordinal);
        Assert.Contains("Hỏa tốc", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_is_downloaded_as_the_bytes_that_verify()
    {
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);
        var track = await fixture.Hub.Store.TrackAsync(Scope.Everything(), fixture.PlanId, default);

        var answer = await person.GetAsync("/receipts/" + track!.ReceiptId);

        Assert.Equal(ReceiptFormat.Render((await fixture.Hub.Store.FindReceiptAsync(Scope.Everything(), track.ReceiptId, default))!), answer.Bytes);
        Assert.Contains("attachment", answer.Headers["Content-Disposition"].Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_without_a_signature_are_named()
    {
        using var signers = new PdfTrust(DateTimeOffset.UtcNow);
        var letter = new Letter { File = PdfMaker.Sign(PdfMaker.Plain(), 1, signers.ByOrganisation), Beside = ("quyet-dinh-khong-ky.pdf", PdfMaker.Plain()) };
        var id = (await fixture.Hub.SendAsync(letter)).Ok().DocId;
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);

        var page = await person.GetAsync("/documents/" + id);

        Assert.Matches("Tệp không có chữ ký số</p>\\s*<ul class=\"said\">\\s*<li>quyet-dinh-khong-ky.pdf</li>", page.Text);
    }

    [Fact]
    public async Task Markup_in_a_document_is_shown_and_not_obeyed()
    {
        var letter = new Letter { Subject = "&lt;script&gt;alert(1)&lt;/script&gt; &quot;trích yếu&quot; zulu" };
        var id = (await fixture.Hub.SendAsync(letter)).Ok().DocId;
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);

        foreach (var path in new[] { "/documents/" + id, "/?q=zulu" })
        {
            var page = await person.GetAsync(path);
            Assert.Contains("&lt;script&gt;", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_warning_is_a_sentence()
    {
        var first = new Letter { Number = "990", Notation = "QD-UBND" };
        (await fixture.Hub.SendAsync(first)).Ok();
        var id = (await fixture.Hub.SendAsync(first with { Id = "H30,2024/01/05,990-2" })).Ok().DocId;
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);

        Assert.Contains("Số, ký hiệu 990/QD-UBND đã được cơ quan này dùng trong cùng năm.", (await person.GetAsync("/documents/" + id)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circular_to_a_thousand_is_a_small_page_with_further_ones()
    {
        var codes = new List<string>();
        for (var i = 0; i < 1000; i++)
        {
            var code = $"H30.13.{i + 100:000}";
            await fixture.Hub.PartyStore.SaveAgencyAsync(new Agency(0, code, $"Trạm y tế số {i} thuộc Sở Y tế (mẫu)", fixture.Hub.Agency("H30.13").Id, AgencyKind.Local), "test", default);
            codes.Add(code);
        }
        var id = (await fixture.Hub.SendAsync(new Letter { To = [.. codes], Subject = "Thông báo gửi tất cả các trạm" })).Ok().DocId;
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);

        var page = await person.GetAsync("/documents/" + id);
        var last = await person.GetAsync("/documents/" + id + "?copies=900");
        var beyond = await person.GetAsync("/documents/" + id + "?copies=99999");

        Assert.InRange(page.Bytes.Length, 1, 100_000);
        Assert.Contains("1–100 / 1000", page.Text, StringComparison.Ordinal);
        Assert.Contains("Trạm y tế số 999", last.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, beyond.Status);
        // A scope of a thousand units is not made into terms: the rows decide.
        using var health = await Person.SignedInAsync(fixture, ClerkFixture.HealthClerk);
        Assert.Contains(id, (await health.GetAsync("/?q=tat+ca+cac+tram")).DocIds);
        Assert.DoesNotContain(fixture.ReportId, (await health.GetAsync("/")).DocIds);
    }
}
