using System.Net;
using DocExchange.Core.Evidence.Exports;
using DocExchange.IntegrationTests.Evidence;

namespace DocExchange.IntegrationTests.Clerk;

/// <summary>The auditors' page: ask, wait, download, go on from there; without script, and for nobody else.</summary>
public sealed class AuditPageTests(ClerkFixture fixture) : IClassFixture<ClerkFixture>
{
    [Fact]
    public async Task An_auditor_makes_an_export_sees_it_finished_and_downloads_what_verifies()
    {
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Auditor);
        Assert.Contains("href=\"/audit\"", (await person.GetAsync("/")).Text, StringComparison.Ordinal);
        Assert.Contains("name=\"agency\"", (await person.GetAsync("/audit")).Text, StringComparison.Ordinal);

        var one = await MadeAsync(person, ("format", "jsonl"), ("agency", "H30"), ("units", "on"), ("from", "2020-01-01"));
        var file = await person.GetAsync(one + "/file");

        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Contains("attachment", file.Headers["Content-Disposition"].Single(), StringComparison.Ordinal);
        var verdict = ExportVerifier.Verify(new MemoryStream(file.Bytes), fixture.Hub.Root(), HeldEvidence.Nothing);
        Assert.True(verdict.Valid);
        Assert.True(verdict.Shown > 0);
        Assert.Contains("agency=H30 units=yes", verdict.Header!.Filter, StringComparison.Ordinal);

        var next = await MadeAsync(person, ("format", "jsonl"), ("agency", "H30"), ("units", "on"), ("since", "last"));
        var later = ExportVerifier.Verify(new MemoryStream((await person.GetAsync(next + "/file")).Bytes), fixture.Hub.Root(), HeldEvidence.Nothing);
        Assert.Equal(verdict.Header.End.Checkpoint.Size, later.Header!.From);
        var list = (await person.GetAsync("/audit")).Text;
        Assert.Contains($"href=\"{one}\"", list, StringComparison.Ordinal);
        Assert.Contains("Đã xong", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_filled_in_wrongly_is_named_in_the_persons_language_and_stays_filled_in()
    {
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Auditor);
        await person.GetAsync("/audit");

        var answer = await person.PostAsync("/audit", ("format", "xlsx"), ("agency", "<b>nobody"), ("since", "last"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Mã cơ quan: agency có giá trị &lt;b&gt;nobody", answer.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"xlsx\" selected", answer.Text, StringComparison.Ordinal);
        await person.PostAsync("/language", ("language", "en"), ("back", "/audit"));
        await person.GetAsync("/audit");
        Assert.Contains("Agency code: agency has the value", (await person.PostAsync("/audit", ("agency", "nobody"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clerks_get_no_evidence_and_nobody_leaves_the_folder()
    {
        using var clerk = await Person.SignedInAsync(fixture, ClerkFixture.Clerk);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync("/audit")).Status);
        await clerk.GetAsync("/");
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.PostAsync("/audit", ("format", "jsonl"))).Status);
        Assert.DoesNotContain("href=\"/audit\"", (await clerk.GetAsync("/")).Text, StringComparison.Ordinal);

        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Auditor);
        Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync("/audit/..%2Fkeys%2Fx")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync("/audit/none/file")).Status);
        using var nobody = new Person(fixture.Hub.Address);
        Assert.StartsWith("/sign-in", (await nobody.GetAsync("/audit")).Location, StringComparison.Ordinal);
    }

    /// <summary>Follows the page of the export until it shows the file.</summary>
    private static async Task<string> MadeAsync(Person person, params (string, string)[] fields)
    {
        var asked = await person.PostAsync("/audit", fields);
        Assert.Equal(HttpStatusCode.SeeOther, asked.Status);
        for (var deadline = DateTime.UtcNow.AddMinutes(2); ; await Task.Delay(20))
        {
            var page = await person.GetAsync(asked.Location!);
            if (page.Text.Contains(asked.Location + "/file", StringComparison.Ordinal)) return asked.Location!;
            Assert.Contains("<progress", page.Text, StringComparison.Ordinal);
            Assert.NotEmpty(page.Headers["Refresh"]);
            Assert.True(DateTime.UtcNow < deadline);
        }
    }
}
