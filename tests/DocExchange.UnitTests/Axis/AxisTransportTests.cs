using DocExchange.Axis.Connector;
using DocExchange.Core.Alarms;
using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Ports;
using Xunit;

namespace DocExchange.UnitTests.Axis;

public sealed class AxisTransportTests
{
    [Fact]
    public async Task A_copy_that_this_hubs_disk_does_not_give_is_tried_again_and_is_no_outage_of_the_axis()
    {
        var keys = Directory.CreateTempSubdirectory("docexchange-keys-");
        await File.WriteAllTextAsync(Path.Combine(keys.FullName, "axis-national.secret"), "a secret");
        using var link = new AxisLink("national", new AxisSettings { Address = "http://127.0.0.1:9/", SystemId = "H30" }, keys.FullName, new AlarmBoard(new NoAlarms(), TimeProvider.System), TimeProvider.System);
        var call = new RelayCall(1, 1, "d", MessageKind.Document, 4, new RelayCopy(new byte[32], "H30"), [new RelayRecipient(0, "G22")], 1, false, default) { DocumentId = null, Subject = "", Code = "", HasOwnId = false };

        var outcome = await new AxisTransport(link, new BadDisk(), TimeProvider.System).SendAsync(call, default);

        keys.Delete(recursive: true);
        Assert.IsType<DeliveryOutcome.Transient>(outcome);
        Assert.False(outcome.IsOutage);
    }

    private sealed class BadDisk : IPackageStore
    {
        public IStagedPackage Stage(long? announcedLength) => throw new NotSupportedException();

        public ValueTask<Stream?> OpenAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken) => throw new IOException("a bad sector");
    }

    private sealed class NoAlarms : IAlarmStore
    {
        public ValueTask<IReadOnlyList<Alarm>> LoadAlarmsAsync(CancellationToken cancellationToken) => new([]);

        public Task SaveAlarmAsync(Alarm alarm, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task AcknowledgeAlarmAsync(Alarm alarm, string actor, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
