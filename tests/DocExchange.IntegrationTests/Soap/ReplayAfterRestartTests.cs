using DocExchange.IntegrationTests.Hub;
using static DocExchange.IntegrationTests.Soap.SecurityHeaders;

namespace DocExchange.IntegrationTests.Soap;

/// <summary>What an earlier run of the hub has seen counts no second time, whatever that run could remember.</summary>
public sealed class ReplayAfterRestartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("docexchange-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_message_recorded_before_a_restart_is_refused_after_it_and_a_new_one_is_not()
    {
        var recorded = Digest(TestHub.Secret, DateTimeOffset.UtcNow.AddMinutes(4));
        await using (var hub = await TestHub.StartAsync(_folder)) (await CallAsync(hub, recorded)).Ok();
        var olderThanTheStart = Digest(TestHub.Secret, DateTimeOffset.UtcNow);

        await using var again = await TestHub.StartAsync(_folder);

        (await CallAsync(again, recorded)).Refuses("DX-0047");
        (await CallAsync(again, olderThanTheStart)).Refuses("DX-0051");
        (await CallAsync(again, Digest(TestHub.Secret, DateTimeOffset.UtcNow.AddMilliseconds(5)))).Ok();
    }

    [Fact]
    public async Task A_record_that_a_crash_cut_short_takes_no_other_with_it()
    {
        var (first, second) = (Digest(TestHub.Secret, DateTimeOffset.UtcNow.AddMinutes(4)), Digest(TestHub.Secret, DateTimeOffset.UtcNow.AddMinutes(4)));
        await using (var hub = await TestHub.StartAsync(_folder)) (await CallAsync(hub, first)).Ok();
        await using (var file = new FileStream(Path.Combine(_folder, "soap-seen"), FileMode.Append)) file.Write([1, 2, 3]);
        await using (var hub = await TestHub.StartAsync(_folder))
        {
            (await CallAsync(hub, first)).Refuses("DX-0047");
            (await CallAsync(hub, second)).Ok();
        }

        await using var again = await TestHub.StartAsync(_folder);

        (await CallAsync(again, first)).Refuses("DX-0047");
        (await CallAsync(again, second)).Refuses("DX-0047");
    }

    private static Task<SoapReplyRead> CallAsync(TestHub hub, string header) => hub.PostSoapAsync(SoapCalls.Envelope("<d:GetDirectory/>", header), null);
}
