using System.Net;
using System.Text;
using DocExchange.Axis.Protocol;
using DocExchange.Cli;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.UnitTests.Client;
using Xunit;

namespace DocExchange.UnitTests.Cli;

/// <summary>Guards against a package sent as what it is not, and a status that names the wrong document, sender or receiver.</summary>
public sealed class PackageCommandTests : IDisposable
{
    private const string Sent = """{"status":"OK","ErrorCode":"0","ErrorDesc":"","DocId":"0193"}""";

    private const string Directory = """{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":[{"code":"000.00.00.H53","oldCode":"H53.old"}]}""";

    private static readonly Envelope Document = new()
    {
        Kind = MessageKind.Document,
        From = new Organ("000.00.00.G22", OrganName: "Văn phòng"),
        To = [new Organ("000.00.00.H41", OrganName: "Nghệ An"), new Organ("000.00.00.H53")],
        DocumentId = "000.00.00.G22,2026/11/20,12/VPCP",
        CodeNumber = "12",
        CodeNotation = "VPCP",
        PromulgationDate = "2026/11/20",
        Subject = "Về việc thử nghiệm",
        Trace = new TraceHeaderList([new TraceHeader("000.00.00.G22", "2026/11/20 08:00:00")], new Business("0", null, "0", null)),
    };

    private readonly string _file = Path.Combine(System.IO.Directory.CreateTempSubdirectory("dx-").FullName, "doc.edxml");
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public PackageCommandTests() => File.WriteAllBytes(_file, Bytes());

    [Fact]
    public async Task A_document_is_sent_as_one_in_its_own_senders_name()
    {
        var hub = RecordedHub.Json(Sent);
        Assert.Equal(ExitCode.Done, await Run(hub, "send", _file));
        Assert.Equal(("edoc", "000.00.00.G22", null), (hub.Signed().MessageType, hub.Signed().From, hub.Signed().To));
        Assert.Equal([.. Bytes(), .. "\r\n"u8], hub.Calls[0].Body);
        Assert.Contains("0193", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_narrow_the_receivers_and_name_another_sender()
    {
        var hub = RecordedHub.Json(Sent);
        await Run(hub, "send", _file, "--to", "000.00.00.H41,000.00.00.H53", "--from", "000.00.00.H99");
        Assert.Equal(("000.00.00.H99", "000.00.00.H41|000.00.00.H53"), (hub.Signed().From, string.Join('|', hub.Signed().To!)));
    }

    [Fact]
    public async Task A_file_that_is_no_package_is_left_to_the_hub_to_refuse()
    {
        File.WriteAllText(_file, "1212<?xml");
        var hub = RecordedHub.Json("""{"status":"FAIL","ErrorCode":"10","ErrorDesc":"no XML","DocId":""}""");
        Assert.Equal(ExitCode.Refused, await Run(hub, "send", _file));
        Assert.Equal(("edoc", "000.00.00.H41"), (hub.Signed().MessageType, hub.Signed().From));
    }

    [Theory]
    [InlineData("3", "03", "Đã tiếp nhận")]
    [InlineData("05", "05", "Đang xử lý")]
    public async Task A_recipients_status_names_the_document_and_goes_to_its_sender(string given, string code, string text)
    {
        var hub = Mailbox();
        Assert.Equal(ExitCode.Done, await Run(hub, "status", "0192", given));

        var status = Status(hub);
        Assert.Equal(("000.00.00.H41", "Nghệ An"), (status.From.OrganId, status.From.OrganName));
        Assert.Equal(new Reference("000.00.00.G22", "12/VPCP", "2026/11/20", Document.DocumentId), Assert.Single(status.ResponseFor));
        Assert.Equal((code, text), (status.Status!.Code, status.Status.Description));
        Assert.Equal(("status", "000.00.00.H41"), (hub.Signed().MessageType, hub.Signed().From));
    }

    [Fact]
    public async Task A_refusal_carries_its_reason_and_the_clerk()
    {
        var hub = Mailbox();
        Assert.Equal(ExitCode.Done, await Run(hub, "status", "0192", "02", "--reason", "Không đúng thẩm quyền", "--staff", "Nguyễn Thị A", "--department", "Văn thư"));
        var status = Status(hub).Status!;
        Assert.Equal(("02", "Không đúng thẩm quyền", "Nguyễn Thị A", "Văn thư"), (status.Code, status.Description, status.Staff!.Staff, status.Staff.Department));
    }

    [Fact]
    public async Task A_sender_asks_for_a_document_back_from_one_receiver()
    {
        var hub = RecordedHub.Json(Sent);
        Assert.Equal(ExitCode.Done, await Run(hub, "status", "0192", "13", "--package", _file, "--to", "000.00.00.H53"));
        var status = Status(hub);
        Assert.Equal(("000.00.00.G22", "000.00.00.H53"), (status.From.OrganId, status.ResponseFor[0].OrganId));
    }

    [Fact]
    public async Task Where_the_receiver_is_not_clear_it_is_asked_for()
    {
        var hub = Mailbox();
        Assert.Equal(ExitCode.Usage, await Run(hub, "status", "0192", "03", "--system", "another-system"));
        Assert.Contains("000.00.00.H41, 000.00.00.H53", _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(hub.Calls, call => call.Request.RequestUri!.AbsolutePath.EndsWith(VxpOperations.SendEdoc, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_system_registered_under_an_agencys_earlier_code_reports_under_the_one_the_document_used()
    {
        var hub = Mailbox();
        Assert.Equal(ExitCode.Done, await Run(hub, "status", "0192", "03", "--system", "H53.old"));
        Assert.Equal("000.00.00.H53", Status(hub).From.OrganId);
    }

    public void Dispose() => System.IO.Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    private static RecordedHub Mailbox() => new(request => new HttpResponseMessage(HttpStatusCode.OK)
    {
        Content = request.RequestUri!.AbsolutePath.EndsWith(VxpOperations.DownloadEdoc, StringComparison.Ordinal)
            ? new ByteArrayContent(Bytes())
            : new StringContent(request.RequestUri.AbsolutePath.EndsWith(VxpOperations.GetAgenciesList, StringComparison.Ordinal) ? Directory : Sent),
    });

    private static Envelope Status(RecordedHub hub)
    {
        var reading = PackageReader.Read(hub.Calls[^1].Body.AsMemory(..^2), PackageLimits.Default);
        Assert.Empty(reading.Findings);
        Assert.Equal(MessageKind.Status, reading.Envelope!.Kind);
        return reading.Envelope;
    }

    private static byte[] Bytes()
    {
        using var bytes = new MemoryStream();
        using var content = new MemoryStream(Encoding.ASCII.GetBytes("%PDF-1.7 test"));
        PackageWriter.WriteDocument(bytes, Document, [new AttachmentPayload("a.pdf", content)]);
        return bytes.ToArray();
    }

    private Task<ExitCode> Run(RecordedHub hub, params string[] words) => CommandLine.RunAsync(
        words.Contains("--system") ? [.. words, "--secret", "the secret"] : [.. words, "--system", "000.00.00.H41", "--secret", "the secret"],
        new Surroundings(_out, _error, () => Stream.Null, _ => null, () => hub, TimeProvider.System), CancellationToken.None);
}
