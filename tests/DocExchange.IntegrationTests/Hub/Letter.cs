using System.Globalization;
using System.Text;
using DocExchange.Core.Packages;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>A complete letter that an agency may send; a test changes the one thing it is about, by <c>with</c> or literally in the text.</summary>
internal sealed record Letter
{
    private static int _made;

    public Letter() => Number = Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture);

    public string From { get; init; } = "H30";

    public string[] To { get; init; } = ["H30.12"];

    public string Number { get; init; }

    public string Notation { get; init; } = "UBND-VX";

    public string Date { get; init; } = "2024/01/05";

    public string Subject { get; init; } = "V/v họp giao ban";

    public string Priority { get; init; } = "0";

    public string Type { get; init; } = "0";

    /// <summary>Further elements of Bussiness, as text.</summary>
    public string Business { get; init; } = "";

    /// <summary>Further elements of MessageHeader, as text.</summary>
    public string Header { get; init; } = "";

    public string? Id { get; init; }

    public string FileName { get; init; } = "cong-van.pdf";

    public byte[] File { get; init; } = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    /// <summary>A second file, described like the first; none when null.</summary>
    public (string Name, byte[] File)? Beside { get; init; }

    public string DocumentId => Id ?? $"{From},{Date},{Number}/{Notation}";

    public string Code => $"{Number}/{Notation}";

    public byte[] Bytes => Encoding.UTF8.GetBytes(Text);

    public string Text => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <edXML xmlns="{EdxmlNames.Namespace}">
        <edXML:edXMLEnvelope xmlns:edXML="{EdxmlNames.Namespace}"><edXML:edXMLHeader>
        <edXML:MessageHeader>
        <edXML:From><edXML:OrganId>{From}</edXML:OrganId><edXML:OrganName>Cơ quan gửi (mẫu)</edXML:OrganName></edXML:From>
        {string.Concat(To.Select(code => $"<edXML:To><edXML:OrganId>{code}</edXML:OrganId><edXML:OrganName>Cơ quan nhận (mẫu)</edXML:OrganName></edXML:To>"))}
        <edXML:DocumentId>{DocumentId}</edXML:DocumentId>
        <edXML:Code><edXML:CodeNumber>{Number}</edXML:CodeNumber><edXML:CodeNotation>{Notation}</edXML:CodeNotation></edXML:Code>
        <edXML:PromulgationInfo><edXML:Place>Tỉnh Mẫu</edXML:Place><edXML:PromulgationDate>{Date}</edXML:PromulgationDate></edXML:PromulgationInfo>
        <edXML:DocumentType><edXML:Type>18</edXML:Type><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>
        <edXML:Subject>{Subject}</edXML:Subject>
        <edXML:Content>Nội dung họp giao ban</edXML:Content>
        <edXML:SignerInfo><edXML:FullName>Trần Thị Mẫu</edXML:FullName></edXML:SignerInfo>
        <edXML:OtherInfo><edXML:Priority>{Priority}</edXML:Priority><edXML:PageAmount>1</edXML:PageAmount></edXML:OtherInfo>
        {Header}
        </edXML:MessageHeader>
        <edXML:TraceHeaderList>
        <edXML:TraceHeader><edXML:OrganId>{From}</edXML:OrganId><edXML:Timestamp>2024/01/05 08:00:00</edXML:Timestamp></edXML:TraceHeader>
        <edXML:Bussiness><edXML:BussinessDocType>{Type}</edXML:BussinessDocType><edXML:Paper>0</edXML:Paper>{Business}</edXML:Bussiness>
        </edXML:TraceHeaderList>
        </edXML:edXMLHeader>
        <edXML:edXMLBody><edXML:edXMLManifest version="1.0"><edXML:Reference><edXML:ContentId>cid:a1</edXML:ContentId><edXML:ContentType>application/pdf</edXML:ContentType><edXML:AttachmentName>{FileName}</edXML:AttachmentName></edXML:Reference>{(Beside is { } named ? $"<edXML:Reference><edXML:ContentId>cid:a2</edXML:ContentId><edXML:ContentType>application/pdf</edXML:ContentType><edXML:AttachmentName>{named.Name}</edXML:AttachmentName></edXML:Reference>" : "")}</edXML:edXMLManifest></edXML:edXMLBody>
        </edXML:edXMLEnvelope>
        <AttachmentEncoded><Attachment><ContentId>cid:a1</ContentId><AttachmentName>{FileName}</AttachmentName><ContentType>application/octet-stream</ContentType><ContentTransferEncoded>{Convert.ToBase64String(File)}</ContentTransferEncoded></Attachment>{(Beside is { } added ? $"<Attachment><ContentId>cid:a2</ContentId><AttachmentName>{added.Name}</AttachmentName><ContentType>application/octet-stream</ContentType><ContentTransferEncoded>{Convert.ToBase64String(added.File)}</ContentTransferEncoded></Attachment>" : "")}</AttachmentEncoded>
        </edXML>
        """;

    /// <summary>The letter with one place of its text changed; the place must exist.</summary>
    public byte[] With(string there, string instead)
    {
        var text = Text;
        Assert.Contains(there, text, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text.Replace(there, instead, StringComparison.Ordinal));
    }

    public Letter Revoking(Letter letter) => this with
    {
        Type = "1",
        Header = $"<edXML:ResponseFor><edXML:OrganId>{letter.From}</edXML:OrganId><edXML:Code>{letter.Code}</edXML:Code><edXML:PromulgationDate>{letter.Date}</edXML:PromulgationDate><edXML:DocumentId>{letter.DocumentId}</edXML:DocumentId></edXML:ResponseFor>",
    };

    public Letter Updating(Letter letter) => this with { Type = "2", Business = $"<edXML:DocumentId>{letter.DocumentId}</edXML:DocumentId>" };

    public Letter Replacing(Letter letter, string recipient) => this with
    {
        Type = "3",
        Business = $"<edXML:ReplacementInfoList><edXML:ReplacementInfo><edXML:DocumentId>{letter.DocumentId}</edXML:DocumentId><edXML:OrganIdList><edXML:OrganId>{recipient}</edXML:OrganId></edXML:OrganIdList></edXML:ReplacementInfo></edXML:ReplacementInfoList>",
    };
}

/// <summary>A status package about a letter.</summary>
internal sealed record StatusPaper(Letter About, string From, string Code)
{
    /// <summary>The other side as ResponseFor names it: the letter's sender, for 13 its recipient.</summary>
    public string Addressee { get; init; } = About.From;

    public string Description { get; init; } = "Lý do (mẫu)";

    public string Timestamp { get; init; } = "2024/01/06 09:00:00";

    public byte[] Bytes => Encoding.UTF8.GetBytes(Text);

    public string Text => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <edXML xmlns="{EdxmlNames.Namespace}"><edXML:edXMLEnvelope xmlns:edXML="{EdxmlNames.Namespace}"><edXML:edXMLHeader><edXML:MessageHeader>
        <edXML:From><edXML:OrganId>{From}</edXML:OrganId><edXML:OrganName>Cơ quan báo (mẫu)</edXML:OrganName></edXML:From>
        <edXML:ResponseFor><edXML:OrganId>{Addressee}</edXML:OrganId><edXML:Code>{About.Code}</edXML:Code><edXML:PromulgationDate>{About.Date}</edXML:PromulgationDate><edXML:DocumentId>{About.DocumentId}</edXML:DocumentId></edXML:ResponseFor>
        <edXML:StatusCode>{Code}</edXML:StatusCode><edXML:Description>{Description}</edXML:Description><edXML:Timestamp>{Timestamp}</edXML:Timestamp>
        </edXML:MessageHeader></edXML:edXMLHeader></edXML:edXMLEnvelope></edXML>
        """;
}
