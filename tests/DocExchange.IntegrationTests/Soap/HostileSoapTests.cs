using System.Diagnostics;
using System.Text;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Soap;

/// <summary>Messages made to cost much, to get past a check or to look whole: each gets the right fault, quickly, and leaves nothing behind.</summary>
public sealed class HostileSoapTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Ns11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly byte[] Package = new Letter().Bytes;

    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("<!DOCTYPE e [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><e>&a;</e>", "DX-1005")]
    [InlineData("<!DOCTYPE e [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><e>&c;</e>", "DX-1005")]
    [InlineData("<e:Envelope xmlns:e='urn:other'><e:Body/></e:Envelope>", "DX-0040", "VersionMismatch")]
    [InlineData("not XML at all", "DX-1004")]
    [InlineData("", "DX-1001")]
    public async Task What_is_no_envelope_or_declares_entities_is_refused(string message, string code, string fault = "Client") =>
        await RefusesAsync(() => Hub.PostSoapAsync(message, TestHub.Province), code, fault);

    [Fact]
    public async Task Bombs_of_attributes_namespaces_depth_elements_and_names_are_cut_off()
    {
        await RefusesAsync(() => Send("<d:ListInbox " + Many(300_000, i => $"a{i}='' ") + "/>"), "DX-1009");
        await RefusesAsync(() => Send("<d:ListInbox " + Many(50_000, i => $"xmlns:a{i}='urn:{i}' ") + "/>"), "DX-1009");
        await RefusesAsync(() => Send("<d:ListInbox>" + Many(100_000, _ => "<a>")), "DX-1007");
        await RefusesAsync(() => Send("<d:ListInbox>" + Many(100_000, _ => "<a/>") + "</d:ListInbox>"), "DX-1008");
        await RefusesAsync(() => Send("<d:ListInbox a='" + new string('x', 900_000) + "'/>"), "DX-1010");
        await RefusesAsync(() => Send("<d:ListInbox><" + new string('x', 60_000) + "/></d:ListInbox>"), "DX-1011");
    }

    [Fact]
    public async Task A_header_or_an_operation_of_megabytes_is_cut_off_but_a_package_of_megabytes_is_not()
    {
        var text = new string('x', 5_000_000);

        await RefusesAsync(() => Hub.PostSoapAsync(SoapCalls.Envelope("<d:ListInbox/>", $"<h>{text}</h>"), TestHub.Province), "DX-0049");
        await RefusesAsync(() => Send($"<d:GetDocument><d:ItemId>{text}</d:ItemId></d:GetDocument>"), "DX-0049");
        await RefusesAsync(() => Hub.SoapAsync(TestHub.Province, "SendDocument", "<d:Package>" + new string(' ', 5_000_000) + "</d:Package>"), "DX-0049");
        var large = new Letter { File = [.. "%PDF-1.4\n"u8, .. new byte[5_000_000], .. "\n%%EOF\n"u8] }.Bytes;
        (await Hub.SoapAsync(TestHub.Province, "SendDocument", $"<d:Package>{Convert.ToBase64String(large, Base64FormattingOptions.InsertLineBreaks)}</d:Package>")).Ok();
    }

    [Fact]
    public async Task Parts_that_are_missing_doubled_swapped_or_left_over_are_refused()
    {
        await RefusesAsync(() => Parts(SoapCalls.Root()), "DX-0045");
        await RefusesAsync(() => Parts(SoapCalls.Root(), ("other", Package)), "DX-0045");
        await RefusesAsync(() => Parts(SoapCalls.Root(), ("other", Package), ("package", Package)), "DX-0045");
        await RefusesAsync(() => Parts(SoapCalls.Root(), ("package", Package), ("other", Package)), "DX-0045");
        await RefusesAsync(() => Parts(SoapCalls.Root(), ("package", Package), ("package", Package)), "DX-0044");
        await RefusesAsync(() => Parts(SoapCalls.Root(), ("root", Package)), "DX-0044");
        await RefusesAsync(() => Parts(SoapCalls.Root(href: "cid:root"), ("package", Package)), "DX-0045");
        await RefusesAsync(() => Parts(SoapCalls.Root(href: "http://127.0.0.1:1/package"), ("package", Package)), "DX-0050");
        await RefusesAsync(() => Parts(SoapCalls.Root(href: "file:///etc/passwd"), ("package", Package)), "DX-0050");
        await RefusesAsync(() => Parts(SoapCalls.Envelope("<d:ListInbox/>"), ("package", Package)), "DX-0045");
        await RefusesAsync(() => Hub.PostSoapAsync(SoapCalls.Root(), TestHub.Province), "DX-0045");
    }

    [Fact]
    public async Task A_message_cut_off_anywhere_is_refused_and_nothing_of_it_is_kept()
    {
        var whole = await SoapCalls.Related(SoapCalls.Root(), ("package", new Letter().Bytes)).ReadAsByteArrayAsync();

        foreach (var left in (int[])[10, 200, 700, whole.Length / 2, whole.Length - 12, whole.Length - 8])
        {
            await RefusesAsync(() => Hub.PostSoapAsync(SoapCalls.Multipart(whole[..left]), TestHub.Province), null);
        }
        var inline = SoapCalls.Envelope($"<d:SendDocument><d:Package>{Convert.ToBase64String(Package)}</d:Package></d:SendDocument>");
        foreach (var left in (int[])[inline.Length / 2, inline.Length - 5, inline.Length - 20, inline.Length - 40])
        {
            await RefusesAsync(() => Hub.PostSoapAsync(inline[..left], TestHub.Province), null);
        }
    }

    [Theory]
    [InlineData("type=\"application/xop+xml\"")]
    [InlineData("boundary=\"\"")]
    [InlineData("boundary=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("boundary=b1; start=\"<package>\"")]
    public async Task Without_a_boundary_that_may_be_there_or_with_another_root_no_message_is_read(string parameters)
    {
        var whole = await SoapCalls.Related(SoapCalls.Root(), ("package", Package)).ReadAsByteArrayAsync();

        await RefusesAsync(() => Hub.PostSoapAsync(SoapCalls.Multipart(whole, parameters), TestHub.Province), "DX-0044");
    }

    [Fact]
    public async Task An_action_that_differs_from_the_body_is_refused_wherever_it_stands()
    {
        const string wsa = "http://www.w3.org/2005/08/addressing";

        await RefusesAsync(() => Hub.PostSoapAsync(SoapCalls.Envelope("<d:ListInbox/>"), TestHub.Province, ("SOAPAction", $"\"{SoapCalls.Contract}/GetDirectory\"")), "DX-0042");
        await RefusesAsync(() => Hub.SoapAsync(TestHub.Province, "ListInbox", header: $"<a:Action xmlns:a='{wsa}'>{SoapCalls.Contract}/GetDirectory</a:Action>"), "DX-0042");
        (await Hub.PostSoapAsync(SoapCalls.Envelope("<d:ListInbox/>"), TestHub.Province, ("SOAPAction", "\"\""))).Ok();
        (await Hub.PostSoapAsync(SoapCalls.Envelope("<d:ListInbox/>"), TestHub.Province)).Ok();
    }

    [Theory]
    [InlineData("ReplyTo", "http://127.0.0.1:9/callback")]
    [InlineData("FaultTo", "http://127.0.0.1:9/callback")]
    [InlineData("ReplyTo", "http://www.w3.org/2005/08/addressing/none")]
    [InlineData("ReplyTo", "")]
    public async Task Nothing_goes_to_an_address_that_a_caller_names(string header, string address)
    {
        const string wsa = "http://www.w3.org/2005/08/addressing";

        await RefusesAsync(() => Hub.SoapAsync(TestHub.Province, "ListInbox", header: $"<a:{header} xmlns:a='{wsa}'><a:Address>{address}</a:Address></a:{header}>"), "DX-0046");
    }

    [Fact]
    public async Task A_mandatory_header_that_is_not_known_is_a_fault_and_one_for_somebody_else_is_not()
    {
        await RefusesAsync(() => Hub.SoapAsync(TestHub.Province, "ListInbox", header: "<t:Transaction xmlns:t='urn:t' e:mustUnderstand='1'/>"), "DX-0041", "MustUnderstand");
        (await Hub.SoapAsync(TestHub.Province, "ListInbox", header: "<t:Transaction xmlns:t='urn:t' e:mustUnderstand='1' e:actor='urn:somebody'/>")).Ok();
        (await Hub.SoapAsync(TestHub.Province, "ListInbox", header: "<t:Trace xmlns:t='urn:t'/>")).Ok();
    }

    [Theory]
    [InlineData("text/xml; charset=utf-16", "DX-1006")]
    [InlineData("text/xml; charset=windows-1258", "DX-1006")]
    [InlineData("application/json", "DX-0015")]
    [InlineData("multipart/form-data; boundary=b1", "DX-0015")]
    public async Task Another_charset_or_type_is_refused(string type, string code)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(SoapCalls.Envelope("<d:ListInbox/>")));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        await RefusesAsync(() => Hub.PostSoapAsync(content, TestHub.Province), code);
    }

    [Fact]
    public async Task Bytes_of_another_encoding_are_refused_whatever_the_type_says()
    {
        await RefusesAsync(() => Hub.PostSoapAsync(Raw(Encoding.Unicode.GetPreamble(), Encoding.Unicode.GetBytes("<a/>")), TestHub.Province), "DX-1006");
        await RefusesAsync(() => Hub.PostSoapAsync(Raw(Encoding.UTF8.GetBytes($"<e:Envelope xmlns:e='{Ns11}'><e:Body><ListInbox xmlns='{SoapCalls.Contract}'>"), [0xC3, 0x28, 0xA0]), TestHub.Province), "DX-1003");

        static ByteArrayContent Raw(params byte[][] pieces)
        {
            var content = new ByteArrayContent([.. pieces.SelectMany(p => p)]);
            content.Headers.TryAddWithoutValidation("Content-Type", "text/xml; charset=utf-8");
            return content;
        }
    }

    [Fact]
    public async Task A_second_operation_or_body_is_refused()
    {
        await RefusesAsync(() => Send("<d:ListInbox/><d:GetDirectory/>"), "DX-0015");
        await RefusesAsync(() => Hub.PostSoapAsync($"<e:Envelope xmlns:e='{Ns11}'><e:Body><ListInbox xmlns='{SoapCalls.Contract}'/></e:Body><e:Body><GetDirectory xmlns='{SoapCalls.Contract}'/></e:Body></e:Envelope>", TestHub.Province), "DX-0015");
        await RefusesAsync(() => Send($"<d:SendDocument><d:Package>{Convert.ToBase64String(Package)}</d:Package></d:SendDocument><d:ListInbox/>"), "DX-0015");
    }

    [Theory]
    [InlineData("<d:To>H30.13</d:To>")]
    [InlineData("<d:Package>AAAA</d:Package>")]
    [InlineData("<d:Digest>0000000000000000000000000000000000000000000000000000000000000000</d:Digest>")]
    [InlineData("<d:Key>late</d:Key>")]
    [InlineData("text")]
    public async Task What_stands_behind_a_package_is_refused_with_a_receipt_and_nothing_is_stored(string behind)
    {
        var large = new Letter { File = [.. "%PDF-1.4\n"u8, .. new byte[2_000_000], .. "\n%%EOF\n"u8] }.Bytes;

        foreach (var package in (byte[][])[new Letter().Bytes, large])
        {
            SoapReplyRead? reply = null;
            await RefusesAsync(async () => reply = await Send($"<d:SendDocument><d:Package>{Convert.ToBase64String(package)}</d:Package>{behind}</d:SendDocument>"), "DX-0015");
            (await Hub.SoapAsync(TestHub.Province, "GetReceipt", $"<d:ReceiptId>{reply!["ReceiptId"]}</d:ReceiptId>")).Ok();
            await RefusesAsync(() => Parts(SoapCalls.Root().Replace("</d:SendDocument>", behind + "</d:SendDocument>", StringComparison.Ordinal), ("package", package)), "DX-0015");
        }
    }

    [Theory]
    [InlineData("<d:a/>", "", "DX-0015")]
    [InlineData("text", "", "DX-0015")]
    [InlineData("", "<d:a/>", "DX-0050")]
    [InlineData("", "AAAA", "DX-0050")]
    public async Task What_stands_beside_a_reference_to_a_part_is_refused(string behind, string before, string code) =>
        await RefusesAsync(() => Parts(SoapCalls.Root().Replace("<xop:Include", before + "<xop:Include", StringComparison.Ordinal).Replace("</d:Package>", behind + "</d:Package>", StringComparison.Ordinal), ("package", Package)), code);

    [Fact]
    public async Task An_element_within_the_base64_of_a_package_is_refused() =>
        await RefusesAsync(() => Send($"<d:SendDocument><d:Package>{Convert.ToBase64String(Package)}<d:To>H30.13</d:To></d:Package></d:SendDocument>"), "DX-0050");

    private Task<SoapReplyRead> Send(string body) => Hub.PostSoapAsync(SoapCalls.Envelope(body), TestHub.Province);

    private Task<SoapReplyRead> Parts(string root, params (string, byte[])[] parts) => Hub.PostSoapAsync(SoapCalls.Related(root, parts), TestHub.Province);

    private static string Many(int count, Func<int, string> make) => string.Concat(Enumerable.Range(0, count).Select(make));

    private async Task RefusesAsync(Func<Task<SoapReplyRead>> call, string? code, string fault = "Client")
    {
        var before = Hub.CountLeftovers();
        var watch = Stopwatch.StartNew();

        var reply = await call();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(120), $"It took {watch.Elapsed}.");
        if (code is not null) reply.Refuses(code, fault);
        Assert.Equal("Fault", reply.Body.Name.LocalName);
        Assert.Equal(500, reply.Status);
        Assert.Equal(before, Hub.CountLeftovers());
    }
}
