using System.Security.Cryptography;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>A package takes another way by its size: in memory, a staging file read afterwards, a staging file read while it arrives.</summary>
public sealed class PackageSizeTests
{
    [Theory]
    [InlineData(20_000)]
    [InlineData(64 * 1024)]
    [InlineData(128 * 1024)]
    [InlineData(150_000)]
    [InlineData(900_000)]
    [InlineData(6_000_000)]
    public async Task A_package_of_any_size_comes_out_as_it_went_in(int size)
    {
        await using var hub = await TestHub.StartAsync();
        var package = Letter(size);

        var sent = await hub.Client(TestHub.Province).SendAsync(new MemoryStream(package), VxpNames.MessageEdoc, "H30");
        Assert.Null(sent.Refusal);
        var listed = await hub.Client(TestHub.Department).ListAsync(VxpNames.MessageEdoc);
        using var fetched = new MemoryStream();
        await hub.Client(TestHub.Department).FetchAsync(Assert.Single(listed.Value!).DocId, fetched);

        // Compared by digest: a difference of megabytes is not worth printing.
        Assert.Equal(package.Length, fetched.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(package)), Convert.ToHexStringLower(SHA256.HashData(fetched.ToArray())));
    }

    private static byte[] Letter(int size)
    {
        using var bytes = new MemoryStream();
        var content = new byte[size];
        new Random(1).NextBytes(content);
        "%PDF-1.4\n"u8.CopyTo(content);
        var letter = Header(size);
        PackageWriter.WriteDocument(bytes, letter, [new AttachmentPayload("cong-van.pdf", new MemoryStream(content), "tep-1", "application/pdf")]);
        return bytes.ToArray();
    }

    private static Envelope Header(int number) => new()
    {
        Kind = MessageKind.Document,
        From = new Organ("H30", null, "UBND tỉnh (mẫu)"),
        To = [new Organ("H30.12", null, "Sở Tư pháp (mẫu)")],
        DocumentId = $"H30,2026/01/05,{number}/CV-UBND",
        CodeNumber = $"{number}",
        CodeNotation = "CV-UBND",
        Place = "Vị Thanh",
        PromulgationDate = "2026/01/05",
        Type = "18",
        TypeName = "Công văn",
        Subject = "V/v gửi tệp lớn",
        Content = "V/v gửi tệp lớn",
        SignerInfo = new Signer("TM.", "Chủ tịch", "Nguyễn Văn Mẫu"),
        OtherInfo = new OtherInfo(Priority: "0", SphereOfPromulgation: "Liên thông", PromulgationAmount: "1", PageAmount: "1"),
        SteeringType = "0",
        Trace = new TraceHeaderList([new TraceHeader("H30", "2026/01/05 08:00:00")], new Business("0", "Văn bản điện tử mới", "0", null)),
    };
}
