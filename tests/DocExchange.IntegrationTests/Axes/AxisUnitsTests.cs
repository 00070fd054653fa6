using System.Net;
using DocExchange.Client;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox.Axis.Faults;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>An operator makes units of the province known at the axis and takes them out again.</summary>
public sealed class AxisUnitsTests
{
    private const string NewUnit = "H30.14";

    [Fact]
    public async Task A_unit_is_registered_and_deleted_as_often_as_one_asks_with_evidence_and_can_be_written_to_meanwhile()
    {
        await using var hub = await JoinedHub.StartAsync();
        var client = await OperatorAsync(hub);
        Assert.DoesNotContain(await CodesAsync(hub), code => code == NewUnit);

        await client.RegisterAtAxisAsync(AxisPair.AxisName, NewUnit);
        await client.RegisterAtAxisAsync(AxisPair.AxisName, "000.00.14.H30");
        Assert.Single(await CodesAsync(hub), code => code == NewUnit);
        await hub.Axis.DeliverAsync(new Sandbox.Axis.Correspondents.SampleLetter("G22", NewUnit));

        await client.DeleteAtAxisAsync(AxisPair.AxisName, NewUnit);
        await client.DeleteAtAxisAsync(AxisPair.AxisName, NewUnit);
        Assert.DoesNotContain(await CodesAsync(hub), code => code == NewUnit);

        var told = hub.Province.Entries().Where(e => e.Event is EvidenceEvents.AxisUnitRegistered or EvidenceEvents.AxisUnitDeleted).ToList();
        Assert.Equal(4, told.Count);
        Assert.All(told, e => Assert.Equal(($"{NewUnit} at national", true), (e.Detail, e.Actor!.StartsWith("account ", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task What_the_axis_refuses_or_does_not_answer_is_said_in_words_and_leaves_no_evidence()
    {
        await using var hub = await JoinedHub.StartAsync();
        var client = await OperatorAsync(hub);
        hub.Axis.Faults.Set(new AxisFault(FaultKind.Refuse) { Operation = "registerAgency", Times = 1, Code = 19 });

        var refused = await Assert.ThrowsAsync<HubRefusedException>(() => client.RegisterAtAxisAsync(AxisPair.AxisName, NewUnit));
        hub.Axis.Faults.Set(new AxisFault(FaultKind.Drop) { Operation = "registerAgency", Times = 1 });
        var silent = await Assert.ThrowsAsync<HubRefusedException>(() => client.RegisterAtAxisAsync(AxisPair.AxisName, NewUnit));
        var foreign = await Assert.ThrowsAsync<HubRefusedException>(() => client.RegisterAtAxisAsync(AxisPair.AxisName, "G22"));
        var root = await Assert.ThrowsAsync<HubRefusedException>(() => client.RegisterAtAxisAsync(AxisPair.AxisName, "H30"));
        var unknown = await Assert.ThrowsAsync<HubRefusedException>(() => client.RegisterAtAxisAsync("nowhere", NewUnit));

        Assert.Contains("code 19", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["DX-0071", "DX-0073", "DX-0072", "DX-0072", "DX-0074"], new[] { refused, silent, foreign, root, unknown }.Select(refusal => refusal.Problem.Code));
        Assert.DoesNotContain(hub.Province.Entries(), e => e.Event == EvidenceEvents.AxisUnitRegistered);
    }

    private static async Task<IReadOnlyList<string>> CodesAsync(JoinedHub hub) => [.. (await hub.Line.NorthClient.AgenciesAsync()).Value!.Select(a => a.Code)];

    private static async Task<HubClient> OperatorAsync(JoinedHub hub)
    {
        await hub.Province.PartyStore.SaveAgencyAsync(new Agency(0, NewUnit, "Sở mới (mẫu)", hub.Province.Agency("H30").Id, AgencyKind.Local) { Aliases = ["000.00.14.H30"] }, "test", default);
        await hub.Province.PartyStore.SaveAccountAsync(new Account(0, "van-hanh", PasswordHash.Make("mat-khau-mau"), Role.Operator, null), "test", default);
        return HubClient.ForOperator(hub.Province.Http, hub.Province.Address, "van-hanh", "mat-khau-mau");
    }
}
