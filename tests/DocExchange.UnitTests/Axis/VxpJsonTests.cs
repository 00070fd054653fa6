using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocExchange.Axis.Protocol;
using Xunit;

namespace DocExchange.UnitTests.Axis;

/// <summary>Guards against answers on which the SDK silently drops everything: a null, a missing member, a letter outside ASCII.</summary>
public sealed class VxpJsonTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 9, 2, 45, TimeSpan.Zero);

    private static readonly AgencyRow Agency = new("7", null, "H30", "Sở Nội vụ");

    public static TheoryData<string, Action<IBufferWriter<byte>>> Answers() => new()
    {
        { "ok", VxpJson.Ok },
        { "refused", output => VxpJson.Refused(output, 15, "Sai chữ ký \u0001 \"<đ>\"") },
        { "sent", output => VxpJson.Sent(output, "0192") },
        { "send refused", output => VxpJson.SendRefused(output, 22, "Thiếu From") },
        { "count", output => VxpJson.Count(output, 3) },
        { "received", output => VxpJson.ReceivedList(output, [new("1", "edoc", At, At, null, null, "initial")]) },
        { "sent list", output => VxpJson.SentList(output, [new("edoc", "1", null, null, null, null, null, At, null, "done", null, "done", null)]) },
        { "agencies", output => Streamed(output, pipe => VxpJson.AgenciesAsync(pipe, [Agency], default)) },
        { "agencies QD20", output => Streamed(output, pipe => VxpJson.AgenciesQD20Async(pipe, [Agency], default)) },
        { "units", output => Streamed(output, pipe => VxpJson.UnitsAsync(pipe, [Agency], default)) },
        { "empty list", output => VxpJson.ReceivedList(output, []) },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Every_answer_is_ascii_without_nulls_and_says_how_it_went(string name, Action<IBufferWriter<byte>> write)
    {
        var text = Text(write);
        Assert.True(Ascii.IsValid(text), name);
        using var json = JsonDocument.Parse(text);
        foreach (var member in new[] { "status", "ErrorCode", "ErrorDesc" })
            Assert.Equal(JsonValueKind.String, json.RootElement.GetProperty(member).ValueKind);
        Assert.DoesNotContain(JsonValueKind.Null, Kinds(json.RootElement));
        var refused = name.Contains("refused", StringComparison.Ordinal);
        Assert.Equal(refused ? "FAIL" : "OK", json.RootElement.GetProperty("status").GetString());
        Assert.Equal(refused, json.RootElement.GetProperty("ErrorCode").GetString() != "0");
    }

    [Fact]
    public void An_answer_to_a_submission_has_its_id_also_when_refused()
    {
        Assert.Equal("""{"status":"OK","ErrorCode":"0","ErrorDesc":"Thanh cong","DocId":"0192"}""", Text(output => VxpJson.Sent(output, "0192")));
        Assert.Equal("""{"status":"FAIL","ErrorCode":"18","ErrorDesc":"\u0111","DocId":""}""", Text(output => VxpJson.SendRefused(output, 18, "đ")));
    }

    [Fact]
    public void A_list_shows_the_members_the_client_reads()
    {
        var text = Text(output => VxpJson.ReceivedList(output, [new("1", "edoc", At, At, "H30", "H31", "initial", "new")]));
        Assert.EndsWith(
            """
            "data":[{"docId":"1","serviceType":"eDoc","messageType":"edoc","created_time":"2026/11/21 16:02:45","updated_time":"2026/11/21 16:02:45","from":"H30","to":"H31","status":"initial","status_desc":"new"}]}
            """,
            text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(24 * 1024 - 1)]
    [InlineData(24 * 1024)]
    [InlineData(24 * 1024 + 1)]
    [InlineData(100_000)]
    public async Task A_package_of_any_length_comes_whole_and_with_the_length_announced(int length)
    {
        var package = RandomNumberGenerator.GetBytes(length);
        using var output = new MemoryStream();
        using var trickle = new TrickleStream(package);

        await EdocAnswer.WriteAsync(output, trickle, CancellationToken.None);

        Assert.Equal(EdocAnswer.LengthFor(length), output.Length);
        using var json = JsonDocument.Parse(output.ToArray());
        Assert.Equal(package, json.RootElement.GetProperty("data").GetBytesFromBase64());
        Assert.Equal("OK", json.RootElement.GetProperty("status").GetString());
        Assert.Equal("0", json.RootElement.GetProperty("ErrorCode").GetString());
    }

    private static string Text(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static IEnumerable<JsonValueKind> Kinds(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Kinds(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Kinds),
        var kind => [kind],
    };

    /// <summary>Gives fewer bytes than asked for, as files and sockets may.</summary>
    private sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
    }

    [Fact]
    public async Task A_list_of_national_size_goes_out_in_pieces_and_is_one_json_text()
    {
        var pipe = new Pipe();
        var most = 0L;
        var reading = Task.Run(async () =>
        {
            var text = new MemoryStream();
            while (await pipe.Reader.ReadAsync() is { } read && !(read.IsCompleted && read.Buffer.IsEmpty))
            {
                most = Math.Max(most, read.Buffer.Length);
                foreach (var piece in read.Buffer) text.Write(piece.Span);
                pipe.Reader.AdvanceTo(read.Buffer.End);
            }
            return text.ToArray();
        });
        await VxpJson.UnitsAsync(pipe.Writer, Enumerable.Range(0, 20_000).Select(i => Agency with { Id = i.ToString() }), default);
        await pipe.Writer.CompleteAsync();

        using var json = JsonDocument.Parse(await reading);
        Assert.Equal(20_000, json.RootElement.GetProperty("data").GetArrayLength());
        Assert.True(most < 200_000, $"{most} bytes were waiting at once");
    }

    private static void Streamed(IBufferWriter<byte> output, Func<PipeWriter, Task> write)
    {
        using var stream = new MemoryStream();
        write(PipeWriter.Create(stream)).GetAwaiter().GetResult();
        output.Write(stream.ToArray());
    }
}
