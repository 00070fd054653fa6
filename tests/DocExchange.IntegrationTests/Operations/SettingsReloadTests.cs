using System.Reflection;
using System.Text;
using System.Text.Json;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Hub.Axes;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocExchange.IntegrationTests.Operations;

/// <summary>An operator changes a limit while everybody works; a mistake in the file changes nothing.</summary>
public sealed class SettingsReloadTests : IAsyncLifetime
{
    private HubOptions _next = new();
    private TestHub _hub = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync(source: () => _next);
        await _hub.PartyStore.SaveAccountAsync(new Account(0, "so-do", PasswordHash.Make("mat-khau-mau"), Role.Operator, null), "test", default);
    }

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task A_changed_limit_holds_from_the_next_call_and_is_evidence()
    {
        _next = Like(options => (options.RequestsPerSecond, options.RequestBurst) = (1, 3));

        var answer = (await ReloadAsync()).Is(200).Json;

        Assert.Equal(["RequestsPerSecond 0 -> 1", "RequestBurst 100 -> 3"], answer.GetProperty("changed").EnumerateArray().Select(c => c.GetString()));
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _hub.GetAsync("inbox", TestHub.Province)));
        Assert.Contains(replies, r => r.Status == 429);
        var entry = await NewestEventAsync();
        Assert.Equal((EvidenceEvents.SettingsChanged, "RequestBurst RequestsPerSecond"), (entry.Event, entry.Detail));
        Assert.StartsWith("account ", entry.Actor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_value_is_refused_with_a_sentence_and_nothing_of_the_file_is_taken()
    {
        _next = Like(options => (options.MailboxListLimit, options.RequestsPerSecond) = (500, -1));

        var refused = (await ReloadAsync()).Refuses(422, "DX-0019");

        Assert.Contains("RequestsPerSecond is \"-1\"", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal((1000, 0), (_hub.Hub.Options.MailboxListLimit, _hub.Hub.Options.RequestsPerSecond));
    }

    [Fact]
    public async Task What_cannot_change_under_way_is_named_and_stays_until_the_next_start()
    {
        _next = Like(options => options.MaxPackageMegabytes = 50);

        var answer = (await ReloadAsync()).Is(200).Json;

        Assert.Empty(answer.GetProperty("changed").EnumerateArray());
        Assert.Equal("MaxPackageMegabytes 100 -> 50", Assert.Single(answer.GetProperty("atNextStart").EnumerateArray()).GetString());
        Assert.Equal(100, _hub.Hub.Options.MaxPackageMegabytes);
    }

    [Fact]
    public async Task Only_an_operator_may_ask_for_it() =>
        (await _hub.RestAsync(HttpMethod.Post, "settings/reload", TestHub.Province, null)).Is(401);

    [Fact]
    public async Task Nothing_acts_that_is_no_evidence_and_the_next_reload_still_finds_the_difference()
    {
        var services = _hub.Hub.Services;
        var log = DispatchProxy.Create<ILogStore, RefusingLog>();
        using var rates = new CallRates(_hub.Hub.Options);
        using var reload = new SettingsReload(_hub.Hub.Options, new SettingsSource(() => Like(options => (options.MailboxListLimit, options.RequestsPerSecond) = (500, 1))), rates,
            services.GetRequiredService<AxisConnections>(), log, NullLogger<SettingsReload>.Instance);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => reload.RunAsync("account 1", default));
        Assert.Equal((1000, 0), (_hub.Hub.Options.MailboxListLimit, _hub.Hub.Options.RequestsPerSecond));

        ((RefusingLog)(object)log).Well = services.GetRequiredService<ILogStore>();
        Assert.Equal(["MailboxListLimit 1000 -> 500", "RequestsPerSecond 0 -> 1"], (await reload.RunAsync("account 1", default)).Changed);
        Assert.Equal((500, 1), (_hub.Hub.Options.MailboxListLimit, _hub.Hub.Options.RequestsPerSecond));
        var entry = await NewestEventAsync();
        Assert.Equal((EvidenceEvents.SettingsChanged, "MailboxListLimit RequestsPerSecond"), (entry.Event, entry.Detail));
    }

    private HubOptions Like(Action<HubOptions> change)
    {
        var options = new HubOptions { Data = _hub.Folder, Port = 0 };
        change(options);
        return options;
    }

    private Task<RestReply> ReloadAsync() => _hub.RestAsync(HttpMethod.Post, "settings/reload", null, null,
        ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("so-do:mat-khau-mau"))));

    private Task<EvidenceEntry> NewestEventAsync() => _hub.Hub.Store.Writer.RunAsync(session =>
    {
        var statement = session.Prepare("SELECT entry FROM log ORDER BY idx DESC LIMIT 1");
        statement.Step();
        var entry = EvidenceEntry.TryParse(statement.Span(0))!;
        statement.Reset();
        return entry;
    });

    public class RefusingLog : DispatchProxy
    {
        public ILogStore? Well { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            Well is null ? throw new StoreUnavailableException("full") : targetMethod!.Invoke(Well, args);
    }
}
