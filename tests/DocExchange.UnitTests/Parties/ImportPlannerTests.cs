using DocExchange.Core.Parties;
using DocExchange.Core.Parties.Import;
using DocExchange.Core.Routing;

namespace DocExchange.UnitTests.Parties;

/// <summary>What a file changes is told before anything changes, field by field, and a wrong row by its line.</summary>
public sealed class ImportPlannerTests
{
    private static readonly DateTimeOffset Now = new(2025, 7, 1, 3, 0, 0, TimeSpan.Zero);

    private static readonly AgencyDirectory Directory = new(
    [
        new Agency(1, "H30", "UBND tỉnh Hậu Giang", null, AgencyKind.Local) { Aliases = ["000.00.00.H30"] },
        new Agency(2, "H30.12", "Sở Tư pháp", 1, AgencyKind.Local, Mail: "stp@haugiang.gov.vn", LockedSince: Now) { Aliases = ["000.00.12.H30"] },
        new Agency(3, "H30.13", "Sở Y tế", 1, AgencyKind.Local, ValidTo: Now.AddDays(-1)),
        new Agency(4, "G22", "Văn phòng Chính phủ", null, AgencyKind.External) { Axis = "national" },
    ]);

    [Fact]
    public void A_row_changes_only_the_columns_it_gives_and_is_told_field_by_field()
    {
        var difference = Plan(("code,name,mail", "H30.12,Sở Tư pháp tỉnh,"));

        var change = Assert.Single(difference.Changes);
        Assert.Equal(AgencyChangeKind.Changed, change.Kind);
        Assert.Equal([new FieldChange("name", "Sở Tư pháp", "Sở Tư pháp tỉnh"), new FieldChange("mail", "stp@haugiang.gov.vn", "")], change.Fields);
        Assert.Equal((Now, "H30"), (change.After.LockedSince, change.After.Parent));
    }

    [Fact]
    public void Rows_are_told_apart_as_added_ended_revived_changed_and_unchanged()
    {
        var difference = Plan(("code,name,parent,validTo,successor",
            "H30,UBND tỉnh Hậu Giang,,2025-07-01,H92|H92,UBND thành phố Cần Thơ,,,|H30.13,Sở Y tế,H30,,|H30.12,Sở Tư pháp,H30,,"));

        Assert.Empty(difference.Wrong);
        Assert.Equal([("H30", AgencyChangeKind.Ended), ("H92", AgencyChangeKind.Added), ("H30.13", AgencyChangeKind.Revived)], difference.Changes.Select(c => (c.After.Code, c.Kind)));
        Assert.Equal(1, difference.Unchanged);
        Assert.Equal(new FieldChange("validTo", "", "2025-07-01"), difference.Changes[0].Fields[0]);
    }

    [Fact]
    public void A_parent_comes_before_its_units_wherever_it_stands_in_the_file()
    {
        var difference = Plan(("code,name,parent", "A.1.1,Đội,A.1|A.1,Phòng,Z|Z,Sở,H30"));

        Assert.Equal(["Z", "A.1", "A.1.1"], difference.Changes.Select(c => c.After.Code));
    }

    [Theory]
    [InlineData("code,name", "H3 0,Sở", "code")]
    [InlineData("code,name", "H31,", "name")]
    [InlineData("code,name", "H31,=HYPERLINK()", "name")]
    [InlineData("code,mail", "H31,a@b.vn", "name")]
    [InlineData("code,name", "000.00.12.H30,Sở", "code")]
    [InlineData("code,name,parent", "H31,Sở,H99", "parent")]
    [InlineData("code,name,parent", "H31,Sở,H31", "parent")]
    [InlineData("code,parent", "H30,H30.12", "parent")]
    [InlineData("code,name,successor", "H31,Sở,H31", "successor")]
    [InlineData("code,name,aliases", "H31,Sở,000.00.12.H30", "aliases")]
    [InlineData("code,name,aliases", "H31,Sở,H30.12", "aliases")]
    [InlineData("code,name,route", "H31,Sở,axis:", "route")]
    [InlineData("code,name,kind", "H31,Sở,trong tỉnh", "kind")]
    [InlineData("code,name,validTo", "H31,Sở,32/13/2025", "validTo")]
    [InlineData("code,name,validFrom,validTo", "H31,Sở,2025-07-01,2025-07-01", "validTo")]
    [InlineData("code,name,mail", "H31,Sở,không có", "mail")]
    [InlineData("code,name,focalPoints", "H31,Sở,|Chánh văn phòng", "focalPoints")]
    public void A_wrong_row_is_named_by_line_and_column_in_both_languages(string header, string row, string field)
    {
        var difference = Plan((header, row));

        var wrong = Assert.Single(difference.Wrong);
        Assert.Equal((2, field), (wrong.Line, wrong.Field));
        Assert.NotEqual("", wrong.English);
        Assert.NotEqual("", wrong.Vietnamese);
        Assert.Empty(difference.Changes);
    }

    [Fact]
    public void What_stands_on_a_wrong_row_cannot_be_leant_on()
    {
        var difference = Plan(("code,name,parent", "A,Sở,H99|A.1,Phòng,A|A.1.1,Đội,A.1|B,Sở khác,H30|B,Sở khác nữa,H30"));

        Assert.Equal([2, 3, 4, 6], difference.Wrong.Select(w => w.Line));
        Assert.Equal("B", Assert.Single(difference.Changes).After.Code);
    }

    [Fact]
    public void An_alias_may_move_when_its_holder_gives_it_up_in_the_same_file()
    {
        var difference = Plan(("code,name,aliases", "H30.12,Sở Tư pháp,|H31,Sở mới,000.00.12.H30"));

        Assert.Empty(difference.Wrong);
        Assert.Equal(2, difference.Changes.Count);
    }

    [Fact]
    public void A_whole_list_ends_what_it_lacks_but_only_on_the_routes_it_speaks_of()
    {
        var difference = Plan(endMissing: true, ("code,name,route", "G12,Bộ Tài chính,axis:national"));

        Assert.Equal([("G12", AgencyChangeKind.Added), ("G22", AgencyChangeKind.Ended)], difference.Changes.Select(c => (c.After.Code, c.Kind)));
        Assert.Equal(Now, difference.Changes[1].After.ValidTo);
        Assert.Equal("external", difference.Changes[0].After.Kind);
        Assert.False(difference.EndsTooMany);
        Assert.Empty(Plan(("code,name,route", "G22,Văn phòng Chính phủ,axis:national")).Changes);
    }

    [Fact]
    public void A_file_that_would_end_more_than_a_tenth_is_taken_for_a_cut_off_one()
    {
        var many = new AgencyDirectory([.. Enumerable.Range(1, 100).Select(i => new Agency(i, $"H30.{i}", "Đơn vị", null, AgencyKind.Local))]);
        var planner = new ImportPlanner(many, endMissing: true, Now);
        for (var i = 1; i <= 89; i++) planner.Add(new ImportRow(i, [AgencyColumn.Code], [$"H30.{i}"]));

        var difference = planner.Finish();

        Assert.Equal((11, 100, true), (difference.Missing, difference.Compared, difference.EndsTooMany));
    }

    [Fact]
    public void The_fingerprint_of_a_difference_changes_with_the_file_and_with_the_directory()
    {
        var rows = ("code,name", "H30.12,Sở Tư pháp tỉnh");
        var first = Plan(rows).Fingerprint();
        var changed = Directory.With([Directory.Find("H30.12")! with { Changed = 99 }]);
        var planner = new ImportPlanner(changed, endMissing: false, Now);
        foreach (var row in Rows(rows)) planner.Add(row);

        Assert.Equal(first, Plan(rows).Fingerprint());
        Assert.NotEqual(first, planner.Finish().Fingerprint());
        Assert.NotEqual(first, Plan(("code,name", "H30.12,Sở Tư pháp khác")).Fingerprint());
    }

    private static DirectoryDifference Plan((string Header, string Rows) file) => Plan(false, file);

    private static DirectoryDifference Plan(bool endMissing, (string Header, string Rows) file)
    {
        var planner = new ImportPlanner(Directory, endMissing, Now);
        foreach (var row in Rows(file)) planner.Add(row);
        return planner.Finish();
    }

    private static IEnumerable<ImportRow> Rows((string Header, string Rows) file)
    {
        var columns = file.Header.Split(',').Select(c => AgencyColumn.Named(c)!).ToList();
        // A focal point's own bars stand in rows of their own.
        var rows = file.Header.Contains("focalPoints", StringComparison.Ordinal) ? [file.Rows] : file.Rows.Split('|');
        return rows.Select((row, i) => new ImportRow(i + 2, columns, row.Split(',')));
    }
}
