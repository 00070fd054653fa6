using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using DocExchange.Hub.Edges.Rejected;
using DocExchange.Hub.Edges.Soap;

namespace DocExchange.UnitTests.Soap;

public sealed class SoapMessageTests
{
    private const string Ns11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Ns12 = "http://www.w3.org/2003/05/soap-envelope";

    [Theory]
    [InlineData(Ns11, false)]
    [InlineData(Ns12, true)]
    public async Task Version_headers_and_operation_are_known_before_the_body_is_read(string ns, bool is12)
    {
        using var message = await OpenAsync($"<?xml version='1.0' encoding='UTF-8'?><e:Envelope xmlns:e='{ns}'><e:Header><h xmlns='urn:h' a='1'>x<!-- y -->z</h></e:Header><e:Body><Do xmlns='urn:o'><A>1</A></Do></e:Body></e:Envelope>");

        Assert.Equal(is12, message.Version.Is12);
        Assert.Equal(XName.Get("Do", "urn:o"), message.Operation);
        var header = Assert.Single(message.Headers);
        Assert.Equal(("xz", "1", false), (header.Element.Value, (string?)header.Element.Attribute("a"), header.MustUnderstand));
        Assert.Equal("1", (await message.Xml.ReadElementAsync()).Element(XName.Get("A", "urn:o"))!.Value);
        await message.EndAsync();
    }

    [Theory]
    [InlineData(Ns11, "e:mustUnderstand='1'", true)]
    [InlineData(Ns11, "e:mustUnderstand='1' e:actor='http://schemas.xmlsoap.org/soap/actor/next'", true)]
    [InlineData(Ns11, "e:mustUnderstand='1' e:actor='urn:somebody'", false)]
    [InlineData(Ns11, "mustUnderstand='1'", false)]
    [InlineData(Ns12, "e:mustUnderstand='true' e:role='http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver'", true)]
    [InlineData(Ns12, "e:mustUnderstand='false'", false)]
    public async Task A_header_is_mandatory_when_it_says_so_and_is_addressed_to_the_hub(string ns, string attributes, bool mandatory)
    {
        using var message = await OpenAsync($"<e:Envelope xmlns:e='{ns}'><e:Header><h xmlns='urn:h' {attributes}/></e:Header><e:Body/></e:Envelope>");

        Assert.Equal(mandatory, message.FirstNotUnderstood(_ => false) is not null);
        Assert.Null(message.FirstNotUnderstood(_ => true));
        Assert.Null(message.Operation);
        await message.EndAsync();
    }

    [Fact]
    public async Task Whatever_makes_reading_unsafe_ends_it()
    {
        (string Case, string Code, string Envelope)[] abuses =
        [
            ("document type", "DX-1005", $"<!DOCTYPE e [<!ENTITY a 'b'>]><e:Envelope xmlns:e='{Ns11}'><e:Body/></e:Envelope>"),
            ("entity bomb", "DX-1005", "<!DOCTYPE e [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><e>&b;</e>"),
            ("external entity", "DX-1005", "<!DOCTYPE e SYSTEM 'http://127.0.0.1:1/x'><e/>"),
            ("undeclared entity", "DX-1003", In("<a>&b;</a>")),
            ("attribute bomb", "DX-1009", In("<a " + string.Concat(Enumerable.Range(0, 5000).Select(i => $"a{i}='' ")) + "/>")),
            ("namespace bomb", "DX-1009", In("<a " + string.Concat(Enumerable.Range(0, 5000).Select(i => $"xmlns:a{i}='urn:{i}' ")) + "/>")),
            ("deep nesting", "DX-1007", In(string.Concat(Enumerable.Repeat("<a>", 10_000)))),
            ("many elements", "DX-1008", In("<a>" + string.Concat(Enumerable.Repeat("<a/>", 50_000)) + "</a>")),
            ("endless tag", "DX-1010", In("<a b='" + new string('c', 200_000) + "'/>")),
            ("endless name", "DX-1011", In("<" + new string('c', 2_000) + "/>")),
            ("header too large", "DX-0049", $"<e:Envelope xmlns:e='{Ns11}'><e:Header><h>" + new string('x', 3_000_000) + "</h></e:Header><e:Body/></e:Envelope>"),
            ("utf-16", "DX-1006", "\uFEFF<utf-16/>"),
            ("another charset", "DX-1006", "<?xml version='1.0' encoding='windows-1258'?><e/>"),
            ("another vocabulary", "DX-0040", "<e:Envelope xmlns:e='urn:mine'/>"),
            ("cut off", "DX-1003", In("<a>")[..^20]),
            ("no body", "DX-0015", $"<e:Envelope xmlns:e='{Ns11}'><e:Header/></e:Envelope>"),
            ("header after the body", "DX-0015", $"<e:Envelope xmlns:e='{Ns11}'><e:Body/><e:Header/></e:Envelope>"),
            ("two bodies", "DX-0015", $"<e:Envelope xmlns:e='{Ns11}'><e:Body><a/></e:Body><e:Body><b/></e:Body></e:Envelope>"),
            ("two operations", "DX-0015", In("<a/><b/>")),
            ("another envelope behind", "DX-1003", In("<a/>") + In("<a/>")),
        ];
        foreach (var (name, code, envelope) in abuses)
        {
            var bytes = name == "utf-16" ? Encoding.Unicode.GetBytes(envelope) : Encoding.UTF8.GetBytes(envelope);
            var refused = await Assert.ThrowsAsync<MessageRefusedException>(async () =>
            {
                using var message = await SoapMessage.OpenAsync(new MemoryStream(bytes), SoapLimits.Default, default);
                if (message.Operation is not null) await message.Xml.ReadElementAsync();
                await message.EndAsync();
            });
            Assert.True(code == refused.Problem.Code, $"{name}: {refused.Problem.Code} {refused.Problem.English}");
        }
    }

    [Theory]
    [InlineData("<a><b/><c/></a>")]
    [InlineData("<a><b/>text</a>")]
    [InlineData("<a><b/><![CDATA[text]]></a>")]
    [InlineData("<a><b/></a><c/>")]
    public async Task Whatever_stands_behind_what_was_read_is_refused_and_never_passed_over(string body)
    {
        using var message = await OpenAsync(In(body));
        await message.Xml.ReadAsync();

        Assert.Equal("DX-0015", (await Assert.ThrowsAsync<MessageRefusedException>(async () => await message.EndAsync())).Problem.Code);
    }

    [Fact]
    public async Task White_space_comments_and_instructions_may_stand_behind_what_was_read()
    {
        using var message = await OpenAsync(In("<a xml:space='preserve'><b/>\n <!-- c --><?d?> </a>\n") + "\n<!-- e -->");
        await message.Xml.ReadAsync();
        if (message.Xml.IsBlank) await message.Xml.ReadAsync();

        await message.EndAsync();
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_refused()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes($"<e:Envelope xmlns:e='{Ns11}'><e:Body><a>"), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("</a></e:Body></e:Envelope>")];

        await Assert.ThrowsAsync<MessageRefusedException>(async () =>
        {
            using var message = await SoapMessage.OpenAsync(new MemoryStream(bytes), SoapLimits.Default, default);
            await message.EndAsync();
        });
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(700_000)]
    [InlineData(20_000_000)]
    public async Task Base64_of_any_size_is_handed_out_in_pieces(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        using var message = await OpenAsync(In($"<P xmlns='urn:o'>{Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}</P>"));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[8192];

        await message.Xml.ReadAsync();
        for (int read; (read = await message.Xml.ReadBase64Async(buffer)) > 0;) hash.AppendData(buffer, 0, read);
        await message.EndAsync();

        Assert.Equal(SHA256.HashData(content), hash.GetHashAndReset());
        Assert.Equal(size > 1_000_000, message.Xml.Whole is null);
    }

    private static string In(string body) => $"<e:Envelope xmlns:e='{Ns11}'><e:Body>{body}</e:Body></e:Envelope>";

    private static Task<SoapMessage> OpenAsync(string envelope) => SoapMessage.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(envelope)), SoapLimits.Default, default);
}
