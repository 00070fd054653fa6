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
using Microsoft.AspNetCore.Http.Features;
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
    public async Task A_status_in_an_answer_that_nobody_received_stays_on_the_list()
    {
        var number = (await Hub.SoapSendAsync(new Message())).Ok().DocumentId;
        (await Hub.SoapConfirmAsync(TestHub.Department, number)).Ok();
        var store = Hub.Hub.Services.GetRequiredService<IExchangeStore>();
        var before = await WaitingAsync(store, Caller());
        using var gone = new CancellationTokenSource();

        await ListAsync(Caller(), Hub.Hub.Services.GetRequiredService<IPackageStore>(), new LostLine(gone), []);

        Assert.Equal(before.Select(i => i.ItemId), (await WaitingAsync(store, Caller())).Select(i => i.ItemId));
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
        using var stays = new CancellationTokenSource();
        return await ListAsync(caller, packages, new LostLine(stays) { IsLost = false }, others);
    }

    private async Task<string> ListAsync(EdocCaller caller, IPackageStore packages, LostLine line, object[] others)
    {
        var http = new DefaultHttpContext { RequestAborted = line.Gone };
        http.Features.Set<IHttpResponseBodyFeature>(line);
        var message = await SoapMessage.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes($"<e:Envelope xmlns:e='{Message.Soap11}'><e:Body/></e:Envelope>")), SoapLimits.Default, default);
        using var request = new SoapRequest(message, null, null);
        var operation = new EdocSoapOperation("GetTraces", [], "M.GetTraces", IsSubmission: false, _ => Task.CompletedTask);
        var traces = ActivatorUtilities.CreateInstance<EdocSoapTraces>(Hub.Hub.Services, [packages, .. others]);
        await traces.ListAsync(new EdocSoapCall(http, operation, request, null!, caller, null, ""));
        return line.Text;
    }

    /// <summary>The caller goes while the end of the answer is on its way: the server then ends it without a fault.</summary>
    private sealed class LostLine(CancellationTokenSource gone) : StreamResponseBodyFeature(new MemoryStream())
    {
        public CancellationToken Gone => gone.Token;

        public bool IsLost { get; init; } = true;

        public string Text => Encoding.UTF8.GetString(((MemoryStream)Stream).ToArray());

        public override Task CompleteAsync() => IsLost ? gone.CancelAsync() : base.CompleteAsync();
    }

    /// <summary>A store in which every package reads so, or is missing.</summary>
    private sealed class Held(string? content) : IPackageStore
    {
        public IStagedPackage Stage(long? announcedLength) => throw new NotSupportedException();

        public ValueTask<Stream?> OpenAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Stream?>(content is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(content)));
    }
}
