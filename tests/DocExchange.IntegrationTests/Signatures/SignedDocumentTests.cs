using System.Security.Cryptography;
using DocExchange.Core.Evidence;
using DocExchange.Core.Signing.Trust;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using DocExchange.UnitTests.Signing.Pdf;

namespace DocExchange.IntegrationTests.Signatures;

/// <summary>A signed file on its way: judged when it comes, shown to those who may see it, and fixed in the evidence.</summary>
public sealed class SignedDocumentTests : IAsyncLifetime
{
    private readonly PdfTrust _parties = new(DateTimeOffset.UtcNow);
    private TestHub _hub = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync(configure: options => options.RefusedSignatures = ["H30.12=ABSENT,INVALID"]);
        await _hub.Hub.Store.Trust.AddAsync([TrustedCertificate.Of(_parties.Root, "test", DateTimeOffset.UtcNow)], "test", default);
    }

    public async Task DisposeAsync()
    {
        await _hub.DisposeAsync();
        _parties.Dispose();
    }

    [Fact]
    public async Task A_signed_document_says_so_to_its_recipient_and_its_receipt_fixes_the_record()
    {
        var sent = (await _hub.PostPackageAsync(new Letter { File = Signed() }.Bytes)).Is(201);

        var signatures = (await _hub.GetAsync("documents/" + sent.DocId, TestHub.Department)).Is(200).Json.GetProperty("signatures");
        var record = (await _hub.GetAsync($"documents/{sent.DocId}/signatures", TestHub.Department)).Is(200);
        var receipt = (await _hub.GetAsync("receipts/" + sent.ReceiptId, TestHub.Province)).Is(200).Json;

        Assert.Equal("legally-signed", signatures.GetProperty("class").GetString());
        Assert.Equal(["Nguyen Van A", "UBND tinh"], signatures.GetProperty("signatures").EnumerateArray().Select(s => s.GetProperty("signer").GetString()!));
        var entry = EvidenceEntry.TryParse(System.Text.Encoding.UTF8.GetBytes(receipt.GetProperty("entry").GetString()!))!;
        Assert.Equal($"signatures legally-signed sha256:{Convert.ToHexStringLower(SHA256.HashData(record.Body))}", entry.Detail);
        Assert.Equal([sent.DocId], await _hub.Hub.Store.Trust.DocumentsOfAsync(RevocationBook.KeyOf(_parties.Person), 10, default));
    }

    [Theory]
    [InlineData("quyet-dinh.pdf", "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n")]
    [InlineData("quyet-dinh.pdf", "\n\n%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n")]
    public async Task A_letter_nobody_signed_beside_a_signed_one_makes_the_document_no_more_than_information(string name, string forged)
    {
        var sent = (await _hub.PostPackageAsync(new Letter { File = Signed(), Beside = (name, System.Text.Encoding.ASCII.GetBytes(forged)) }.Bytes)).Is(201);

        var signatures = (await _hub.GetAsync("documents/" + sent.DocId, TestHub.Department)).Is(200).Json.GetProperty("signatures");

        Assert.Equal("information-only", signatures.GetProperty("class").GetString());
        Assert.Equal(["not-all-signed"], signatures.GetProperty("remarks").EnumerateArray().Select(r => r.GetProperty("code").GetString()!));
        Assert.Equal([name], signatures.GetProperty("withoutSignature").EnumerateArray().Select(n => n.GetString()!));
    }

    [Fact]
    public async Task An_altered_file_is_accepted_and_named_broken()
    {
        var file = Signed();
        file[file.AsSpan().IndexOf("Cong"u8)] ^= 1;
        var sent = (await _hub.PostPackageAsync(new Letter { File = file }.Bytes)).Is(201);

        Assert.Equal("broken", (await _hub.GetAsync("documents/" + sent.DocId, TestHub.Department)).Json.GetProperty("signatures").GetProperty("class").GetString());
    }

    [Fact]
    public async Task A_file_without_signatures_is_for_information_only_and_leaves_the_entry_as_it_was()
    {
        var sent = (await _hub.PostPackageAsync(new Letter().Bytes)).Is(201);

        var signatures = (await _hub.GetAsync("documents/" + sent.DocId, TestHub.Province)).Json.GetProperty("signatures");
        var receipt = (await _hub.GetAsync("receipts/" + sent.ReceiptId, TestHub.Province)).Json;
        Assert.Equal("information-only", signatures.GetProperty("class").GetString());
        Assert.Equal("none-found", signatures.GetProperty("remarks")[0].GetProperty("code").GetString());
        Assert.Equal("ABSENT", signatures.GetProperty("package").GetString());
        Assert.DoesNotContain("detail", receipt.GetProperty("entry").GetString()!);
        (await _hub.GetAsync($"documents/{sent.DocId}/signatures", TestHub.Province)).Is(404);
    }

    [Fact]
    public async Task A_class_the_operator_refuses_from_one_sender_is_refused_from_that_one_alone() =>
        (await _hub.PostPackageAsync(new Letter { From = "H30.12", To = ["H30.13"] }.Bytes, TestHub.Department)).Refuses(422, "DX-0061");

    private byte[] Signed() => PdfMaker.Sign(PdfMaker.Sign(PdfMaker.Plain(), 1, _parties.ByPerson), 2, _parties.ByOrganisation);
}
