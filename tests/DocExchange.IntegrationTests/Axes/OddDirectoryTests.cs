using DocExchange.Axis.Protocol;
using DocExchange.Core.Alarms;
using DocExchange.Core.Parties;
using DocExchange.Sandbox.Axis;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>An axis' directory as it is in the field: cells that are nothing, a list without parents, a list that is once too short.</summary>
public sealed class OddDirectoryTests(JoinedHubFixture joined) : IClassFixture<JoinedHubFixture>
{
    [Fact]
    public async Task One_cell_that_is_nothing_costs_that_cell_and_neither_its_unit_nor_those_below_it()
    {
        var hub = await joined.BeginAsync(new AxisReadings());
        AxisOrgan[] odd =
        [
            new("G80", "Bộ thử thư (mẫu)", Mail: "a@x.vn, b@y.vn"), new("G81", "- Bộ thử tên (mẫu)"), new("G82", "Bộ thử mã cũ (mẫu)", "không có mã"),
            new("G83", "Bộ thử trùng một (mẫu)", "000.00.00.G98"), new("G84", "Bộ thử trùng hai (mẫu)", "000.00.00.G98"), new("G85", new string('x', 600), Mail: "không có"),
        ];
        foreach (var organ in odd)
        {
            hub.Axis.Register(organ);
            hub.Axis.Register(new AxisOrgan($"{organ.Code}.01", $"Cục của {organ.Code} (mẫu)", null, organ.Code, "c@z.vn"));
        }
        hub.Axis.Register(new AxisOrgan("mã sai", "Bộ thử mã (mẫu)"));
        hub.Axis.Register(new AxisOrgan("G86", "Cục dưới mã sai (mẫu)", null, "mã sai"));

        Assert.True(await RunAsync(hub, VxpOperations.GetAgenciesList));

        Assert.All(odd, organ => Assert.Equal(hub.Province.Agency(organ.Code)?.Id, hub.Province.Agency($"{organ.Code}.01")?.ParentId));
        Assert.All(odd, organ => Assert.NotNull(hub.Province.Agency(organ.Code)));
        Assert.Equal("c@z.vn", hub.Province.Agency("G80.01").Mail);
        Assert.Equal("Bộ thử tên (mẫu)", hub.Province.Agency("G81").Name);
        Assert.Contains("6 values", Told(hub), StringComparison.Ordinal);
        Assert.Contains("G80: mail", Told(hub), StringComparison.Ordinal);
        Assert.Null(hub.Province.Agency("G86").ParentId);
        Assert.Contains("1 entries of its directory cannot be used, the first: mã sai: code", Told(hub), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_without_parents_leaves_the_parents_as_they_are()
    {
        var hub = await joined.BeginAsync(new AxisReadings());
        Assert.True(await hub.Connection.Directory.RunAsync(default));
        var parent = hub.Province.Agency("H17.22.28").ParentId;
        Assert.NotNull(parent);

        Assert.True(await RunAsync(hub, VxpOperations.GetAgenciesListQD20));

        Assert.Equal(parent, hub.Province.Agency("H17.22.28").ParentId);
    }

    [Fact]
    public async Task An_entry_ends_when_two_lists_in_a_row_lack_it()
    {
        var hub = await joined.BeginAsync(new AxisReadings());
        hub.Axis.Units = new UnitSettings(300);
        Assert.True(await hub.Connection.Directory.RunAsync(default));

        hub.Axis.Units = new UnitSettings(285);
        Assert.True(await hub.Connection.Directory.RunAsync(default));
        Assert.Equal(300, InForce(hub.Province.Parties));
        Assert.Contains("15 entries are missing for the first time", Told(hub), StringComparison.Ordinal);

        Assert.True(await hub.Connection.Directory.RunAsync(default));
        Assert.Equal(285, InForce(hub.Province.Parties));
    }

    /// <summary>Of those the sandbox generates.</summary>
    private static int InForce(PartyBook book) => book.Directory.All.Count(agency => agency.Code[0] == 'T' && agency.ValidTo is null);

    private static async Task<bool> RunAsync(JoinedHub hub, string list)
    {
        hub.Connection.Link.Settings.DirectoryList = list;
        var isDone = await hub.Connection.Directory.RunAsync(default);
        hub.Connection.Link.Settings.DirectoryList = VxpOperations.GetSynchronizeUnit;
        return isDone;
    }

    private static string Told(JoinedHub hub) => hub.Province.Hub.Store.Alarms.All.Single(a => a.Kind == AlarmKind.AxisDiffers).Detail ?? "";
}
