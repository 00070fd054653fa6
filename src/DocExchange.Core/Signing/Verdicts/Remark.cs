namespace DocExchange.Core.Signing.Verdicts;

/// <summary>Why a verdict is as it is, in a sentence a clerk understands. Codes are stable.</summary>
/// <param name="Limits">The most a signature with this remark can be worth.</param>
public sealed record Remark(string Code, LegalClass Limits, string English, string Vietnamese)
{
    public static readonly Remark Altered = Breaks("altered", "The file was altered after it was signed.", "Nội dung tệp đã bị sửa sau khi ký.");
    public static readonly Remark WrongSignature = Breaks("wrong-signature", "The signature does not fit the certificate it names.", "Chữ ký không khớp với chứng thư số kèm theo.");
    public static readonly Remark Unreadable = Breaks("unreadable", "The signature itself is damaged and cannot be read.", "Dữ liệu chữ ký bị hỏng, không đọc được.");
    public static readonly Remark ByteRange = Breaks("byte-range", "The signature does not say properly which part of the file it covers.", "Chữ ký không chỉ rõ phần nội dung được ký.");
    public static readonly Remark Gap = Breaks("gap", "The signature leaves out part of the file that it should cover.", "Chữ ký bỏ sót một phần nội dung lẽ ra phải được ký.");
    public static readonly Remark Overlap = Breaks("overlap", "Signatures of the file cover each other only in part.", "Các chữ ký trong tệp chồng lấn lên nhau không đúng quy cách.");
    public static readonly Remark Revision = Breaks("revision", "The part signed is not a whole version of the file.", "Phần được ký không phải là một phiên bản trọn vẹn của tệp.");
    public static readonly Remark Changed = Breaks("changed", "Content was added or replaced after this signature.", "Nội dung đã được thêm hoặc thay thế sau chữ ký này.");
    public static readonly Remark Certification = Breaks("certification", "The author certified that nothing may be added, and something was.", "Tác giả đã khóa không cho bổ sung nhưng tệp vẫn bị bổ sung.");
    public static readonly Remark Ambiguous = Breaks("ambiguous", "The signature says something twice; programs would read it differently.", "Chữ ký chứa thông tin lặp, các phần mềm có thể hiểu khác nhau.");

    public static readonly Remark Unsupported = Lowers("unsupported", "The kind of signature is not one this hub can verify.", "Loại chữ ký này hệ thống chưa kiểm tra được.");
    public static readonly Remark Partial = Lowers("partial", "The signature covers only part of the file; the rest may be anybody's.", "Chữ ký chỉ bao phủ một phần của tệp; phần còn lại không được ký.");
    public static readonly Remark LimitReached = Lowers("limit-reached", "The file is too complicated to be checked.", "Tệp quá phức tạp nên không kiểm tra được chữ ký.");
    public static readonly Remark WeakAlgorithm = Lowers("weak-algorithm", "The signature uses an algorithm that is no longer safe.", "Chữ ký dùng thuật toán không còn an toàn.");
    public static readonly Remark Untrusted = Lowers("untrusted", "The certificate was not issued by an authority on this hub's trust list.", "Chứng thư số không do tổ chức trong danh sách tin cậy cấp.");
    public static readonly Remark NotValidThen = Lowers("not-valid-then", "The certificate was not valid when the signature was made.", "Chứng thư số không có hiệu lực tại thời điểm ký.");
    public static readonly Remark ExpiredUnproven = Lowers("expired-unproven", "The certificate has expired, and no time-stamp proves that the signature is older.", "Chứng thư số đã hết hạn và không có dấu thời gian chứng minh chữ ký được tạo trước đó.");
    public static readonly Remark WrongUsage = Lowers("wrong-usage", "The certificate is not one to sign with.", "Chứng thư số không dùng để ký.");
    public static readonly Remark Revoked = Lowers("revoked", "The certificate had been revoked.", "Chứng thư số đã bị thu hồi.");
    public static readonly Remark RevocationUnknown = Lowers("revocation-unknown", "Whether the certificate was revoked is not known, and this hub's policy asks for it.", "Chưa biết chứng thư số có bị thu hồi hay không, trong khi chính sách yêu cầu.");
    public static readonly Remark RevocationPending = Notes("revocation-pending", "Whether the certificate was revoked was not known yet.", "Chưa có thông tin thu hồi chứng thư số tại thời điểm kiểm tra.");
    public static readonly Remark RevokedLater = Notes("revoked-later", "The certificate was revoked later; the signature is older than that.", "Chứng thư số đã bị thu hồi sau đó; chữ ký được tạo trước khi thu hồi.");
    public static readonly Remark ClaimedTime = Notes("claimed-time", "The time is what the signer's computer claims; no time-stamp proves it.", "Thời gian ký do máy của người ký khai, không có dấu thời gian.");
    public static readonly Remark FutureTime = Notes("future-time", "The claimed time is in the future; the time of arrival counts instead.", "Thời gian ký khai trong tương lai; lấy thời gian tiếp nhận.");
    public static readonly Remark TimeStampInvalid = Notes("time-stamp-invalid", "The time-stamp in it cannot be relied on.", "Dấu thời gian kèm theo không đáng tin cậy.");
    public static readonly Remark AddedLater = Notes("added-later", "Further signatures were added later; what this one covers is unchanged.", "Có chữ ký bổ sung sau; phần nội dung đã ký không thay đổi.");

    public static readonly Remark OrganisationMissing = Lowers("organisation-missing", "The organisation's signature is missing: a person alone has signed.", "Thiếu chữ ký số của cơ quan, tổ chức: chỉ có chữ ký cá nhân.");
    public static readonly Remark PersonMissing = Notes("person-missing", "Only the organisation has signed, as it does on copies and separate annexes.", "Chỉ có chữ ký của cơ quan, tổ chức (như bản sao hoặc phụ lục riêng).");
    public static readonly Remark WrongOrder = Lowers("wrong-order", "The organisation signed before the person; the person must sign first (NĐ 30/2020 art. 32).", "Cơ quan ký trước cá nhân; cá nhân phải ký trước (NĐ 30/2020 Điều 32).");
    public static readonly Remark NoneFound = Lowers("none-found", "No signature was found in the document's files.", "Không tìm thấy chữ ký số trong các tệp của văn bản.");

    public static readonly Remark NotAllSigned = Lowers("not-all-signed", "Not every file is signed so that it counts (NĐ 30/2020, annex I): anybody may have put another one beside the signed file.", "Không phải tệp nào cũng được ký số hợp lệ (NĐ 30/2020, Phụ lục I): tệp còn lại có thể do người khác kèm vào.");
    public static readonly Remark OthersUnsigned = Notes("others-unsigned", "Working files beside the signed ones carry no signature; check them against the signed text.", "Một số tệp kèm theo (bảng tính, bản thảo…) không có chữ ký số; cần đối chiếu với văn bản đã ký.");

    public static IReadOnlyList<Remark> All { get; } =
    [
        Altered, WrongSignature, Unreadable, ByteRange, Gap, Overlap, Revision, Changed, Certification, Ambiguous,
        Unsupported, Partial, LimitReached, WeakAlgorithm, Untrusted, NotValidThen, ExpiredUnproven, WrongUsage, Revoked, RevocationUnknown,
        RevocationPending, RevokedLater, ClaimedTime, FutureTime, TimeStampInvalid, AddedLater,
        OrganisationMissing, PersonMissing, WrongOrder, NoneFound, NotAllSigned, OthersUnsigned,
    ];

    public static Remark? Named(string code) => All.FirstOrDefault(one => one.Code == code);

    private static Remark Breaks(string code, string english, string vietnamese) => new(code, LegalClass.Broken, english, vietnamese);

    private static Remark Lowers(string code, string english, string vietnamese) => new(code, LegalClass.InformationOnly, english, vietnamese);

    private static Remark Notes(string code, string english, string vietnamese) => new(code, LegalClass.LegallySigned, english, vietnamese);
}
