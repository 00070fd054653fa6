using System.Text;
using System.Text.Json;
using DocExchange.Axis.Calls;

namespace DocExchange.UnitTests.Axis;

/// <summary>A list's rows are handed on while they arrive, and a list that breaks off is never taken for a whole one.</summary>
public sealed class RowReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Rows_come_in_their_order_whatever_pieces_the_answer_comes_in(int piece)
    {
        var names = Enumerable.Range(0, 2000).Select(i => $"Sở \"{i}\" " + new string('x', i % 90)).ToList();
        var answer = $$"""{"ErrorCode":"0","data":{{JsonSerializer.Serialize(names.Select(name => new { name, of = new { data = new[] { 1 } } }))}},"status":"OK"}""";

        var (rows, rest) = await ReadAsync(Encoding.UTF8.GetBytes(answer), piece);

        Assert.Equal(names, rows);
        Assert.Equal(("0", "OK", 0), (rest.GetProperty("ErrorCode").GetString(), rest.GetProperty("status").GetString(), rest.GetProperty("data").GetArrayLength()));
    }

    [Theory]
    [InlineData("""{"data":[{"name":"A"},null,7,{"name":"B"}],"note":{"data":[{"name":"not this"}]}}""")]
    [InlineData("\uFEFF { \"data\" :\n[ {\"name\":\"A\"} ,\r\n{\"name\":\"B\"} ] } \n")]
    public async Task Other_members_marks_and_spaces_do_not_matter(string answer)
    {
        var (rows, _) = await ReadAsync(Encoding.UTF8.GetBytes(answer), 3);

        Assert.Equal(["A", "B"], rows);
    }

    [Theory]
    [InlineData("""{"status":"OK","data":[{"name":"A"},{"name":"B"}""")]
    [InlineData("""{"status":"OK","data":[{"name":"A"},{"name":"B"}]""")]
    [InlineData("""{"status":"OK","data":[{"name":"A"},{"na""")]
    [InlineData("""{"status":"OK","data":[{"name":"A"}]}]""")]
    [InlineData("""[{"name":"A"}]""")]
    [InlineData("<html>Sign in</html>")]
    [InlineData("\uFEFF")]
    [InlineData("")]
    public async Task An_answer_that_breaks_off_or_is_of_something_else_is_no_list(string answer) =>
        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(Encoding.UTF8.GetBytes(answer), 5));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("{\"name\":\"A\"}")]
    public async Task What_is_no_list_stays_as_it_is_and_gives_no_row(string data)
    {
        var (rows, rest) = await ReadAsync(Encoding.UTF8.GetBytes($$"""{"data":{{data}}}"""), 4);

        Assert.Empty(rows);
        Assert.Equal(data, rest.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task A_row_may_be_long_and_not_endless()
    {
        var (rows, _) = await ReadAsync(Encoding.UTF8.GetBytes($$"""{"data":[{"name":"{{new string('x', 900_000)}}"}]}"""), 100_000);
        Assert.Equal(900_000, Assert.Single(rows).Length);

        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(Encoding.UTF8.GetBytes($$"""{"data":[{"name":"{{new string('x', 1_100_000)}}"}]}"""), 100_000));
    }

    private static async Task<(IReadOnlyList<string> Names, JsonElement Others)> ReadAsync(byte[] answer, int piece)
    {
        var names = new List<string>();
        using var rest = await new RowReader(row => names.Add(row.GetProperty("name").GetString()!)).ReadAsync(new InPieces(answer, piece), default);
        return (names, rest.RootElement.Clone());
    }
}
