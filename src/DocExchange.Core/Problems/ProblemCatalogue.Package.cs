namespace DocExchange.Core.Problems;

/// <summary>What can be wrong with the file itself: its size and XML (DX-10xx), its edXML structure (DX-21xx) and its attachments (DX-23xx).</summary>
public static partial class ProblemCatalogue
{
    public static readonly ProblemKind PackageEmpty = new("DX-1001", "The package is empty", ProblemStep.Size, ProblemFamily.Missing,
        "The request carries no edXML file: its body is empty.",
        "Yêu cầu không có tệp edXML: phần thân rỗng.",
        "Send the bytes of the edXML file as the body of the request.",
        "Gửi nội dung tệp edXML làm phần thân của yêu cầu.");

    public static readonly ProblemKind PackageTooLarge = new("DX-1002", "The package is too large", ProblemStep.Size, ProblemFamily.Range,
        "The file is larger than the {limit} bytes this hub accepts.",
        "Tệp lớn hơn giới hạn {limit} byte mà trục này tiếp nhận.",
        "Reduce the attachments (scan at a lower resolution, split the appendixes) or ask the operator for a higher limit.",
        "Giảm dung lượng tệp đính kèm (quét ở độ phân giải thấp hơn, tách phụ lục) hoặc đề nghị quản trị viên nâng giới hạn.");

    public static readonly ProblemKind NotWellFormed = new("DX-1003", "The file is not well-formed XML", ProblemStep.XmlSafety, ProblemFamily.Mismatch,
        "The file is not well-formed XML.",
        "Tệp không phải là XML đúng cú pháp.",
        "Open the file at the position named and correct it; check that it was not cut off or converted on the way.",
        "Mở tệp tại vị trí đã nêu và sửa lại; kiểm tra xem tệp có bị cắt hoặc bị chuyển đổi trên đường truyền không.");

    public static readonly ProblemKind TextOutsideRoot = new("DX-1004", "There is text outside the XML document", ProblemStep.XmlSafety, ProblemFamily.Mismatch,
        "There are characters before the XML declaration or after the root element.",
        "Có ký tự nằm trước khai báo XML hoặc sau phần tử gốc.",
        "Remove everything before <?xml … ?> and after the closing tag of the root element.",
        "Xóa mọi nội dung trước <?xml … ?> và sau thẻ đóng của phần tử gốc.");

    public static readonly ProblemKind DoctypeForbidden = new("DX-1005", "Document type declarations are forbidden", ProblemStep.XmlSafety, ProblemFamily.Mismatch,
        "The file contains a DOCTYPE; declarations and entities are never read.",
        "Tệp chứa khai báo DOCTYPE; trục không bao giờ đọc khai báo kiểu và thực thể.",
        "Write the file without <!DOCTYPE … >.",
        "Tạo tệp không có <!DOCTYPE … >.");

    public static readonly ProblemKind WrongEncoding = new("DX-1006", "The file is not UTF-8 text", ProblemStep.XmlSafety, ProblemFamily.Mismatch,
        "The file is not valid UTF-8 text, or declares another encoding; found {value}.",
        "Tệp không phải văn bản UTF-8 hợp lệ, hoặc khai báo bảng mã khác; gặp {value}.",
        "Save the file as UTF-8 and declare encoding=\"UTF-8\"; remove NUL characters.",
        "Lưu tệp ở bảng mã UTF-8 và khai báo encoding=\"UTF-8\"; loại bỏ ký tự NUL.");

    public static readonly ProblemKind NestingTooDeep = new("DX-1007", "Elements are nested too deeply", ProblemStep.XmlSafety, ProblemFamily.Range,
        "Elements are nested more than {limit} deep.",
        "Các phần tử lồng nhau quá {limit} cấp.",
        "An edXML package needs fewer than ten levels; correct the program that wrote the file.",
        "Gói edXML chỉ cần chưa đến mười cấp; hãy sửa chương trình tạo tệp.");

    public static readonly ProblemKind TooManyElements = new("DX-1008", "The file has too many elements", ProblemStep.XmlSafety, ProblemFamily.Range,
        "The file has more than {limit} elements.",
        "Tệp có hơn {limit} phần tử.",
        "Correct the program that wrote the file, or ask the operator for a higher limit.",
        "Sửa chương trình tạo tệp, hoặc đề nghị quản trị viên nâng giới hạn.");

    public static readonly ProblemKind TooManyAttributes = new("DX-1009", "An element has too many attributes", ProblemStep.XmlSafety, ProblemFamily.Range,
        "An element has more than {limit} attributes.",
        "Một phần tử có hơn {limit} thuộc tính.",
        "edXML uses at most a handful of attributes; correct the program that wrote the file.",
        "edXML chỉ dùng vài thuộc tính; hãy sửa chương trình tạo tệp.");

    public static readonly ProblemKind MarkupTooLarge = new("DX-1010", "A tag is too long", ProblemStep.XmlSafety, ProblemFamily.Range,
        "A tag with its attributes is longer than {limit} bytes.",
        "Một thẻ cùng các thuộc tính dài hơn {limit} byte.",
        "Put data into element content, not into attributes.",
        "Đặt dữ liệu vào nội dung phần tử, không đặt vào thuộc tính.");

    public static readonly ProblemKind NameTooLong = new("DX-1011", "An element name is too long", ProblemStep.XmlSafety, ProblemFamily.Range,
        "An element name is longer than {limit} characters.",
        "Tên một phần tử dài hơn {limit} ký tự.",
        "Use the element names of edXML 2.0.",
        "Dùng tên phần tử của edXML 2.0.");

    public static readonly ProblemKind ElementTextTooLarge = new("DX-1012", "A header text is too long", ProblemStep.XmlSafety, ProblemFamily.Range,
        "The text of {path} is longer than {limit} characters.",
        "Nội dung của {path} dài hơn {limit} ký tự.",
        "Shorten the text; files belong into AttachmentEncoded.",
        "Rút ngắn nội dung; tệp phải đặt trong AttachmentEncoded.");

    public static readonly ProblemKind TooManyAttachments = new("DX-1013", "The package has too many attachments", ProblemStep.XmlSafety, ProblemFamily.Range,
        "The package has more than {limit} attachments.",
        "Gói tin có hơn {limit} tệp đính kèm.",
        "Send the files in several documents, or pack the appendixes into one file.",
        "Gửi các tệp trong nhiều văn bản, hoặc gộp phụ lục vào một tệp.");

    public static readonly ProblemKind WrongRoot = new("DX-2101", "The root element is not edXML", ProblemStep.Structure, ProblemFamily.Missing,
        "The root element is '{value}'; an edXML 2.0 package has the root edXML in the namespace {limit}.",
        "Phần tử gốc là '{value}'; gói edXML 2.0 có phần tử gốc edXML thuộc không gian tên {limit}.",
        "Send an edXML 2.0 package; SOAP messages belong to the SOAP address of the hub.",
        "Gửi gói edXML 2.0; thông điệp SOAP phải gửi đến địa chỉ SOAP của trục.");

    public static readonly ProblemKind WrongNamespace = new("DX-2102", "The root element is in another namespace", ProblemStep.Structure, ProblemFamily.Missing,
        "The package is in the namespace '{value}'; edXML 2.0 is expected: {limit}.",
        "Gói tin thuộc không gian tên '{value}'; không gian tên edXML 2.0 phải là {limit}.",
        "Write the package as edXML 2.0 (QCVN 102:2016/BTTTT).",
        "Tạo gói tin theo edXML 2.0 (QCVN 102:2016/BTTTT).");

    public static readonly ProblemKind MissingPart = new("DX-2103", "A part of the package is missing", ProblemStep.Structure, ProblemFamily.Missing,
        "The package has no {value}.",
        "Gói tin thiếu {value}.",
        "Write edXML/edXMLEnvelope/edXMLHeader/MessageHeader, and edXMLBody/edXMLManifest for documents.",
        "Ghi đủ edXML/edXMLEnvelope/edXMLHeader/MessageHeader, và edXMLBody/edXMLManifest đối với văn bản.");

    public static readonly ProblemKind RepeatedElement = new("DX-2104", "An element occurs twice", ProblemStep.Structure, ProblemFamily.Mismatch,
        "The element {path} may occur once only, but is there again.",
        "Phần tử {path} chỉ được xuất hiện một lần nhưng bị lặp lại.",
        "Remove the second element; a package with two readings is never accepted.",
        "Xóa phần tử bị lặp; gói tin có thể hiểu theo hai cách không bao giờ được tiếp nhận.");

    public static readonly ProblemKind ForeignLayout = new("DX-2105", "The attachments are not in AttachmentEncoded", ProblemStep.Structure, ProblemFamily.Missing,
        "The package carries its files in '{value}', which edXML 2.0 does not know.",
        "Gói tin đặt tệp trong '{value}', là phần tử không có trong edXML 2.0.",
        "Write the files as AttachmentEncoded/Attachment next to edXMLEnvelope.",
        "Ghi các tệp vào AttachmentEncoded/Attachment, ngang cấp với edXMLEnvelope.");

    public static readonly ProblemKind ElementInText = new("DX-2106", "An element stands where only text may", ProblemStep.Structure, ProblemFamily.Type,
        "{path} holds text only, but there is an element inside it.",
        "{path} chỉ chứa văn bản nhưng bên trong lại có phần tử.",
        "Write the value as plain text and escape < as &lt;.",
        "Ghi giá trị dưới dạng văn bản thuần và thay < bằng &lt;.");

    public static readonly ProblemKind AttachmentNotBase64 = new("DX-2301", "An attachment cannot be decoded", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The content of attachment '{value}' is not valid base64.",
        "Nội dung tệp đính kèm '{value}' không phải base64 hợp lệ.",
        "Encode the file with the standard base64 alphabet and padding.",
        "Mã hóa tệp bằng base64 chuẩn, có ký tự đệm.");

    public static readonly ProblemKind ReferenceWithoutAttachment = new("DX-2302", "A file of the manifest is missing", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The manifest names '{value}', but the package has no such attachment.",
        "Bảng kê có '{value}' nhưng gói tin không có tệp đính kèm đó.",
        "Send the document complete with all its files; give Reference and Attachment the same ContentId.",
        "Gửi văn bản đầy đủ các tệp kèm theo; dùng cùng ContentId cho Reference và Attachment.");

    public static readonly ProblemKind AttachmentWithoutReference = new("DX-2303", "A file is not in the manifest", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The attachment '{value}' is not named in the manifest.",
        "Tệp đính kèm '{value}' không có trong bảng kê.",
        "Add a Reference with the ContentId of the attachment to edXMLManifest.",
        "Thêm Reference có ContentId của tệp đính kèm vào edXMLManifest.");

    public static readonly ProblemKind AttachmentEmpty = new("DX-2304", "An attachment has no content", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The attachment '{value}' has no content.",
        "Tệp đính kèm '{value}' không có nội dung.",
        "Put the base64 of the file into ContentTransferEncoded, once.",
        "Ghi base64 của tệp vào ContentTransferEncoded, một lần.");

    public static readonly ProblemKind ZipDamaged = new("DX-2305", "A ZIP file is damaged", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The ZIP file in attachment '{value}' cannot be read.",
        "Không đọc được tệp ZIP trong tệp đính kèm '{value}'.",
        "Pack the file again and send it whole.",
        "Nén lại tệp và gửi trọn vẹn.");

    public static readonly ProblemKind ZipExpandsTooFar = new("DX-2306", "A ZIP file expands too far", ProblemStep.Attachments, ProblemFamily.Range,
        "The ZIP file in attachment '{value}' exceeds the limit {limit}.",
        "Tệp ZIP trong tệp đính kèm '{value}' vượt giới hạn {limit}.",
        "Send the file itself, or split it.",
        "Gửi chính tệp đó, hoặc tách nhỏ.");

    public static readonly ProblemKind ZipEncrypted = new("DX-2307", "A ZIP file is encrypted", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The ZIP file in attachment '{value}' is protected by a password.",
        "Tệp ZIP trong tệp đính kèm '{value}' được bảo vệ bằng mật khẩu.",
        "Send the file without a password; the hub must be able to check it.",
        "Gửi tệp không đặt mật khẩu để trục kiểm tra được.");

    public static readonly ProblemKind ZipUnsafeName = new("DX-2308", "A ZIP entry has an unsafe name", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The ZIP file in attachment '{value}' has an entry whose name leads outside its folder.",
        "Tệp ZIP trong tệp đính kèm '{value}' có mục với tên trỏ ra ngoài thư mục.",
        "Pack the files with plain relative names.",
        "Nén các tệp với tên tương đối thông thường.");

    public static readonly ProblemKind ZipSeveralEntries = new("DX-2309", "A wrapping ZIP has not exactly one entry", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The attachment '{value}' is wrapped in a ZIP that does not hold exactly one file.",
        "Tệp đính kèm '{value}' được bọc trong ZIP không chứa đúng một tệp.",
        "Wrap each file alone, or name the attachment .zip.",
        "Bọc riêng từng tệp, hoặc đặt tên tệp đính kèm có đuôi .zip.");

    public static readonly ProblemKind ZipNested = new("DX-2310", "A ZIP file holds another ZIP file", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The ZIP file in attachment '{value}' holds another ZIP file.",
        "Tệp ZIP trong tệp đính kèm '{value}' chứa tệp ZIP khác.",
        "Send the inner files as attachments of their own.",
        "Gửi các tệp bên trong thành các tệp đính kèm riêng.");

    public static readonly ProblemKind DangerousContent = new("DX-2311", "A program is disguised as a document", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The attachment '{value}' contains a program or macros ({limit}), which its name does not say.",
        "Tệp đính kèm '{value}' chứa chương trình hoặc macro ({limit}) không đúng với tên tệp.",
        "Check the sending computer for malicious software and send the genuine document.",
        "Kiểm tra mã độc trên máy gửi và gửi đúng văn bản gốc.");

    public static readonly ProblemKind ForbiddenType = new("DX-2312", "Files of this type are not exchanged", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The attachment '{value}' is a program, script or macro file ({limit}); such files are not exchanged.",
        "Tệp đính kèm '{value}' là chương trình, mã lệnh hoặc tệp macro ({limit}); trục không chuyển loại tệp này.",
        "Send documents as PDF, DOCX, XLSX or ODT.",
        "Gửi văn bản ở dạng PDF, DOCX, XLSX hoặc ODT.");

    public static readonly ProblemKind MalwareTest = new("DX-2313", "An attachment is malware", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The attachment '{value}' is the anti-malware test file.",
        "Tệp đính kèm '{value}' là tệp thử phần mềm chống mã độc.",
        "Check the sending computer for malicious software.",
        "Kiểm tra mã độc trên máy gửi.");

    public static readonly ProblemKind MalwareFound = new("DX-2314", "A scanner found malware", ProblemStep.Attachments, ProblemFamily.Mismatch,
        "The attachment '{value}' is malware ({limit}).",
        "Tệp đính kèm '{value}' chứa mã độc ({limit}).",
        "Check the sending computer for malicious software and send the genuine document.",
        "Kiểm tra mã độc trên máy gửi và gửi đúng văn bản gốc.");

    public static readonly ProblemKind BeyondScanner = new("DX-2315", "An attachment cannot be scanned for malware", ProblemStep.Attachments, ProblemFamily.Range,
        "An attachment is larger than what the malware scanner takes ({limit}).",
        "Tệp đính kèm vượt giới hạn của phần mềm quét mã độc ({limit}).",
        "Split the file, or ask the operator to let the scanner take larger ones.",
        "Tách nhỏ tệp, hoặc đề nghị quản trị viên nâng giới hạn của phần mềm quét.");
}
