using System.IO.Compression;
using System.Text;
using DocExchange.Core;
using DocExchange.Core.Delivery;
using DocExchange.Core.Packages;
using DocExchange.IntegrationTests.EdocRest;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.EdocSoap;

/// <summary>Systems of edXML 1.0 exchange documents and statuses with each other and with those of the axis SDK's protocol.</summary>
public sealed class EdocSoapExchangeTests(EdocRestFixture fixture) : IClassFixture<EdocRestFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_message_reaches_a_system_of_the_axis_protocol_as_a_package_with_every_value_and_file()
    {
        var message = new Message { Files = [("a@x", "cong-van.pdf", Message.Pdf), ("b@x", "phu-luc.txt", Encoding.UTF8.GetBytes("Phụ lục"))] };
        var sent = (await Hub.SoapSendAsync(message)).Ok();
        Assert.Empty(sent.Errors);

        var bytes = await FetchAsync(message.Id);
        var package = PackageReader.Read(bytes, PackageLimits.Default);
        Assert.Empty(package.Findings);
        var envelope = package.Envelope!;
        Assert.Equal(("2024/01/05", "2024/01/20", "2024/01/05 08:00:00"), (envelope.PromulgationDate, envelope.DueDate, envelope.Trace!.Hops[0].Timestamp));
        Assert.Equal((message.Subject, message.Code, "Trần Thị Mẫu", "KT. CHỦ TỊCH"), (envelope.Subject, envelope.Code, envelope.SignerInfo!.FullName, envelope.SignerInfo.Competence));
        Assert.Equal(["Như trên", "Lưu VT"], envelope.ToPlaces);
        Assert.Equal(("1", "nội bộ", "TTM", "3", "1"), (envelope.OtherInfo!.Priority, envelope.OtherInfo.SphereOfPromulgation, envelope.OtherInfo.TyperNotation, envelope.OtherInfo.PromulgationAmount, envelope.OtherInfo.PageAmount));
        Assert.Equal(["Phụ lục 1"], envelope.OtherInfo.Appendixes);
        Assert.Equal(("0", "Văn bản mới"), (envelope.Trace.Business!.DocType, envelope.Trace.Business.Reason));
        Assert.Equal(["cong-van.pdf", "phu-luc.txt"], envelope.Attachments.Select(a => a.Name));
        Assert.Equal(["Bản chính", "Bản chính"], envelope.Attachments.Select(a => a.Description));
        Assert.Equal(message.Files.Select(f => f.Content), envelope.Attachments.Select(a => Decoded(bytes, a)));
        Assert.DoesNotContain(TestHub.Secret, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Message.Soap11)]
    [InlineData(Message.Soap12)]
    public async Task A_package_of_the_axis_protocol_is_fetched_as_a_message_whose_parts_hold_base64_text(string version)
    {
        var letter = new Letter { Priority = "2" };
        var number = Ids.NumberOf((await Hub.SendAsync(letter)).Ok().DocId);

        Assert.Contains(number, (await Hub.SoapPendingAsync(TestHub.Department)).DocumentIds);
        var reply = await Hub.SoapCallAsync("GetDocument", "GetDocumentRequest", TestHub.Department, $"<DocumentId>{number}</DocumentId>", version);

        var names = EdocSoapReply.Names;
        Assert.Equal(version, reply.Envelope.Name.NamespaceName);
        var header = reply.Header!.Element(names + "MessageHeader")!;
        Assert.Equal((letter.Subject, letter.DocumentId), (header.Element(names + "Subject")!.Value, header.Element(names + "DocumentId")!.Value));
        Assert.Equal("0", reply.Header.Element(names + "TraceHeaderList")!.Element(names + "Business")!.Element(names + "BusinessDocType")!.Value);
        Assert.Equal("05/01/2024 08:00:00", reply.Header.Descendants(names + "Timestamp").First().Value);
        var reference = reply.Body.Element(names + "Manifest")!.Element(names + "Reference")!;
        Assert.Equal(letter.FileName, reference.Element(names + "AttachmentName")!.Value);
        var part = reply.Parts[reference.Attribute(System.Xml.Linq.XName.Get("href", "http://www.w3.org/1999/xlink"))!.Value["cid:".Length..]];
        Assert.Equal(letter.File, Convert.FromBase64String(Encoding.ASCII.GetString(part)));
    }

    [Fact]
    public async Task Confirming_records_the_arrival_and_the_sender_reads_it_once_and_again_by_time()
    {
        var message = new Message();
        var number = (await Hub.SoapSendAsync(message)).Ok().DocumentId;
        (await Hub.SoapConfirmAsync(TestHub.Department, number)).Ok();
        (await Hub.SoapConfirmAsync(TestHub.Department, number)).Ok();
        Assert.DoesNotContain(number, (await Hub.SoapPendingAsync(TestHub.Department)).DocumentIds);

        var names = EdocSoapReply.Names;
        var traces = await Hub.SoapCallAsync("GetTraces", "GetTraces", TestHub.Province);
        var status = traces.Result.Descendants(names + "Status").Single(s => s.Element(names + "ResponseFor")!.Element(names + "DocumentId")!.Value == message.Id);
        Assert.Equal("01", status.Element(names + "StatusCode")!.Value);
        Assert.Matches(@"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d$", status.Element(names + "Timestamp")!.Value);

        Assert.DoesNotContain(message.Id, (await Hub.SoapCallAsync("GetTraces", "GetTraces", TestHub.Province)).Envelope.ToString(), StringComparison.Ordinal);
        var since = await Hub.SoapCallAsync("GetTraces", "GetTraces", TestHub.Province, "<TimeStamp>2024/01/01 00:00:00</TimeStamp>");
        Assert.Contains(message.Id, since.Envelope.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("by DocumentId")]
    [InlineData("by number")]
    [InlineData("by code")]
    public async Task A_status_reported_here_reaches_a_sender_of_the_axis_protocol(string how)
    {
        var letter = new Letter();
        var sent = (await Hub.SendAsync(letter)).Ok();
        var reference = how switch
        {
            "by number" => $"<DocumentId>{Ids.NumberOf(sent.DocId)}</DocumentId>",
            "by code" => "",
            _ => $"<DocumentId>{letter.DocumentId}</DocumentId>",
        };

        (await UpdateTracesAsync(letter, "H30.12", "3", reference)).Ok();

        var track = await Hub.TrackAsync(sent.DocId);
        Assert.Equal((3, "Đã vào sổ"), (track.Statuses[0].Code, track.Statuses[0].Description));
        Assert.Equal(new DateTimeOffset(2024, 1, 6, 9, 0, 0, TimeSpan.FromHours(7)), track.Statuses[0].At);
    }

    [Fact]
    public async Task A_status_of_the_axis_protocol_reaches_a_sender_here()
    {
        var message = new Message();
        (await Hub.SoapSendAsync(message)).Ok();
        var about = new Letter { Id = message.Id };
        (await Hub.SendAsync(new StatusPaper(about, "H30.12", "03"), TestHub.Department)).Ok();

        var traces = await Hub.SoapCallAsync("GetTraces", "GetTraces", TestHub.Province);

        var status = traces.Result.Descendants(EdocSoapReply.Names + "Status").Single(s => s.Value.Contains(message.Id, StringComparison.Ordinal));
        Assert.Equal(("03", "Lý do (mẫu)", "2024/01/06 09:00:00"),
            (status.Element(EdocSoapReply.Names + "StatusCode")!.Value, status.Element(EdocSoapReply.Names + "Description")!.Value, status.Element(EdocSoapReply.Names + "Timestamp")!.Value));
    }

    [Theory]
    [InlineData("Bussiness", "2024/01/05", "2024/01/05 08:00:00")]
    [InlineData("Business", "2024-01-05", "2024-01-05 08:00:00")]
    public async Task Both_spellings_and_every_date_form_are_read_and_written_as_the_standard_has_them(string business, string date, string time)
    {
        var message = new Message { BusinessName = business, Date = date, Time = time };
        (await Hub.SoapSendAsync(message)).Ok();

        var envelope = PackageReader.Read(await FetchAsync(message.Id), PackageLimits.Default).Envelope!;

        Assert.Equal(("2024/01/05", "2024/01/05 08:00:00", "0"), (envelope.PromulgationDate, envelope.Trace!.Hops[0].Timestamp, envelope.Trace.Business!.DocType));
    }

    [Theory]
    [InlineData("512")]
    [InlineData("2803")]
    [InlineData("2803 with manifest")]
    [InlineData("MTOM")]
    public async Task Files_within_the_body_or_included_from_parts_arrive_too(string variant)
    {
        var content = Convert.ToBase64String(Message.Pdf, Base64FormattingOptions.InsertLineBreaks);
        var attach = $"<Attach><ContentID>f1</ContentID><ContentTransferEncoding>base64</ContentTransferEncoding><ContentType>application/pdf</ContentType><Value>{content}</Value></Attach>";
        var message = new Message { Files = variant == "MTOM" ? [("f1", "a", Message.Pdf)] : [] };
        message = message with
        {
            Body = variant switch
            {
                "512" => $"<AllDocument><Document><Attach><Attachment Content-Type=\"application/pdf\" Content-Transfer-Encoding=\"base64\"><name>cong-van.pdf</name><value>{content}</value></Attachment></Attach></Document></AllDocument>",
                "2803" => $"<edXMLDocument><AttachList>{attach.Replace("f1", "cong-van.pdf", StringComparison.Ordinal)}</AttachList></edXMLDocument>",
                "2803 with manifest" => $"<edXMLDocument><e:Manifest><e:Reference href=\"cid:f1\"><e:AttachmentName>cong-van.pdf</e:AttachmentName></e:Reference></e:Manifest>{attach}</edXMLDocument>",
                _ => "<AllDocument><Document><Attach><Attachment><name>cong-van.pdf</name><value><xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:f1\"/></value></Attachment></Attach></Document></AllDocument>",
            },
        };
        var reply = variant == "MTOM"
            ? await Hub.SoapAsync("SendDocument", message.Parts("application/xop+xml").Bytes, message.Parts("application/xop+xml").Type)
            : await Hub.SoapAsync("SendDocument", message.Envelope);
        reply.Ok();

        var bytes = await FetchAsync(message.Id);
        var attachment = Assert.Single(PackageReader.Read(bytes, PackageLimits.Default).Envelope!.Attachments);
        Assert.Equal("cong-van.pdf", attachment.Name);
        Assert.Equal(Message.Pdf, Decoded(bytes, attachment));
    }

    [Fact]
    public async Task A_part_in_base64_is_decoded()
    {
        var message = new Message();
        var (body, type) = message.Parts(encoding: "base64");
        (await Hub.SoapAsync("SendDocument", body, type)).Ok();

        var bytes = await FetchAsync(message.Id);
        Assert.Equal(Message.Pdf, Decoded(bytes, PackageReader.Read(bytes, PackageLimits.Default).Envelope!.Attachments[0]));
    }

    [Fact]
    public async Task What_cannot_cross_is_named_in_the_report_and_with_the_document()
    {
        var message = new Message { DocumentId = null, Header = "<e:SoTrang>7</e:SoTrang>" };
        var sent = (await Hub.SoapSendAsync(message)).Ok();
        Assert.Equal([("unknown-element", "MessageHeader: SoTrang"), ("document-id-made", $"MessageHeader.DocumentId: {message.Id}")], sent.Errors);
        var hubId = (await Hub.Store.FindDocumentsAsync(Hub.ScopeOf(TestHub.Province), message.Id, default))[0];
        Assert.Contains((await Hub.TrackAsync(hubId)).Warnings, w => w.Code == "document-id-made");

        var letter = new Letter { Header = "<edXML:ApplicationType>MCDT_DT</edXML:ApplicationType>" };
        var number = Ids.NumberOf((await Hub.SendAsync(letter)).Ok().DocId);
        var fetched = await Hub.SoapGetAsync(TestHub.Department, number);
        Assert.Equal([("not-in-edxml-1.0", "MessageHeader.ApplicationType: MCDT_DT")], fetched.Errors);
    }

    [Fact]
    public async Task What_cannot_cross_of_a_signed_package_and_of_a_status_is_named_as_well()
    {
        var signed = new Letter().With("</edXML:edXMLHeader>", "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignatureValue>AAAA</SignatureValue></Signature></edXML:edXMLHeader>");
        var number = Ids.NumberOf((await Hub.SendAsync(signed)).Ok().DocId);
        Assert.Equal([("not-in-edxml-1.0", "Signature")], (await Hub.SoapGetAsync(TestHub.Department, number)).Errors);

        var message = new Message();
        (await Hub.SoapSendAsync(message)).Ok();
        var status = new StatusPaper(new Letter { Id = message.Id }, "H30.12", "03").Text
            .Replace("<edXML:StatusCode>", "<edXML:SoTrang>7</edXML:SoTrang><edXML:StatusCode>", StringComparison.Ordinal);
        (await Hub.SendAsync(Encoding.UTF8.GetBytes(status), TestHub.Department, "status")).Ok();
        var traces = await Hub.SoapCallAsync("GetTraces", "GetTraces", TestHub.Province);
        Assert.Contains(message.Id, traces.Envelope.ToString(), StringComparison.Ordinal);
        Assert.Equal([("not-in-edxml-1.0", "MessageHeader: SoTrang")], traces.Errors);
    }

    [Fact]
    public async Task A_file_in_a_zip_whose_sizes_stand_behind_its_content_is_given_as_what_it_is()
    {
        var table = Zip(new MemoryStream(), ("[Content_Types].xml", "<Types/>"u8.ToArray()), ("xl/workbook.xml", "<workbook/>"u8.ToArray()));
        // Written without going back, and with a name that is not ASCII: flags 0x0808.
        var wrapped = Zip(new Forward(), ("bảng.xlsx", table));
        Assert.Equal([0x08, 0x08], wrapped[6..8]);
        var number = Ids.NumberOf((await Hub.SendAsync(new Letter { FileName = "bang.xlsx", File = wrapped })).Ok().DocId);

        var fetched = await Hub.SoapGetAsync(TestHub.Department, number);

        Assert.Equal(table, Convert.FromBase64String(Encoding.ASCII.GetString(Assert.Single(fetched.Parts).Value)));
    }

    [Fact]
    public async Task The_same_message_again_gets_the_same_number_also_with_another_token_and_boundary_and_another_one_is_refused()
    {
        var message = new Message();
        var first = (await Hub.SoapSendAsync(message)).Ok().DocumentId;
        var (bytes, _) = message.Parts();
        var rebound = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("Boundary", "Anders", StringComparison.Ordinal));

        Assert.Equal(first, (await Hub.SoapAsync("SendDocument", rebound, System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/related; type=\"text/xml\"; boundary=\"Anders\""))).Ok().DocumentId);
        (await Hub.SoapSendAsync(message with { Subject = "Khác" })).Refuses("M.Exist");
    }

    [Fact]
    public async Task A_fetch_gives_the_same_bytes_each_time()
    {
        var number = (await Hub.SoapSendAsync(new Message())).Ok().DocumentId;

        var first = await Hub.SoapGetAsync(TestHub.Department, number);
        var second = await Hub.SoapGetAsync(TestHub.Department, number);

        Assert.Equal(first.Envelope.ToString(), second.Envelope.ToString());
        Assert.Equal(first.Parts, second.Parts);
        Assert.DoesNotContain(TestHub.Secret, first.Envelope.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Organisations_are_listed_and_a_permission_is_checked()
    {
        var organisations = await Hub.SoapCallAsync("GetOrganizations", "GetOrganizations", TestHub.Department);
        Assert.Contains(organisations.Result.Descendants(EdocSoapReply.Names + "OrganId"), e => e.Value == "H30.13");

        var check = $"<s:Envelope xmlns:s='{Message.Soap11}'><s:Header><CheckPermission xmlns='{Message.Namespace}'><OrganId>{TestHub.Department}</OrganId><Token>{TestHub.Secret}</Token></CheckPermission></s:Header><s:Body/></s:Envelope>";
        (await Hub.SoapAsync("CheckPermission", check)).Ok();
        (await Hub.SoapAsync(null, check)).Ok();
        (await Hub.SoapAsync("http://www.e-doc.vn/Schema/CheckPermission", check.Replace(TestHub.Secret, "wrong", StringComparison.Ordinal))).Refuses("Permission");
    }

    private async Task<byte[]> FetchAsync(string documentId)
    {
        var hubId = (await Hub.Store.FindDocumentsAsync(Hub.ScopeOf(TestHub.Department), documentId, default))[0];
        var item = (await Hub.Store.FindItemsAsync(Hub.ScopeOf(TestHub.Department), Ids.NumberOf(hubId), default))[0];
        var reply = await Hub.CallAsync("getEdoc", TestHub.Department, [], ("docId", item.ItemId));
        Assert.Equal(DeliveryState.Available, item.State);
        return Convert.FromBase64String(reply.Ok().Json.GetProperty("data").GetString()!);
    }

    private static byte[] Decoded(byte[] package, DocExchange.Core.Envelopes.Attachment attachment)
    {
        using var decoded = AttachmentContent.OpenDecoded(new MemoryStream(package), attachment);
        using var bytes = new MemoryStream();
        decoded.CopyTo(bytes);
        return bytes.ToArray();
    }

    private Task<EdocSoapReply> UpdateTracesAsync(Letter letter, string from, string code, string reference) => Hub.SoapAsync("UpdateTraces", $"""
        <s:Envelope xmlns:s="{Message.Soap11}"><s:Header><Signature xmlns="{Message.Namespace}"><KeyInfo><OrganId>{TestHub.Department}</OrganId><Token>{TestHub.Secret}</Token></KeyInfo></Signature></s:Header>
        <s:Body><Status xmlns="{Message.Namespace}"><From><OrganId>{from}</OrganId><OrganName>Sở Tư pháp (mẫu)</OrganName></From>
        <ResponseFor><OrganId>{letter.From}</OrganId><Code>{letter.Code}</Code><PromulgationDate>{letter.Date}</PromulgationDate>{reference}</ResponseFor>
        <StaffInfo><Department>Văn thư</Department><Staff>Nguyễn Văn Mẫu</Staff></StaffInfo><StatusCode>{code}</StatusCode><Description>Đã vào sổ</Description><Timestamp>06/01/2024 09:00:00</Timestamp></Status></s:Body></s:Envelope>
        """);

    private static byte[] Zip(MemoryStream target, params (string Name, byte[] Content)[] files)
    {
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return target.ToArray();
    }

    private sealed class Forward : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
