using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;

namespace DocExchange.UnitTests.Axis;

/// <summary>getEdoc's answer is read in pieces as they come, whoever wrote it and however.</summary>
public sealed class EdocReaderTests
{
    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(24_576, 100_000)]
    [InlineData(24_575, 32_768)]
    [InlineData(1_000_003, 4099)]
    public async Task What_this_hub_writes_is_read_whatever_pieces_it_comes_in(int length, int piece)
    {
        var package = RandomNumberGenerator.GetBytes(length);
        using var answer = new MemoryStream();
        await EdocAnswer.WriteAsync(answer, new MemoryStream(package), default);

        var (read, others) = await ReadAsync(answer.ToArray(), piece);

        Assert.Equal(package, read);
        Assert.Equal("0", others.GetProperty("ErrorCode").GetString());
    }

    [Theory]
    [InlineData("""{"data":"PGE+PC9hPg==","status":"OK","ErrorCode":0}""")]
    [InlineData("""{"status":"OK", "data" : "PGE\u002BPC9hPg\u003D\u003D"}""")]
    [InlineData("""{"ErrorDesc":"the \"data\": is here","data":"PGE+\r\nPC9h\nPg==\r\n"}""")]
    [InlineData("""{"inner":{"data":"bm90IHRoaXM="},"data":"PGE+PC9hPg=="}""")]
    public async Task Escapes_line_ends_and_the_order_of_members_do_not_matter(string answer)
    {
        var (read, _) = await ReadAsync(Encoding.ASCII.GetBytes(answer), 3);

        Assert.Equal("<a></a>", Encoding.ASCII.GetString(read));
    }

    [Theory]
    [InlineData("""{"status":"OK","data":"PGE+PC9hP""")]
    [InlineData("""{"status":"OK","data":"PGE+PC9hPg"}""")]
    [InlineData("""{"status":"OK","data":"<a></a>"}""")]
    [InlineData("<html>Sign in</html>")]
    [InlineData("")]
    public async Task An_answer_that_is_cut_or_of_something_else_is_no_package(string answer) =>
        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(Encoding.ASCII.GetBytes(answer), 1000));

    private static async Task<(byte[] Package, JsonElement Others)> ReadAsync(byte[] answer, int piece)
    {
        using var target = new MemoryStream();
        var reader = new EdocReader(target);
        using var rest = await reader.ReadAsync(new InPieces(answer, piece), default);
        Assert.Equal(target.Length, reader.Length);
        return (target.ToArray(), rest.RootElement.Clone());
    }
}
