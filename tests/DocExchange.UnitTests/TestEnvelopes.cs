using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Validation;

namespace DocExchange.UnitTests;

/// <summary>Small envelopes that satisfy every strict rule; a test changes the one thing it is about, by <c>with</c>.</summary>
internal static class TestEnvelopes
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    public static Envelope Letter() => new()
    {
        Kind = MessageKind.Document,
        From = new Organ("000.00.00.H41", "UBND tỉnh Nghệ An", "UBND tỉnh Nghệ An", "Số 3 Trường Thi", "ubnd@nghean.gov.vn", "(0238)3840418", "0238 843049", "nghean.gov.vn"),
        To = [new Organ("000.00.00.G22", OrganName: "Văn phòng Chính phủ"), new Organ("H53", OrganName: "UBND tỉnh Tây Ninh")],
        DocumentId = "000.00.00.H41,2026/11/20,123/UBND-VX",
        CodeNumber = "123",
        CodeNotation = "UBND-VX",
        Place = "Nghệ An",
        PromulgationDate = "2026/11/20",
        Type = "18",
        TypeName = "Công văn",
        Subject = "V/v kết nối phần mềm quản lý văn bản",
        Content = "V/v kết nối phần mềm quản lý văn bản",
        SignerInfo = new Signer("TM.", "Chủ tịch", "Nguyễn Văn An"),
        DueDate = "2026/12/01",
        ToPlaces = ["Như trên", "Lưu: VT"],
        OtherInfo = new OtherInfo("0", "Nội bộ", "NVA", "2", "3", "false"),
        Trace = new TraceHeaderList([new TraceHeader("000.00.00.H41", "2026/11/20 09:00:00")], new Business("0", null, "0", null)),
        Manifest = [new ManifestReference("cid:1", "application/pdf", null, "123.pdf")],
        Attachments = [File("123.pdf")],
    };

    public static Envelope Status(string? code = "03", string? description = "Đã tiếp nhận văn bản", string? timestamp = "2026/11/20 10:00:00") => new()
    {
        Kind = MessageKind.Status,
        From = new Organ("000.00.00.G22", OrganName: "Văn phòng Chính phủ"),
        ResponseFor = [new Reference("000.00.00.H41", "123/UBND-VX", "2026/11/20", "000.00.00.H41,2026/11/20,123/UBND-VX")],
        Status = new StatusReport(code, description, timestamp, null),
    };

    public static Envelope Revocation() => Letter() with
    {
        ResponseFor = [new Reference("000.00.00.G22", "100/UBND-VX", "2026/11/01", "000.00.00.H41,2026/11/01,100/UBND-VX")],
        Trace = Traced(new Business("1", "Gửi nhầm", "0", null)),
    };

    public static Envelope Update() => Letter() with { Trace = Traced(new Business("2", null, "0", "000.00.00.H41,2026/11/01,100/UBND-VX")) };

    public static Envelope Replacement() => Letter() with
    {
        Trace = Traced(new Business("3", null, "0", null) { Replacements = [new ReplacementInfo("000.00.00.H41,2026/11/01,100/UBND-VX", ["H53"])] }),
    };

    public static TraceHeaderList Traced(Business? business) => new([new TraceHeader("000.00.00.H41", "2026/11/20 09:00:00")], business);

    public static Envelope WithBusiness(this Envelope envelope, Func<Business, Business> change) =>
        envelope with { Trace = envelope.Trace! with { Business = change(envelope.Trace!.Business!) } };

    public static Envelope WithAttachment(this Envelope envelope, string? name) => envelope with
    {
        Manifest = [new ManifestReference("cid:1", "application/pdf", null, name)],
        Attachments = [File(name)],
    };

    public static Attachment File(string? name) => new()
    {
        Ordinal = 0, ContentId = "cid:1", Name = name, ContentType = "application/pdf", Offset = 3000, EncodedLength = 400, Length = 300,
        Digest = new byte[32], SniffedType = "pdf",
    };

    public static PackageReading Reading(this Envelope envelope, params Problem[] findings) => new(envelope, findings, []);

    public static ValidationResult JudgedFromAgency(this Envelope envelope) => Judged(envelope, Profile.Agency);

    public static ValidationResult JudgedFromPeer(this Envelope envelope) => Judged(envelope, Profile.Peer);

    public static ValidationResult Judged(this Envelope envelope, Profile profile) =>
        ValidationRules.Default.Judge(envelope.Reading(), new RuleContext(profile, Now));
}
