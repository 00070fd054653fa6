using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.CrashHost;

namespace DocExchange.IntegrationTests.Durability.RealHub;

/// <summary>A package that is the same bytes for the same number, and other bytes for every other.</summary>
internal sealed record TestPackage(int Number, string DocumentId, byte[] Bytes)
{
    /// <summary>Beyond the hub's limit for packages inside the commit.</summary>
    public static readonly int FileSize = (new DocExchange.Hub.Operations.HubOptions().SmallPackageKilobytes * 1024) + 20_000;

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes));

    public MemoryStream Open() => new(Bytes, writable: false);

    public static TestPackage Document(int number, int attachmentBytes = 1_500)
    {
        var id = $"H30,2026/01/05,{number}/KH-UBND";
        using var bytes = new MemoryStream();
        using var attachment = new MemoryStream(Letters(number, attachmentBytes));
        PackageWriter.WriteDocument(bytes, Letter(number, id), [new AttachmentPayload("noi-dung.txt", attachment, $"tep-{number}", "text/plain")]);
        return new TestPackage(number, id, bytes.ToArray());
    }

    /// <summary>The department's status 03 about a document of this number.</summary>
    public static TestPackage Status(int number)
    {
        var id = $"H30,2026/01/05,{number}/KH-UBND";
        using var bytes = new MemoryStream();
        PackageWriter.WriteStatus(bytes, new Envelope
        {
            Kind = MessageKind.Status,
            From = new Organ(HubHost.Department, null, "Sở Tư pháp (mẫu)"),
            ResponseFor = [new Reference(HubHost.Province, $"{number}/KH-UBND", "2026/01/05", id)],
            Status = new StatusReport("03", "Đã tiếp nhận", "2026/01/06 08:00:00", new StaffInfo("Văn thư", "Nguyễn Văn Mẫu", "mau@example.vn", "0900000000")),
        });
        return new TestPackage(number, id, bytes.ToArray());
    }

    private static byte[] Letters(int number, int length)
    {
        var random = new byte[length * 3 / 4];
        new Random(number).NextBytes(random);
        return Encoding.ASCII.GetBytes(Convert.ToBase64String(random, Base64FormattingOptions.InsertLineBreaks));
    }

    private static Envelope Letter(int number, string id) => new()
    {
        Kind = MessageKind.Document,
        From = new Organ(HubHost.Province, null, "UBND tỉnh (mẫu)"),
        To = [new Organ(HubHost.Department, null, "Sở Tư pháp (mẫu)")],
        DocumentId = id,
        CodeNumber = $"{number}",
        CodeNotation = "KH-UBND",
        Place = "Vị Thanh",
        PromulgationDate = "2026/01/05",
        Type = "18",
        TypeName = "Công văn",
        Subject = $"Kế hoạch số {number} (mẫu)",
        Content = $"Kế hoạch số {number} (mẫu)",
        SignerInfo = new Signer("TM.", "Chủ tịch", "Nguyễn Văn Mẫu"),
        OtherInfo = new OtherInfo(Priority: "0", SphereOfPromulgation: "Liên thông", PromulgationAmount: "1", PageAmount: "1"),
        SteeringType = "0",
        Trace = new TraceHeaderList([new TraceHeader(HubHost.Province, "2026/01/05 08:00:00")], new Business("0", "Văn bản điện tử mới", "0", null)),
    };
}
