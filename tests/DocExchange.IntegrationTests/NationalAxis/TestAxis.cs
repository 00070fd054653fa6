using DocExchange.Axis.Calls;
using DocExchange.Client;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox.Axis;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.IntegrationTests.NationalAxis;

/// <summary>A sandbox axis on a free port with two provinces' systems and our own client of each.</summary>
internal sealed class TestAxis : IAsyncDisposable
{
    public const string Secret = TestHub.Secret;
    public const string North = "000.00.00.H30";
    public const string South = "000.00.00.H53";

    private readonly HttpClient _http = new();

    private TestAxis(SandboxAxis axis) => Axis = axis;

    public SandboxAxis Axis { get; }

    public VxpClient NorthClient => Client(North);

    public VxpClient SouthClient => Client(South);

    public HttpClient Http => _http;

    public static async Task<TestAxis> StartAsync(Func<SandboxAxisOptions, SandboxAxisOptions>? adjust = null)
    {
        var options = new SandboxAxisOptions
        {
            Systems = [new AxisSystem(North, Secret, "H30", "H30.01", "H30.12"), new AxisSystem(South, Secret, "H53")],
            Organs = [.. SampleOrgans.Province, .. SampleOrgans.All],
        };
        return new TestAxis(await SandboxAxis.StartAsync(adjust is null ? options : adjust(options)));
    }

    public VxpClient Client(string system, TimeProvider? time = null) => new(_http, Axis.Address, system, Secret, time ?? TimeProvider.System);

    /// <summary>A letter of the north, sent; the axis' id of it.</summary>
    public async Task<string> SendAsync(Letter letter, params string[] onlyTo)
    {
        using var package = new MemoryStream(letter.Bytes);
        var answer = await NorthClient.SendAsync(package, "edoc", letter.From, onlyTo.Length == 0 ? null : onlyTo);
        Assert.Null(answer.Refusal);
        return answer.Value!.DocId;
    }

    public async Task<byte[]> FetchAsync(VxpClient client, string itemId)
    {
        using var target = new MemoryStream();
        var answer = await client.FetchAsync(itemId, target);
        Assert.Null(answer.Refusal);
        return target.ToArray();
    }

    public async Task<IReadOnlyList<ReceivedItem>> ListAsync(VxpClient client, string messageType = "edoc", DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var answer = await client.ListAsync(messageType, from, to);
        Assert.Null(answer.Refusal);
        return answer.Value!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Axis.DisposeAsync();
    }
}
