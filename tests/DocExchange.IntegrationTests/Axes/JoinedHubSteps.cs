using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox.Axis.Correspondents;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>What tests of a joined hub wait for.</summary>
internal static class JoinedHubSteps
{
    public static Task StatusAsync(this JoinedHub hub, string docId, int code) =>
        hub.UntilAsync(async () => (await hub.Province.TrackAsync(docId)).Statuses.Any(s => s.Code == code), $"status {code}");

    /// <summary>A letter of somebody behind the axis, taken in and answered; what its recipient fetched of it.</summary>
    public static async Task<Envelope> DeliverAsync(this JoinedHub hub, string from, string to)
    {
        var docId = await hub.Axis.DeliverAsync(new SampleLetter(from, to));
        await hub.UntilAsync(() => Task.FromResult(hub.Axis.Documents.Single(d => d.DocId == docId).Items[0].Status is "done" or "fail"), "the answer");
        await hub.UntilAsync(async () => (await hub.Province.ListAsync(TestHub.Department)).Count > 0, "the letter's arrival");
        using var package = new MemoryStream();
        await hub.Province.Client(TestHub.Department).FetchAsync((await hub.Province.ListAsync(TestHub.Department))[^1].DocId, package);
        return PackageReader.Read(package.ToArray(), PackageLimits.Default).Envelope!;
    }
}
