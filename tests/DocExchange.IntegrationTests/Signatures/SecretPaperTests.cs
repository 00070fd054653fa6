using System.Text;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using DocExchange.UnitTests.Signing.Pdf;

namespace DocExchange.IntegrationTests.Signatures;

/// <summary>A paper with a mark of state secrecy on its first page or in its properties, sent to a running hub: refused, forgotten, and named in no word (core rule 7).</summary>
public sealed class SecretPaperTests : IAsyncLifetime
{
    private const string Subject = "V/v phương án sơ tán khu vực bốn";
    private TestHub _hub = null!;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync();

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Theory]
    [InlineData("TUYỆT MẬT", "A")]
    [InlineData("Công văn", "Mật")]
    public async Task A_marked_paper_is_refused_and_nothing_of_it_is_kept(string firstPage, string title)
    {
        var letter = new Letter { File = Paper(firstPage, title), Subject = Subject };
        var refused = (await _hub.PostPackageAsync(letter.Bytes)).Refuses(422, "DX-2290");

        var receipt = (await _hub.GetAsync("receipts/" + refused.ReceiptId, TestHub.Province)).Is(200).Text;
        foreach (var word in (string[])[Subject, letter.Code, "cong-van.pdf"]) Assert.DoesNotContain(word, receipt, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_hub.Folder, "staging")));
        var content = Convert.ToBase64String(letter.File)[..400];
        foreach (var kept in (string[])[content, Subject])
        {
            Assert.DoesNotContain(LiveFolder.Read(_hub.Folder), read => Encoding.UTF8.GetString(read.Bytes).Contains(kept, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_paper_that_speaks_of_protecting_secrets_travels() =>
        (await _hub.PostPackageAsync(new Letter { File = Paper("QUY CHẾ BẢO MẬT", "Bảo mật thông tin") }.Bytes)).Is(201);

    /// <summary>One line of text in a font with a Unicode map, and a title.</summary>
    private static byte[] Paper(string line, string title)
    {
        const string map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end";
        return PdfMaker.Append("%PDF-1.7\n"u8.ToArray(), null,
            (1, PdfMaker.Catalog), (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
            (3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 7 0 R >> >> >>"),
            (4, PdfMaker.Stream($"BT /F1 12 Tf 1 0 0 1 100 700 Tm {Hex(line)} Tj ET")), (5, $"<< /Title <FEFF{Hex(title)[1..]} >>"),
            (7, "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /ToUnicode 8 0 R >>"), (8, PdfMaker.Stream(map)));
    }

    private static string Hex(string text) => $"<{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
}
