using System.Security.Cryptography.X509Certificates;
using System.Text;
using DocExchange.Core;
using DocExchange.Core.Evidence;
using DocExchange.Core.Signing;
using DocExchange.IntegrationTests.EdocRest;
using DocExchange.IntegrationTests.EdocSoap;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;

namespace DocExchange.IntegrationTests.Signatures;

/// <summary>The hub's own signature over what it delivers.</summary>
public sealed class CopySignatureTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private readonly TestHub _hub = fixture.Hub;

    [Fact]
    public async Task Every_copy_has_the_hubs_signature_over_its_exact_bytes_and_openssl_agrees()
    {
        var letter = new Letter();
        var sent = (await _hub.PostPackageAsync(letter.Bytes)).Is(201);
        var item = (await _hub.GetAsync("inbox", TestHub.Department)).Json.GetProperty("items").EnumerateArray()
            .Single(i => i.GetProperty("documentId").GetString() == letter.DocumentId).GetProperty("itemId").GetString();

        var signature = (await _hub.GetAsync($"inbox/{item}/signature", TestHub.Department)).Is(200).Body;
        var copy = (await _hub.GetAsync($"inbox/{item}/content", TestHub.Department)).Is(200).Body;

        Assert.Equal(signature, (await _hub.GetAsync($"documents/{sent.DocId}/signature", TestHub.Province)).Is(200).Body);
        using var root = X509CertificateLoader.LoadCertificate(_hub.Hub.Key.Chain[^1]);
        Assert.All(CopySignature.Verify(new MemoryStream(copy), signature, [root]), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        Assert.Equal(0, await Openssl.VerifyAsync(copy, signature, root));
        copy[^1] ^= 1;
        Assert.Contains(CopySignature.Verify(new MemoryStream(copy), signature, [root]), check => check is { Name: "content", Outcome: CheckOutcome.Failed });
        Assert.NotEqual(0, await Openssl.VerifyAsync(copy, signature, root));
    }

    [Fact]
    public async Task Who_may_not_have_a_copy_gets_no_signature_of_it()
    {
        var sent = (await _hub.PostPackageAsync(new Letter().Bytes)).Is(201);

        (await _hub.GetAsync($"documents/{sent.DocId}/signature", HubFixture.Health)).Is(404);
        (await _hub.GetAsync("inbox/nothing/signature", TestHub.Department)).Is(404);
    }

    [Fact]
    public async Task The_dialects_of_provincial_hubs_name_its_address_in_a_header_beside_the_package()
    {
        await _hub.AllowEdocAsync(TestHub.Department);
        var letter = new Letter();
        var sent = (await _hub.PostPackageAsync(letter.Bytes)).Is(201);
        var number = Ids.NumberOf(sent.DocId);
        var envelope = $"""
            <s:Envelope xmlns:s="{Message.Soap11}"><s:Body><GetDocumentRequest xmlns="{Message.Namespace}"><OrganId>{TestHub.Department}</OrganId><Token>{TestHub.Secret}</Token><DocumentId>{number}</DocumentId></GetDocumentRequest></s:Body></s:Envelope>
            """;

        var rest = await LinkAsync("/EdocService/getDocument", new ByteArrayContent([]), ("type", "EDOC"), ("docId", $"{number}"), ("organId", TestHub.Department), ("Authorization", TestHub.Secret));
        var soap = await LinkAsync("/soap/edoc", new StringContent(envelope, Encoding.UTF8, "text/xml"), ("SOAPAction", "\"GetDocument\""));

        Assert.Equal($"</api/v1/inbox/{sent.DocId}0001/signature>; rel=\"signature\"", rest);
        Assert.Equal(rest, soap);
        var signature = (await _hub.GetAsync($"inbox/{sent.DocId}0001/signature", TestHub.Department)).Is(200).Body;
        using var root = X509CertificateLoader.LoadCertificate(_hub.Hub.Key.Chain[^1]);
        Assert.All(CopySignature.Verify(new MemoryStream(letter.Bytes), signature, [root]), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
    }

    private async Task<string> LinkAsync(string path, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_hub.Address, path)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _hub.Http.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        return Assert.Single(response.Headers.GetValues("Link"));
    }
}
