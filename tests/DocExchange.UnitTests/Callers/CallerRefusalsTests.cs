using System.Reflection;
using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;
using DocExchange.Hub.Operations;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocExchange.UnitTests.Callers;

/// <summary>Whoever has many addresses must not be able to fill the log with leaves.</summary>
public sealed class CallerRefusalsTests
{
    private readonly Leaves _leaves;
    private readonly Clock _clock = new();
    private readonly CallerRefusals _refusals;

    public CallerRefusalsTests()
    {
        var store = DispatchProxy.Create<IExchangeStore, Leaves>();
        _leaves = (Leaves)(object)store;
        _refusals = new CallerRefusals(store, new AlarmBoard(new NoAlarms(), _clock), _clock, NullLogger<CallerRefusals>.Instance);
    }

    [Fact]
    public void Addresses_of_one_IPv6_network_are_one_leaf()
    {
        for (var i = 0; i < 300; i++) _refusals.Count($"2001:db8:0:7:{i:x}::{i:x}", "DX-0001");

        Assert.Equal(["2001:db8:0:7::/64"], _leaves.Details);
    }

    [Fact]
    public void Of_many_networks_in_a_minute_a_hundred_are_told_apart_and_the_rest_is_one_leaf()
    {
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 300; i++) _refusals.Count($"2001:db8:0:{i:x}::1", "DX-0001");
            for (var i = 0; i < 300; i++) _refusals.Count($"10.1.{i / 100}.{i % 100}", "DX-0001");
        }

        Assert.Equal(CallerRefusals.MostInAMinute + 1, _leaves.Details.Count);
        Assert.Equal("*", _leaves.Details[^1]);
    }

    [Fact]
    public void A_flood_of_others_does_not_make_an_address_new_and_the_next_minute_does()
    {
        _refusals.Count("10.0.0.1", "DX-0001");
        for (var i = 0; i < 20_000; i++) _refusals.Count($"2001:db8:{i:x}::1", "DX-0001");
        _refusals.Count("10.0.0.1", "DX-0001");
        Assert.Equal(1, _leaves.Details.Count(d => d == "10.0.0.1"));

        _clock.Now = _clock.Now.AddMinutes(1);
        _refusals.Count("10.0.0.1", "DX-0001");
        Assert.Equal(2, _leaves.Details.Count(d => d == "10.0.0.1"));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::1", "::1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    [InlineData("", "")]
    public void An_address_is_written_with_its_network(string address, string network) => Assert.Equal(network, CallerRefusals.NetworkOf(address));

    public class Leaves : DispatchProxy
    {
        public List<string?> Details { get; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Details.Add(((EvidenceEntry)args![0]!).Detail);
            return Task.CompletedTask;
        }
    }

    private sealed class NoAlarms : IAlarmStore
    {
        public ValueTask<IReadOnlyList<Alarm>> LoadAlarmsAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<Alarm>>([]);

        public Task SaveAlarmAsync(Alarm alarm, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task AcknowledgeAlarmAsync(Alarm alarm, string actor, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
