using System.Net.Http.Headers;
using System.Text;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.EdocSoap;

/// <summary>A complete edXML 1.0 message as an agency's system writes it; a test changes the one thing it is about.</summary>
internal sealed record Message
{
    public const string Namespace = "http://www.e-doc.vn/Schema/";
    public const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";

    private readonly Letter _letter = new();

    public string Version { get; init; } = Soap11;

    public string From { get; init; } = "000.00.00.H30";

    public string[] To { get; init; } = ["H30.12"];

    public string OrganId { get; init; } = TestHub.Province;

    public string Token { get; init; } = TestHub.Secret;

    public string Number => _letter.Number;

    public string Code => _letter.Code;

    public string Subject { get; init; } = "Về việc thử nghiệm edXML 1.0";

    public string? DocumentId { get; init; } = "";

    /// <summary>What the hub shall know it by.</summary>
    public string Id => DocumentId is { Length: > 0 } id ? id : $"{From},2024/01/05,{Code}";

    public string Date { get; init; } = "05/01/2024";

    public string Time { get; init; } = "05/01/2024 08:00:00";

    /// <summary>Further elements of MessageHeader.</summary>
    public string Header { get; init; } = "";

    /// <summary>The double s of version 2.0 occurs too.</summary>
    public string BusinessName { get; init; } = "Business";

    public string Business { get; init; } = "";

    public string Credentials => $"<e:Signature><e:KeyInfo><e:OrganId>{OrganId}</e:OrganId><e:Token>{Token}</e:Token></e:KeyInfo></e:Signature>";

    public (string Id, string Name, byte[] Content)[] Files { get; init; } = [("file1@agency", "cong-van.pdf", Pdf)];

    /// <summary>Instead of the manifest.</summary>
    public string? Body { get; init; }

    public static byte[] Pdf => new Letter().File;

    public string Manifest => $"""
        <e:Manifest>{string.Concat(Files.Select(f => $"<e:Reference xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:type=\"simple\" xlink:href=\"cid:{f.Id}\"><e:AttachmentName>{f.Name}</e:AttachmentName><e:Description>Bản chính</e:Description></e:Reference>"))}</e:Manifest>
        """;

    public string Envelope => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <s:Envelope xmlns:s="{Version}" xmlns:e="{Namespace}"><s:Header>
        <e:MessageHeader>
        <e:From><e:OrganId>{From}</e:OrganId><e:OrganName>Cơ quan gửi (mẫu)</e:OrganName></e:From>
        {string.Concat(To.Select(code => $"<e:To><e:OrganId>{code}</e:OrganId><e:OrganName>Cơ quan nhận (mẫu)</e:OrganName></e:To>"))}
        <e:Code><e:CodeNumber>{Number}</e:CodeNumber><e:CodeNotation>{_letter.Notation}</e:CodeNotation></e:Code>
        <e:PromulgationInfo><e:Place>Tỉnh Mẫu</e:Place><e:PromulgationDate>{Date}</e:PromulgationDate></e:PromulgationInfo>
        <e:DocumentType><e:Type>2</e:Type><e:TypeName>Công văn</e:TypeName></e:DocumentType>
        <e:Subject>{Subject}</e:Subject><e:Content>Nội dung</e:Content>
        <e:SignerInfo><e:Competence>KT. CHỦ TỊCH</e:Competence><e:Position>Phó Chủ tịch</e:Position><e:FullName>Trần Thị Mẫu</e:FullName></e:SignerInfo>
        <e:DueDate>20/01/2024</e:DueDate>
        <e:ToPlaces><e:Place>Như trên</e:Place><e:Place>Lưu VT</e:Place></e:ToPlaces>
        <e:OtherInfo><e:Priority>1</e:Priority><e:SphereOfPromulgation>nội bộ</e:SphereOfPromulgation><e:TyperNotation>TTM</e:TyperNotation><e:PromulgationAmount>3</e:PromulgationAmount><e:PageAmount>1</e:PageAmount><e:Appendixes><e:Appendix>Phụ lục 1</e:Appendix></e:Appendixes></e:OtherInfo>
        <e:SteeringType>0</e:SteeringType>
        {(DocumentId is null ? "" : $"<e:DocumentId>{Id}</e:DocumentId>")}{Header}
        </e:MessageHeader>
        <e:TraceHeaderList>
        <e:TraceHeader><e:OrganId>{From}</e:OrganId><e:Timestamp>{Time}</e:Timestamp></e:TraceHeader>
        <e:{BusinessName}><e:{BusinessName}DocType>0</e:{BusinessName}DocType><e:{BusinessName}DocReason>Văn bản mới</e:{BusinessName}DocReason><e:Paper>0</e:Paper>{Business}</e:{BusinessName}>
        </e:TraceHeaderList>
        {Credentials}<e:ErrorList/>
        </s:Header><s:Body>{Body ?? Manifest}</s:Body></s:Envelope>
        """;

    /// <summary>Envelope and files as SOAP with attachments.</summary>
    public (byte[] Bytes, MediaTypeHeaderValue Type) Parts(string rootType = "text/xml", string? encoding = null)
    {
        const string Boundary = "Boundary";
        using var body = new MemoryStream();
        Write($"--{Boundary}\r\nContent-Type: {rootType}; charset=UTF-8\r\nContent-ID: <Start>\r\n\r\n{Envelope}");
        foreach (var (id, name, content) in Files)
        {
            Write($"\r\n--{Boundary}\r\nContent-Type: application/octet-stream; name=\"{name}\"\r\nContent-Transfer-Encoding: {encoding ?? "binary"}\r\nContent-ID: <{id}>\r\n\r\n");
            body.Write(encoding == "base64" ? Encoding.ASCII.GetBytes(Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)) : content);
        }
        Write($"\r\n--{Boundary}--\r\n");
        return (body.ToArray(), MediaTypeHeaderValue.Parse($"multipart/related; type=\"{rootType}\"; boundary=\"{Boundary}\"; start=\"<Start>\""));

        void Write(string text) => body.Write(Encoding.UTF8.GetBytes(text));
    }
}
