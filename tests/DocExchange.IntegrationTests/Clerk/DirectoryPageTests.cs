using System.Net;
using System.Text.RegularExpressions;

namespace DocExchange.IntegrationTests.Clerk;

/// <summary>The operator's pages: a file is shown before it is applied, what is applied is what was shown, and clerks do not get there.</summary>
public sealed class DirectoryPageTests(ClerkFixture fixture) : IClassFixture<ClerkFixture>
{
    private const string File = "code,name,parent\nH30.40,Sở Xây dựng mới,H30\nH30.41,,H30\nH30.13,Sở Y tế tỉnh,H30\n";

    [Fact]
    public async Task A_file_is_shown_confirmed_and_applied_once()
    {
        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);
        await person.GetAsync("/directory");
        var taken = await person.PostFileAsync("/directory/import", "danh-ba.csv", File);
        Assert.Equal(HttpStatusCode.SeeOther, taken.Status);

        var shown = await person.GetAsync(taken.Location!);
        Assert.Contains("<del>Sở Y tế (mẫu)</del> → <ins>Sở Y tế tỉnh</ins>", shown.Text, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">3</th><td>H30.41</td><td>tên (name)</td>", shown.Text, StringComparison.Ordinal);
        Assert.Null(fixture.Hub.Parties.Directory.Find("H30.40"));
        var fingerprint = Regex.Match(shown.Text, "name=\"fingerprint\" value=\"([0-9a-f]+)\"").Groups[1].Value;

        // Wrong rows have to be waved through, and what is confirmed has to be what was shown.
        Assert.Contains("chưa thay đổi gì", (await person.PostAsync(taken.Location!, ("fingerprint", fingerprint))).Text, StringComparison.Ordinal);
        Assert.Contains("đã thay đổi trong lúc chờ", (await person.PostAsync(taken.Location!, ("fingerprint", "0"), ("skip", "yes"))).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await person.PostAsync(taken.Location!, ("fingerprint", fingerprint), ("skip", "yes"))).Status);

        Assert.Contains("Đã ghi xong", (await person.GetAsync(taken.Location!)).Text, StringComparison.Ordinal);
        Assert.Equal("Sở Y tế tỉnh", fixture.Hub.Agency("H30.13").Name);
        Assert.Equal(HttpStatusCode.SeeOther, (await person.PostAsync(taken.Location!, ("fingerprint", fingerprint), ("skip", "yes"))).Status);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(fixture.Hub.Folder, "imports")));
        Assert.Contains("H30.40,Sở Xây dựng mới,H30,local", (await person.GetAsync("/directory/file?format=csv")).Text, StringComparison.Ordinal);
        Assert.Contains("Sở Xây dựng mới", (await person.GetAsync("/directory?q=xay+dung+moi")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clerk_sees_no_directory_and_a_form_without_its_token_is_refused()
    {
        using var clerk = await Person.SignedInAsync(fixture, ClerkFixture.Clerk);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync("/directory")).Status);
        await clerk.GetAsync("/");
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.PostFileAsync("/directory/import", "a.csv", File)).Status);

        using var person = await Person.SignedInAsync(fixture, ClerkFixture.Operator);
        Assert.Equal(HttpStatusCode.BadRequest, (await person.PostFileAsync("/directory/import", "a.csv", File, ("form-token", "no"))).Status);
        await person.GetAsync("/directory");
        Assert.Equal(HttpStatusCode.BadRequest, (await person.PostFileAsync("/directory/import", "a.exe", File)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync("/directory/import/unknown")).Status);
    }
}
