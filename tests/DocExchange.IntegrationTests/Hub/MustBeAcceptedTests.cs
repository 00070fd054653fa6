using System.Security.Cryptography;
using System.Text;
using DocExchange.Axis.Protocol;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>"Looks wrong, must be accepted": regular in real traffic, so that refusing it is a defect.</summary>
public sealed class MustBeAcceptedTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Signature = "<Signature><SignedInfo><Reference URI=\"\"><DigestValue>FwgIqsSYJshUS2+wlOM61L+q7Aw=</DigestValue></Reference></SignedInfo><SignatureValue>GbVb8n9+qFxz466A</SignatureValue><KeyInfo><X509Data><X509SubjectName>CN=user05</X509SubjectName><X509Certificate>MIICWDCCAcG</X509Certificate></X509Data></KeyInfo></Signature>";

    private static readonly (string Oddity, Func<Letter, string> Text)[] Agencys =
    [
        ("a placeholder for the package's signature", l => Before(l, "</edXML:edXMLHeader>", Signature)),
        ("an empty DigitalSignature", l => Before(l, "</edXML:edXMLHeader>", "<edXML:DigitalSignature/>")),
        ("a hop without organisation", l => Before(l, "<edXML:Bussiness>", "<edXML:TraceHeader><edXML:Timestamp>2024/01/05 09:00:00</edXML:Timestamp></edXML:TraceHeader>")),
        ("a hop named null", l => Before(l, "<edXML:Bussiness>", "<edXML:TraceHeader><edXML:OrganId>null</edXML:OrganId><edXML:Timestamp>2024/01/05 09:00:00</edXML:Timestamp></edXML:TraceHeader>")),
        ("no Bussiness", l => Without(l.Text, "<edXML:Bussiness>", "</edXML:Bussiness>")),
        ("an unreadable business type", l => (l with { Type = "moi" }).Text),
        ("an empty ResponseFor", l => (l with { Header = "<edXML:ResponseFor><edXML:OrganId/><edXML:Code/></edXML:ResponseFor>" }).Text),
        ("no prefixes", l => l.Text.Replace("edXML:edXML", "#", StringComparison.Ordinal).Replace("xmlns:edXML=", "xmlns=", StringComparison.Ordinal).Replace("edXML:", "", StringComparison.Ordinal).Replace("#", "edXML", StringComparison.Ordinal)),
        ("another prefix", l => l.Text.Replace("edXML:", "vb:", StringComparison.Ordinal).Replace("xmlns:edXML", "xmlns:vb", StringComparison.Ordinal)),
        ("the prefix edXML undeclared", l => l.Text.Replace(" xmlns:edXML=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"", "", StringComparison.Ordinal)),
        ("the prefix xlink undeclared", l => l.Text.Replace("<edXML:Reference>", "<edXML:Reference xlink:href=\"cid:a1\">", StringComparison.Ordinal)),
        ("attachments before the envelope", AttachmentsFirst),
        ("the trace's hops after Bussiness", l => Moved(l.Text, "<edXML:TraceHeader>", "</edXML:TraceHeader>", "</edXML:TraceHeaderList>")),
        ("elements of a vendor", l => (l with { Header = "<edXML:ApplicationType>MCDT_DT</edXML:ApplicationType><vendor><x>1</x></vendor>" }).Text),
        ("one organisation under its old and its new code", l => (l with { To = ["H30.12", "000.00.12.H30"] }).Text),
        ("the date as dd/MM/yyyy", l => (l with { Date = "05/01/2024" }).Text),
        ("the date as yyyy-MM-dd", l => (l with { Date = "2024-01-05" }).Text),
        ("a wrapped attachment that could be plain", l => (l with { FileName = "van-ban.txt", File = Wrapped("a.txt") }).Text),
        ("a plain attachment that could be wrapped", l => (l with { FileName = "van-ban.txt", File = Encoding.UTF8.GetBytes("văn bản") }).Text),
        ("a content id without cid:", l => l.Text.Replace("cid:a1", "a1", StringComparison.Ordinal)),
        ("a content id with cid: on one side only", l => l.Text.Replace("<ContentId>cid:a1", "<ContentId>a1", StringComparison.Ordinal)),
        ("base64 with line breaks", l => l.Text.Replace(Convert.ToBase64String(l.File), "\r\n" + Convert.ToBase64String(l.File, Base64FormattingOptions.InsertLineBreaks) + "\n", StringComparison.Ordinal)),
        ("a document type outside the lists", l => l.Text.Replace("<edXML:Type>18", "<edXML:Type>71", StringComparison.Ordinal)),
    ];

    private TestHub Hub => fixture.Hub;

    public static TheoryData<string> Oddities => [.. Agencys.Select(row => row.Oddity)];

    [Theory]
    [MemberData(nameof(Oddities))]
    public async Task An_agencys_package_is_accepted_with(string oddity)
    {
        var text = Agencys.Single(row => row.Oddity == oddity).Text(new Letter());

        (await Hub.SendAsync(Encoding.UTF8.GetBytes(text))).Ok();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hash_is_accepted_with_and_without_padding(bool padded)
    {
        // A digest with a small byte, where the two forms differ.
        var letter = new Letter();
        while (!SHA256.HashData(letter.Bytes).Any(b => b < 16)) letter = new Letter();
        var digest = SHA256.HashData(letter.Bytes);

        (await Hub.SendAsync(letter.Bytes, hash: padded ? FileHash.Padded(digest) : FileHash.Unpadded(digest))).Ok();
    }

    [Fact]
    public async Task A_body_without_the_clients_line_end_is_accepted_and_a_file_that_ends_in_one_keeps_it()
    {
        var without = new Letter();
        (await Hub.PostAsync("/vxp/sendEdoc", Headers(without.Bytes), without.Bytes)).Ok();
        byte[] ending = [.. new Letter().Bytes, (byte)'\r', (byte)'\n'];

        var sent = (await Hub.SendAsync(ending)).Ok();

        Assert.Equal(ending.Length, (await Hub.TrackAsync(sent.DocId)).Size);
    }

    [Fact]
    public async Task A_timestamp_of_years_ago_is_accepted_because_clients_freeze_it()
    {
        var headers = SignedCall.Headers(TestHub.Province, Encoding.UTF8.GetBytes(TestHub.Secret), new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero),
            "application/json", ("servicetype", "eDoc"), ("messagetype", "edoc"));

        (await Hub.PostAsync("/vxp/countReceiveEdoc", headers, [])).Ok();
    }

    [Fact]
    public async Task Values_left_over_from_earlier_calls_are_ignored()
    {
        (await Hub.CallAsync("getReceivedEdocList", TestHub.Province, [], ("servicetype", "eDoc"), ("messagetype", "edoc"), ("hash-file", "00"), ("from", "G22"),
            ("to", "[\"G22\"]"), ("docId", "d-1"), ("status", "done"), ("filePath", "C:\\edoc\\a.edxml"), ("level", "1"))).Ok();
    }

    [Theory]
    [InlineData("upper")]
    [InlineData("lower")]
    public async Task Header_names_are_accepted_in_any_case(string letters)
    {
        var letter = new Letter();
        var headers = Headers(letter.Bytes).Select(h => new KeyValuePair<string, string>(letters == "upper" ? h.Key.ToUpperInvariant() : h.Key.ToLowerInvariant(), h.Value));

        (await Hub.PostAsync("/vxp/sendEdoc", headers, letter.Bytes)).Ok();
    }

    [Fact]
    public async Task Docid_and_docId_are_the_same_value()
    {
        var sent = (await Hub.SendAsync(new Letter())).Ok();

        (await Hub.CallAsync("getSentEdocList", TestHub.Province, [], ("servicetype", "eDoc"), ("messagetype", "edoc"), ("docid", sent.DocId))).Ok();
    }

    [Fact]
    public async Task A_status_is_accepted_with_one_digit_in_another_container_twice_and_before_the_one_it_should_follow()
    {
        var letter = new Letter { To = ["H30.13"] };
        var sent = (await Hub.SendAsync(letter)).Ok();
        var accepted = new StatusPaper(letter, "H30.13", "3");
        var contained = Encoding.UTF8.GetBytes(accepted.Text.Replace("edXML:MessageHeader", "edXML:Status", StringComparison.Ordinal));

        (await Hub.SendAsync(accepted, HubFixture.Health)).Ok();
        (await Hub.SendAsync(accepted with { Code = "03" }, HubFixture.Health)).Ok();
        (await Hub.SendAsync(contained, HubFixture.Health, "status")).Ok();

        Assert.Equal([3], (await Hub.TrackAsync(sent.DocId)).Statuses.Select(s => s.Code));
    }

    private IReadOnlyList<KeyValuePair<string, string>> Headers(byte[] bytes) =>
        Hub.Signed(TestHub.Province, ("servicetype", "eDoc"), ("messagetype", "edoc"), ("hash-file", FileHash.Unpadded(SHA256.HashData(bytes))));

    private static string Before(Letter letter, string place, string text) => letter.Text.Replace(place, text + place, StringComparison.Ordinal);

    private static string Without(string text, string from, string to)
    {
        var end = text.IndexOf(to, StringComparison.Ordinal) + to.Length;
        return text[..text.IndexOf(from, StringComparison.Ordinal)] + text[end..];
    }

    private static string Moved(string text, string from, string to, string before)
    {
        var rest = Without(text, from, to);
        var start = text.IndexOf(from, StringComparison.Ordinal);
        return rest.Replace(before, text[start..(text.IndexOf(to, StringComparison.Ordinal) + to.Length)] + before, StringComparison.Ordinal);
    }

    private static string AttachmentsFirst(Letter letter) => Moved(letter.Text, "<AttachmentEncoded>", "</AttachmentEncoded>", "<edXML:edXMLEnvelope");

    private static byte[] Wrapped(string name)
    {
        using var target = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(target, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = zip.CreateEntry(name).Open();
            stream.Write("nội dung"u8);
        }
        return target.ToArray();
    }
}
