using System.Text;
using DocExchange.Core.Alarms;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Ports;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Edges.Edoc;
using DocExchange.Hub.Edges.EdocSoap;
using DocExchange.Hub.Edges.Soap;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.EdocRest;
using DocExchange.IntegrationTests.Hub;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.EdocSoap;

/// <summary>A status that could not be written into the answer is not taken off the list as if it had been.</summary>
public sealed class EdocSoapTracesTests(EdocRestFixture fixture) : IClassFixture<EdocRestFixture>
{
    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData(null)]
    [InlineData("<no status/>")]
    public async Task A_status_whose_content_is_missing_or_unreadable_stays_on_the_list_and_raises_an_alarm(string? content)
    {
        var message = new Message();
        var caller = Caller();
        var store = Hub.Hub.Services.GetRequiredService<IExchangeStore>();
        var before = await WaitingAsync(store, caller);
        var number = (await Hub.SoapSendAsync(message)).Ok().DocumentId;
        (await Hub.SoapConfirmAsync(TestHub.Department, number)).Ok();
        var item = Assert.Single(await WaitingAsync(store, caller), i => before.All(b => b.ItemId != i.ItemId));

        var answer = await ListAsync(caller, new Held(content));

        Assert.DoesNotContain(message.Id, answer, StringComparison.Ordinal);
        Assert.Contains(await WaitingAsync(store, caller), i => i.ItemId == item.ItemId);
        Assert.Contains(Hub.Hub.Store.Alarms.All, a => a.Kind == AlarmKind.ContentMissing && a.Subject == item.DocId);
        // Restored, it is given.
        Assert.Contains(message.Id, (await Hub.SoapCallAsync("GetTraces", "GetTraces", TestHub.Province)).Envelope.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_cut_raises_an_alarm()
    {
        for (var i = 0; i < 2; i++) (await Hub.SoapConfirmAsync(TestHub.Department, (await Hub.SoapSendAsync(new Message())).Ok().DocumentId)).Ok();

        await ListAsync(Caller(), new Held(null), new HubOptions { MailboxListLimit = 1 });

        Assert.Contains(Hub.Hub.Store.Alarms.All, a => a.Kind == AlarmKind.ListCut && a.Subject == TestHub.Province);
    }

    private EdocCaller Caller()
    {
        var system = Hub.Parties.FindSystem(TestHub.Province)!;
        return new EdocCaller(system, TestHub.Province, Hub.Parties, Hub.Parties.ScopeOf(system));
    }

    private static async Task<IReadOnlyList<MailboxItem>> WaitingAsync(IExchangeStore store, EdocCaller caller) =>
        (await store.ListMailboxAsync(caller.Scope, new MailboxQuery(MessageKind.Status, null, Limit: 1000), default)).Items;

    private async Task<string> ListAsync(EdocCaller caller, IPackageStore packages, params object[] others)
    {
        var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        var message = await SoapMessage.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes($"<e:Envelope xmlns:e='{Message.Soap11}'><e:Body/></e:Envelope>")), SoapLimits.Default, default);
        using var request = new SoapRequest(message, null, null);
        var operation = new EdocSoapOperation("GetTraces", [], "M.GetTraces", IsSubmission: false, _ => Task.CompletedTask);
        var traces = ActivatorUtilities.CreateInstance<EdocSoapTraces>(Hub.Hub.Services, [packages, .. others]);
        await traces.ListAsync(new EdocSoapCall(http, operation, request, null!, caller, null, ""));
        return Encoding.UTF8.GetString(body.ToArray());
    }

    /// <summary>A store in which every package reads so, or is missing.</summary>
    private sealed class Held(string? content) : IPackageStore
    {
        public IStagedPackage Stage(long? announcedLength) => throw new NotSupportedException();

        public ValueTask<Stream?> OpenAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Stream?>(content is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(content)));
    }
}
