using System.Security.Cryptography;
using System.Text;
using DocExchange.IntegrationTests.Rest;
using DocExchange.UnitTests.Signing.Pdf;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>A paper marked secret, in a package whose own fields say nothing of it.</summary>
public sealed class SecretPaperTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    [Fact]
    public async Task A_package_with_a_marked_pdf_is_refused_and_its_evidence_tells_nothing_of_it()
    {
        var mark = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes("TỐI MẬT"));
        var package = new Letter { File = PdfMaker.Update(PdfMaker.Plain(), (5, $"<< /Title <FEFF{mark}> >>")) }.Bytes;

        var refused = (await fixture.Hub.PostPackageAsync(package)).Refuses(422, "DX-2290");

        var (_, entry) = await fixture.Hub.ReceiptAsync(TestHub.Province, refused.ReceiptId);
        Assert.Null(entry.DocumentId);
        Assert.Equal(0, entry.Size);
        Assert.NotEqual(SHA256.HashData(package), entry.Digest);
    }
}
