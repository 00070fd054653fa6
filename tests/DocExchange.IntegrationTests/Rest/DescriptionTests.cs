using System.Text;
using System.Text.RegularExpressions;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Rest;

/// <summary>The OpenAPI document is checked in, so that a change of the interface is seen in review.</summary>
public sealed class DescriptionTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task The_checked_in_document_says_what_the_endpoints_say()
    {
        var served = (await Hub.Http.GetStringAsync(new Uri(Hub.Address, "/api/openapi.json"))).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var path = RepositoryFiles.PathOf("schemas", "openapi.json");
        if (Environment.GetEnvironmentVariable("DOCEXCHANGE_APPROVE") == "1") await File.WriteAllTextAsync(path, served, new UTF8Encoding(false));

        Assert.True(File.Exists(path) && await File.ReadAllTextAsync(path) == served, "schemas/openapi.json differs: run this test with DOCEXCHANGE_APPROVE=1 and review the change.");
    }

    [Fact]
    public async Task The_page_names_every_operation_and_fetches_nothing_from_elsewhere()
    {
        var document = await Hub.Http.GetStringAsync(new Uri(Hub.Address, "/api/openapi.json"));
        using var response = await Hub.Http.GetAsync(new Uri(Hub.Address, "/api/docs"));
        var page = await response.Content.ReadAsStringAsync();

        var operations = Regex.Matches(document, "\"operationId\": \"(\\w+)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.Contains("sendDocument", operations);
        Assert.All(operations, id => Assert.Contains($"<h2 id=\"{id}\">", page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("font", await Hub.Http.GetStringAsync(new Uri(Hub.Address, "/api/docs.css")), StringComparison.Ordinal);
    }
}
