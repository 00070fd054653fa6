using System.Globalization;
using System.Xml;
using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;
using DocExchange.UnitTests.Soap;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Soap;

public sealed class SoapSignatureTests(HubFixture fixture) : IClassFixture<HubFixture>, IAsyncLifetime
{
    private readonly EnvelopeSigner _signer = new();

    private TestHub Hub => fixture.Hub;

    public Task InitializeAsync() => Hub.Hub.Services.GetRequiredService<SystemSecrets>()
        .IssueAsync(Hub.Parties.FindSystem(TestHub.Province)!, CredentialKind.Certificate, "test", _signer.Certificate.ExportCertificatePem());

    public Task DisposeAsync()
    {
        _signer.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_signed_message_is_its_certificates_system_and_counts_once()
    {
        var message = Sign("<d:GetDirectory/>").OuterXml;

        (await Hub.PostSoapAsync(message, null)).Ok();
        (await Hub.PostSoapAsync(message, null)).Refuses("DX-0047");
        (await Hub.PostSoapAsync(Sign("<d:GetDirectory/>").OuterXml, TestHub.Department)).Refuses("DX-0001");
        (await Hub.PostSoapAsync(Sign("<d:GetDirectory/>").OuterXml.Replace("GetDirectory", "ListInbox", StringComparison.Ordinal), null)).Refuses("DX-0048");
    }

    [Fact]
    public async Task A_certificate_that_nobody_registered_is_nobodys()
    {
        using var stranger = new EnvelopeSigner();

        (await Hub.PostSoapAsync(stranger.Sign(EnvelopeSigner.Envelope("<d:GetDirectory/>", Now), "body", "time").OuterXml, null)).Refuses("DX-0001");
    }

    [Fact]
    public async Task A_signed_package_that_comes_as_a_part_is_the_one_that_was_signed_or_is_refused()
    {
        var (letter, other) = (new Letter().Bytes, new Letter().Bytes);
        var before = Hub.CountLeftovers();

        (await Hub.PostSoapAsync(SoapCalls.Related(Optimised(letter).OuterXml, ("package", other)), null)).Refuses("DX-0007");
        Assert.Equal(before, Hub.CountLeftovers());
        (await Hub.PostSoapAsync(SoapCalls.Related(Optimised(letter).OuterXml, ("package", letter)), null)).Ok();
    }

    [Fact]
    public async Task A_reference_to_a_package_signed_in_its_place_needs_the_packages_digest()
    {
        const string include = $"<x:Include xmlns:x=\"{SoapCalls.Xop}\" href=\"cid:package\"/>";
        var letter = new Letter().Bytes;
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(letter));

        (await Hub.PostSoapAsync(SoapCalls.Related(Sign($"<d:SendDocument><d:Package>{include}</d:Package></d:SendDocument>").OuterXml, ("package", letter)), null)).Refuses("DX-0048");
        (await Hub.PostSoapAsync(SoapCalls.Related(Sign($"<d:SendDocument><d:Digest>{digest}</d:Digest><d:Package>{include}</d:Package></d:SendDocument>").OuterXml, ("package", letter)), null)).Ok();
    }

    private static string Now => DateTimeOffset.UtcNow.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private XmlDocument Sign(string body) => _signer.Sign(EnvelopeSigner.Envelope(body, Now), "body", "time");

    /// <summary>Signed with the package as text, sent with it as a part, as stacks with MTOM do.</summary>
    private XmlDocument Optimised(byte[] package)
    {
        var document = Sign($"<d:SendDocument><d:Package>{Convert.ToBase64String(package)}</d:Package></d:SendDocument>");
        document.GetElementsByTagName("Package", SoapCalls.Contract)[0]!.InnerXml = $"<x:Include xmlns:x=\"{SoapCalls.Xop}\" href=\"cid:package\"/>";
        return document;
    }
}
