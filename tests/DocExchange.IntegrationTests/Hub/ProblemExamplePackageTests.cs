using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocExchange.Core.Packages;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>The table of malformed and hostile inputs, rows 10 to 35: what a package may not be. Each line names the failure it guards against.</summary>
public sealed class ProblemExamplePackageTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly Letter Any = new();
    private static readonly string Date = "<edXML:PromulgationDate>2024/01/05</edXML:PromulgationDate>";
    private static readonly string Envelope = Any.Text[Any.Text.IndexOf("<edXML:edXMLEnvelope", StringComparison.Ordinal)..(Any.Text.IndexOf("</edXML:edXMLEnvelope>", StringComparison.Ordinal) + 23)];

    private static readonly (string Failure, int Axis, string Code, Func<byte[]> Package)[] Table =
    [
        ("10 characters before the declaration", 10, "DX-1004", () => [.. "1212"u8, .. Any.Bytes]),
        ("10 text after the root", 10, "DX-1004", () => [.. Any.Bytes, .. "rest"u8]),
        ("11 an external entity", 10, "DX-1005", () => Doctype("<!ENTITY x SYSTEM \"file:///etc/passwd\">")),
        ("11 an external DTD", 10, "DX-1005", () => Any.With("<edXML xmlns", "<!DOCTYPE edXML SYSTEM \"http://127.0.0.1:1/x.dtd\"><edXML xmlns")),
        ("11 nested entities", 10, "DX-1005", () => Doctype("<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">")),
        ("12 bytes that are not UTF-8", 10, "DX-1006", () => Spliced(0xC3, 0x28)),
        ("12 UTF-16 declared as UTF-8", 10, "DX-1006", () => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Any.Text)]),
        ("12 another declared encoding", 10, "DX-1006", () => Any.With("encoding=\"UTF-8\"", "encoding=\"windows-1258\"")),
        ("12 an embedded NUL", 10, "DX-1006", () => Spliced(0)),
        ("13 nesting ten thousand deep", 10, "DX-1007", () => InHeader(string.Concat(Enumerable.Repeat("<x>", 10_000)) + string.Concat(Enumerable.Repeat("</x>", 10_000)))),
        ("13 a million empty elements", 10, "DX-1008", () => InHeader(string.Concat(Enumerable.Repeat("<x/>", 1_000_000)))),
        ("13 an attribute of ten megabytes", 10, "DX-1010", () => InHeader($"<x a=\"{new string('a', 10_000_000)}\"/>")),
        ("14 the namespace of edXML 1.0", 22, "DX-2102", () => Any.With(EdxmlNames.Namespace, "http://www.e-doc.vn/Schema/")),
        ("14 a SOAP envelope", 22, "DX-2101", () => "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body/></s:Envelope>"u8.ToArray()),
        ("14 another root", 22, "DX-2101", () => "<?xml version=\"1.0\" encoding=\"UTF-8\"?><html/>"u8.ToArray()),
        ("15 an invented place for the files", 22, "DX-2105", () => Encoding.UTF8.GetBytes(Any.Text
            .Replace("AttachmentEncoded>", "edXMLAttachments>", StringComparison.Ordinal).Replace("Attachment>", "AttachmentData>", StringComparison.Ordinal))),
        ("15 the root element only", 22, "DX-2103", () => Encoding.UTF8.GetBytes($"<edXML xmlns=\"{EdxmlNames.Namespace}\"/>")),
        ("16 two envelopes, of which another reader takes the other", 22, "DX-2104", () => Any.With("<AttachmentEncoded>", Envelope + "<AttachmentEncoded>")),
        ("16 two message headers", 22, "DX-2104", () => Any.With("<edXML:TraceHeaderList>", "<edXML:MessageHeader/><edXML:TraceHeaderList>")),
        ("16 two senders", 22, "DX-2104", () => InHeader("<edXML:From><edXML:OrganId>H30.12</edXML:OrganId></edXML:From>")),
        ("16 two document ids", 22, "DX-2104", () => InHeader("<edXML:DocumentId>another</edXML:DocumentId>")),
        ("17 no sender", 22, "DX-2201", () => Any.With("<edXML:OrganId>H30</edXML:OrganId><edXML:OrganName>Cơ quan gửi", "<edXML:OrganName>Cơ quan gửi")),
        ("17 no receiver", 22, "DX-2201", () => (Any with { To = [] }).Bytes),
        ("17 an empty subject", 22, "DX-2201", () => (Any with { Subject = " " }).Bytes),
        ("17 no date of issue", 22, "DX-2201", () => Any.With(Date, "")),
        ("17 no trace", 22, "DX-2201", () => Cut("<edXML:TraceHeaderList>", "</edXML:TraceHeaderList>")),
        ("18 another organisation's name as sender", 19, "DX-0005", () => (Any with { From = "G22" }).Bytes),
        ("19 a path as sender", 22, "DX-2206", () => (Any with { From = "../../etc/x" }).Bytes),
        ("19 an escaped NUL as receiver", 22, "DX-2206", () => (Any with { To = ["H30%00"] }).Bytes),
        ("19 more than four groups", 22, "DX-2206", () => (Any with { To = ["000.00.00.00.H30"] }).Bytes),
        ("19 a code of ten thousand characters", 22, "DX-2206", () => (Any with { To = [new string('H', 10_000)] }).Bytes),
        ("20 a receiver that is not known", 18, "DX-4001", () => (Any with { To = ["H30.12", "H77"] }).Bytes),
        ("20 the id of an adapter as receiver", 18, "DX-4003", () => (Any with { To = ["02.29.W00"] }).Bytes),
        ("22 one receiver twice", 22, "DX-4006", () => (Any with { To = ["H30.12", "H30.12"] }).Bytes),
        ("24 a number of twelve characters", 22, "DX-2202", () => (Any with { Number = "123456789012" }).Bytes),
        ("24 a notation of thirty-one characters", 22, "DX-2202", () => (Any with { Notation = new string('Đ', 31) }).Bytes),
        ("24 a subject of 501 characters", 22, "DX-2202", () => (Any with { Subject = new string('ề', 501) }).Bytes),
        ("24 a sender's name of 201 characters", 22, "DX-2202", () => Any.With("Cơ quan gửi (mẫu)", new string('ử', 201))),
        ("25 a date that does not exist", 22, "DX-2203", () => (Any with { Date = "2014/02/30" }).Bytes),
        ("25 a date in words", 22, "DX-2203", () => (Any with { Date = "tomorrow" }).Bytes),
        ("25 a date in the future", 22, "DX-2204", () => (Any with { Date = DateTime.UtcNow.AddDays(3).ToString("yyyy/MM/dd", CultureInfo.InvariantCulture) }).Bytes),
        ("26 an unknown priority", 22, "DX-2205", () => (Any with { Priority = "9" }).Bytes),
        ("26 an unknown paper mark", 22, "DX-2205", () => Any.With("<edXML:Paper>0", "<edXML:Paper>2")),
        ("26 an unknown business type", 22, "DX-2205", () => (Any with { Type = "7" }).Bytes),
        ("26 minus one page", 22, "DX-2205", () => Any.With("<edXML:PageAmount>1", "<edXML:PageAmount>-1")),
        ("26 an unknown receiver type", 22, "DX-2205", () => (Any.Updating(Any) with { Business = $"<edXML:BussinessDocumentInfo><edXML:DocumentInfo>0</edXML:DocumentInfo><edXML:DocumentReceiver>1</edXML:DocumentReceiver><edXML:ReceiverList><edXML:Receiver><edXML:OrganId>H30.12</edXML:OrganId><edXML:ReceiverType>5</edXML:ReceiverType></edXML:Receiver></edXML:ReceiverList></edXML:BussinessDocumentInfo><edXML:DocumentId>{Any.DocumentId}</edXML:DocumentId>" }).Bytes),
        ("27 an update of nothing", 22, "DX-2207", () => (Any with { Type = "2" }).Bytes),
        ("27 a replacement of nothing", 22, "DX-2207", () => (Any with { Type = "3" }).Bytes),
        ("27 a revocation of nothing", 22, "DX-2207", () => (Any with { Type = "1" }).Bytes),
        ("31 base64 that cannot be decoded", 21, "DX-2301", () => Any.With(Convert.ToBase64String(Any.File), "@@@@")),
        ("31 a reference without its file", 21, "DX-2302", () => Cut("<AttachmentEncoded>", "</AttachmentEncoded>")),
        ("31 a file without its reference", 21, "DX-2303", () => Cut("<edXML:Reference>", "</edXML:Reference>")),
        ("32 a ZIP bomb", 21, "DX-2306", () => (Any with { FileName = "a.txt", File = Zip(("a.txt", new byte[50_000_000])) }).Bytes),
        ("32 a ZIP inside a ZIP", 21, "DX-2310", () => (Any with { FileName = "a.zip", File = Zip(("b.zip", Zip(("c.txt", new byte[10])))) }).Bytes),
        ("32 two files in a wrapper", 21, "DX-2309", () => (Any with { FileName = "a.txt", File = Zip(("a.txt", new byte[9]), ("b.txt", new byte[9])) }).Bytes),
        ("32 an entry that leads outside its folder", 21, "DX-2308", () => (Any with { FileName = "a.zip", File = Zip(("../../x", new byte[9])) }).Bytes),
        ("33 a program named PDF", 21, "DX-2311", () => (Any with { FileName = "bao-cao.pdf", File = [(byte)'M', (byte)'Z', .. new byte[200]] }).Bytes),
        ("33 a script", 21, "DX-2312", () => (Any with { FileName = "chay.vbs", File = "MsgBox 1"u8.ToArray() }).Bytes),
        ("33 the anti-malware test string", 21, "DX-2313", () => (Any with { FileName = "a.txt", File = Encoding.ASCII.GetBytes("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*") }).Bytes),
        ("34 a file name of 501 characters", 22, "DX-2208", () => (Any with { FileName = new string('a', 497) + ".pdf" }).Bytes),
        ("34 a file name with a path", 22, "DX-2209", () => (Any with { FileName = "../a.pdf" }).Bytes),
        ("34 a file name that changes the reading direction", 22, "DX-2209", () => (Any with { FileName = "a\u202Efdp.pdf" }).Bytes),
        ("34 the name of a device", 22, "DX-2209", () => (Any with { FileName = "CON.pdf" }).Bytes),
    ];

    private TestHub Hub => fixture.Hub;

    public static TheoryData<string> Failures => [.. Table.Select(row => row.Failure)];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_package_is_refused_for(string failure)
    {
        var (_, axis, code, package) = Table.Single(row => row.Failure == failure);

        await Hub.RefusesAsync(() => Hub.SendAsync(package()), axis, code);
    }

    [Fact]
    public async Task Row_18_a_signed_sender_that_is_not_the_packages_is_refused()
    {
        await Hub.RefusesAsync(() => Hub.SendAsync(new Letter().Bytes, from: "H30.12"), 19, "DX-0006");
    }

    [Fact]
    public async Task Row_18_a_unit_of_the_registered_system_may_send()
    {
        (await Hub.SendAsync(new Letter { From = "H30.12.05", To = ["H30.13"] }.Bytes, from: "H30.12.05")).Ok();
    }

    [Fact]
    public async Task Row_23_the_signed_receivers_may_narrow_and_never_widen()
    {
        await Hub.RefusesAsync(() => Hub.SendAsync(new Letter(), to: "[\"H30.12\",\"G22\"]"), 18, "DX-4005");
    }

    [Fact]
    public async Task Row_29_a_document_id_used_for_other_content_is_refused()
    {
        var letter = new Letter();
        (await Hub.SendAsync(letter)).Ok();

        await Hub.RefusesAsync(() => Hub.SendAsync(letter with { Subject = "Khác" }), 22, "DX-5001");
    }

    [Fact]
    public async Task Row_32_an_encrypted_ZIP_cannot_be_checked_and_is_refused()
    {
        var zip = Zip(("a.txt", new byte[100]));
        // General purpose bit 0, in the local header and in the central directory.
        zip[6] |= 1;
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;

        await Hub.RefusesAsync(() => Hub.SendAsync(new Letter { FileName = "a.zip", File = zip }), 21, "DX-2307");
    }

    [Theory]
    [InlineData("TypeName", "Tối mật")]
    [InlineData("CodeNotation", "QĐ-MẬT")]
    public async Task Row_35_a_marked_document_leaves_neither_content_nor_its_digest(string element, string mark)
    {
        var letter = element == "CodeNotation" ? new Letter { Notation = mark } : new Letter();
        var bytes = element == "CodeNotation" ? letter.Bytes : letter.With("Công văn", mark);

        var reply = await Hub.RefusesAsync(() => Hub.SendAsync(bytes), 10, "DX-2290");

        var (receipt, entry) = await Hub.ReceiptAsync(TestHub.Province, reply.ReceiptId!);
        Assert.NotEqual(System.Security.Cryptography.SHA256.HashData(bytes), entry.Digest);
        Assert.Null(entry.DocumentId);
        Assert.DoesNotContain(letter.Code, Encoding.UTF8.GetString(receipt), StringComparison.Ordinal);
        Assert.DoesNotContain(mark, reply.Description, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("V/v bảo mật thông tin")]
    [InlineData("Mật độ dân số")]
    [InlineData("V/v mất trộm, khẩu trang che mặt")]
    public async Task Row_35_words_of_the_subject_are_no_marks(string subject) => (await Hub.SendAsync(new Letter { Subject = subject })).Ok();

    private static byte[] Doctype(string inside) => Any.With("<edXML xmlns", $"<!DOCTYPE edXML [{inside}]><edXML xmlns");

    private static byte[] InHeader(string text) => (Any with { Header = text }).Bytes;

    private static byte[] Spliced(params byte[] bytes)
    {
        var text = Any.Bytes;
        var at = text.AsSpan().IndexOf("giao ban"u8);
        return [.. text[..at], .. bytes, .. text[at..]];
    }

    private static byte[] Cut(string from, string to)
    {
        var text = Any.Text;
        var end = text.IndexOf(to, StringComparison.Ordinal) + to.Length;
        return Encoding.UTF8.GetBytes(text[..text.IndexOf(from, StringComparison.Ordinal)] + text[end..]);
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }
        return target.ToArray();
    }
}
