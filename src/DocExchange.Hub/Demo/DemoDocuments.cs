using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Intake;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Demo;

/// <summary>A few documents sent through the same door as any other, so that lists are not empty.</summary>
internal static class DemoDocuments
{
    public static async Task SendAsync(HubApplication hub)
    {
        var desk = hub.Services.GetRequiredService<IntakeDesk>();
        var book = hub.Services.GetRequiredService<CurrentParties>().Book;
        var today = VietnamTime.Of(hub.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        await SendAsync(desk, book, DemoData.ProvinceSystem, Letter("H30", "108", "KH-UBND", "Kế hoạch chuyển đổi số năm tới (mẫu)", today, ["H30.12", "H30.13"])).ConfigureAwait(false);
        await SendAsync(desk, book, DemoData.DepartmentSystem, Letter("H30.12", "45", "BC-STP", "Báo cáo công tác tháng (mẫu)", today, ["H30"])).ConfigureAwait(false);
        await SendAsync(desk, book, book.MailboxOf(book.Directory.Find("G22")!)!.SystemId, Letter("G22", "7816", "VPCP-TTĐT", "Kết nối, liên thông phần mềm quản lý văn bản (mẫu)", today, ["H30"])).ConfigureAwait(false);
    }

    private static async Task SendAsync(IntakeDesk desk, PartyBook book, string system, Envelope letter)
    {
        using var bytes = new MemoryStream();
        var text = Encoding.UTF8.GetBytes("Tệp đính kèm mẫu: " + letter.Subject);
        PackageWriter.WriteDocument(bytes, letter, [new AttachmentPayload("noi-dung.txt", new MemoryStream(text), "tep-1", "text/plain")]);
        bytes.Position = 0;
        var result = await desk.AcceptAsync(new Submission { Caller = book.FindSystem(system)!, Body = PipeReader.Create(bytes), AnnouncedLength = bytes.Length }, default)
            .ConfigureAwait(false);
        if (result is IntakeResult.Refused refused) throw new InvalidOperationException($"The demo document {letter.Code} was refused: {refused.Problem.English}");
    }

    private static Envelope Letter(string from, string number, string notation, string subject, DateTimeOffset today, IReadOnlyList<string> to) => new()
    {
        Kind = MessageKind.Document,
        From = new Organ(from, null, NameOf(from)),
        To = [.. to.Select(code => new Organ(code, null, NameOf(code)))],
        DocumentId = string.Create(CultureInfo.InvariantCulture, $"{from},{today:yyyy/MM/dd},{number}/{notation}"),
        CodeNumber = number,
        CodeNotation = notation,
        Place = "Vị Thanh",
        PromulgationDate = today.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture),
        Type = "18",
        TypeName = "Công văn",
        Subject = subject,
        Content = subject,
        SignerInfo = new Signer("TM.", "Chủ tịch", "Nguyễn Văn Mẫu"),
        OtherInfo = new OtherInfo(Priority: "0", SphereOfPromulgation: "Liên thông", PromulgationAmount: "1", PageAmount: "1"),
        SteeringType = "0",
        Trace = new TraceHeaderList([new TraceHeader(from, today.ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture))], new Business("0", "Văn bản điện tử mới", "0", null)),
    };

    private static string NameOf(string code) => DemoDirectory.Agencies.First(a => a.Code == code).Name;
}
