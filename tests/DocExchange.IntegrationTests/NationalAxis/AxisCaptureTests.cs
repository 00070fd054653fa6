using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.NationalAxis;

/// <summary>Requests of real axis SDK clients against the sandbox axis: it must answer them as they can read it.</summary>
public sealed class AxisCaptureTests : IAsyncLifetime
{
    private TestAxis _axis = null!;

    public static TheoryData<string, string> Answers => CapturedCall.Answers;

    public async Task InitializeAsync() => _axis = await TestAxis.StartAsync();

    public async Task DisposeAsync() => await _axis.DisposeAsync();

    [SkippableTheory]
    [MemberData(nameof(Answers))]
    public async Task A_captured_request_gets_an_answer_the_sdk_can_read(string file, string code)
    {
        var answer = await CapturedCall.ReplayAsync(file, _axis.Axis.Address);

        Assert.Equal(200, answer.Status);
        CapturedCall.AssertReadable(answer, file, code);
    }

    [SkippableTheory]
    [InlineData("vxp-sdk-2.0.1/14_downloadEdoc.req", 404)]
    [InlineData("vxp-sdk-2.0.1/15_downloadEdoc.req", 401)]
    public async Task A_refused_download_is_empty(string file, int status)
    {
        var answer = await CapturedCall.ReplayAsync(file, _axis.Axis.Address);

        Assert.Equal(status, answer.Status);
        Assert.Empty(answer.Body);
    }
}
