using System.Net.Http.Headers;
using System.Text;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Multipart;
using DocExchange.Hub.Edges.Rejected;

namespace DocExchange.UnitTests.Soap;

public sealed class RelatedReaderTests
{
    private const string Root = "--b\r\nContent-ID: <root>\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n";
    private const string Second = "--b\r\nContent-ID: <two>\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: BINARY\r\n\r\nbytes\r\nof it\r\n";

    [Fact]
    public async Task Parts_come_in_their_order_with_id_type_encoding_and_bytes()
    {
        var reader = Open(Root + Second + "--b--\r\n");

        var root = await reader.ReadRootAsync(default);
        Assert.Equal(("root", "text/xml", "binary", "<a/>"), (root.ContentId, root.ContentType, root.TransferEncoding, await TextAsync(root)));
        var second = await reader.ReadNextAsync(default);
        Assert.Equal(("two", "binary", "bytes\r\nof it"), (second!.ContentId, second.TransferEncoding, await TextAsync(second)));
        Assert.Null(await reader.ReadNextAsync(default));
    }

    [Fact]
    public async Task A_part_that_nobody_read_is_passed_over()
    {
        var reader = Open(Root + Second + "--b--");

        await reader.ReadRootAsync(default);

        Assert.Equal("two", (await reader.ReadNextAsync(default))!.ContentId);
    }

    [Theory]
    [InlineData(Root + Root + "--b--", "Content-ID root")]
    [InlineData(Root + Second + "--b\r\nContent-ID: two\r\n\r\nx\r\n--b--", "Content-ID two")]
    [InlineData("--c\r\n\r\nx\r\n--c--", "boundary")]
    [InlineData("", "boundary")]
    [InlineData("--b\r\nno header\r\n\r\nx\r\n--b--", "boundary")]
    public async Task A_message_whose_parts_cannot_be_told_apart_is_refused(string message, string where) => await RefusesAsync(Open(message), where);

    [Theory]
    [InlineData(Root + "--b\r\nContent-ID: <two>\r\n\r\nhalf of i")]
    [InlineData(Root + "--b\r\nContent-ID: <two>\r\n\r\nall of it\r\n")]
    [InlineData(Root + "--b\r\nContent-ID: <tw")]
    [InlineData("--b\r\nContent-ID: <root>\r\n\r\n<a>")]
    public async Task A_message_that_was_cut_off_never_looks_whole(string message) => await RefusesAsync(Open(message));

    [Fact]
    public async Task A_root_that_is_named_but_comes_later_is_refused() => await RefusesAsync(Open(Root + Second + "--b--", "; start=\"<two>\""), "start");

    [Theory]
    [InlineData("multipart/related")]
    [InlineData("multipart/related; boundary=\"\"")]
    [InlineData("multipart/related; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Without_a_boundary_that_may_be_there_is_no_message(string type)
    {
        var refused = Assert.Throws<MessageRefusedException>(() => RelatedReader.Open(MediaTypeHeaderValue.Parse(type), Stream.Null, RelatedLimits.Default));

        Assert.Equal("boundary", refused.Problem.Path);
    }

    [Fact]
    public async Task Endless_headers_many_headers_and_a_flood_of_parts_are_cut_off()
    {
        var many = string.Concat(Enumerable.Range(0, 300).Select(i => $"--b\r\nContent-ID: <{i}>\r\n\r\n\r\n"));

        await RefusesAsync(Open("--b\r\nContent-ID: " + new string('x', 100_000) + "\r\n\r\nx\r\n--b--"));
        await RefusesAsync(Open("--b\r\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"X-{i}: y\r\n")) + "\r\nx\r\n--b--"));
        await RefusesAsync(Open(new string(' ', 1_000_000) + Root + "--b--"));
        await RefusesAsync(Open(many + "--b--"), "parts");
    }

    private static RelatedReader Open(string message, string more = "") => RelatedReader.Open(
        MediaTypeHeaderValue.Parse("multipart/related; boundary=b" + more), new MemoryStream(Encoding.UTF8.GetBytes(message)), RelatedLimits.Default);

    private static async Task<string> TextAsync(RelatedPart part)
    {
        using var copy = new MemoryStream();
        await part.Body.CopyToAsync(copy);
        return Encoding.UTF8.GetString(copy.ToArray());
    }

    private static async Task RefusesAsync(RelatedReader reader, string? where = null)
    {
        var refused = await Assert.ThrowsAsync<MessageRefusedException>(async () =>
        {
            for (var part = await reader.ReadRootAsync(default); part is not null; part = await reader.ReadNextAsync(default)) await part.Body.CopyToAsync(Stream.Null);
        });
        Assert.Equal(ProblemCatalogue.MultipartUnsound, refused.Problem.Kind);
        if (where is not null) Assert.Equal(where, refused.Problem.Path);
    }
}
