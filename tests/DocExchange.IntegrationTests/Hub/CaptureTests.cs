namespace DocExchange.IntegrationTests.Hub;

/// <summary>Requests of real axis SDK clients against a running hub.</summary>
public sealed class CaptureTests : IAsyncLifetime
{
    private TestHub _hub = null!;

    public static TheoryData<string, string> Answers => CapturedCall.Answers;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync();

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [SkippableTheory]
    [MemberData(nameof(Answers))]
    public async Task A_captured_request_gets_the_documented_answer(string file, string code)
    {
        var answer = await CapturedCall.ReplayAsync(file, _hub.Address);

        Assert.Equal(200, answer.Status);
        CapturedCall.AssertReadable(answer, file, code);
    }

    [SkippableTheory]
    [InlineData("vxp-sdk-2.0.1/14_downloadEdoc.req", 404)]
    [InlineData("vxp-sdk-2.0.1/15_downloadEdoc.req", 401)]
    public async Task A_download_that_is_refused_has_an_empty_body_because_the_client_takes_any_other_for_success(string file, int status)
    {
        var answer = await CapturedCall.ReplayAsync(file, _hub.Address);

        Assert.Equal(status, answer.Status);
        Assert.Empty(answer.Body);
    }

    [SkippableFact]
    public async Task A_value_outside_ascii_is_refused_with_the_hint_that_it_must_be_ascii()
    {
        var answer = await CapturedCall.ReplayAsync("vxp-sdk-2.0.1/stateful/03_vxp_updateStatus.req", _hub.Address);

        Assert.Contains("must be ASCII", answer.Text, StringComparison.Ordinal);
    }
}
