using System.IO.Pipelines;
using System.Text;
using DocExchange.Core.Parties;
using DocExchange.Core.Parties.Import;
using DocExchange.Core.Routing;
using DocExchange.Hub.Agencies;
using DocExchange.UnitTests.Architecture;

namespace DocExchange.UnitTests.Parties;

/// <summary>Files as offices make them: spreadsheets with a mark and semicolons, broken lines, cut-off arrays.</summary>
public sealed class AgencyFileTests
{
    private static readonly AgencyDirectory Full = new(
    [
        new Agency(1, "H30", "UBND tỉnh \"Hậu Giang\", mới", null, AgencyKind.Local) { Aliases = ["000.00.00.H30", "H30X"] },
        new Agency(2, "H30.12", "Sở Tư pháp", 1, AgencyKind.Local, DateTimeOffset.UnixEpoch, new DateTimeOffset(2025, 6, 30, 17, 0, 0, TimeSpan.Zero), 1,
            new DateTimeOffset(2025, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), "stp@haugiang.gov.vn", true)
        {
            FocalPoints = [new FocalPoint("Nguyễn Văn A", "Chánh Văn phòng", "a@haugiang.gov.vn", "0293 000 000"), new FocalPoint("Bà B", null, null, "113")],
        },
        new Agency(3, "G22", "Văn phòng Chính phủ", null, AgencyKind.External) { Axis = "national" },
    ]);

    [Theory]
    [InlineData(AgencyFileFormat.Csv)]
    [InlineData(AgencyFileFormat.Json)]
    [InlineData(AgencyFileFormat.JsonLines)]
    internal async Task What_is_exported_can_be_imported_again_and_changes_nothing_here_and_makes_the_same_elsewhere(AgencyFileFormat format)
    {
        var stream = new MemoryStream();
        await AgencyFileWriter.WriteAsync(PipeWriter.Create(stream), Full, format, default);
        var file = stream.ToArray();

        var here = Plan(Full, await ReadAsync(file, format));
        Assert.Empty(here.Wrong);
        Assert.Empty(here.Changes);
        Assert.Equal(3, here.Unchanged);

        var elsewhere = Plan(AgencyDirectory.Empty, await ReadAsync(file, format));
        Assert.Empty(elsewhere.Wrong);
        Assert.Equal(3, elsewhere.Count(AgencyChangeKind.Added));
        foreach (var change in elsewhere.Changes)
        {
            var original = AgencyEntry.Of(Full.Find(change.After.Code)!, Full);
            Assert.All(AgencyColumn.All, column => Assert.Equal(column.Text(original), column.Text(change.After)));
        }
    }

    [Theory]
    [InlineData("code;name;aliases\r\nH30;\"UBND; tỉnh\";A1 A2\r\n", "UBND; tỉnh")]
    [InlineData("\uFEFFcode,name\nH30,\"UBND\n\"\"tỉnh\"\"\"\n", "UBND\n\"tỉnh\"")]
    [InlineData("CODE\tName\nH30\tUBND tỉnh", "UBND tỉnh")]
    [InlineData("name,code\n\n\nUBND tỉnh,H30\n\n", "UBND tỉnh")]
    public async Task A_csv_file_is_read_whatever_wrote_it(string file, string name)
    {
        var row = Assert.Single(await ReadAsync(Encoding.UTF8.GetBytes(file), AgencyFileFormat.Csv));

        Assert.Null(row.Problem);
        Assert.Equal(name, row.Cells[row.Columns.ToList().FindIndex(c => c.Name == "name")]);
    }

    [Theory]
    [InlineData("code,name\nH30,Một\nH31\nH32,Ba,thừa\nH33,\"Bốn\"x\nH34,Năm\n", "3 4 5")]
    [InlineData("code,ten\nH30,Một\n", "1")]
    [InlineData("name,mail\nMột,a@b.vn\n", "1")]
    [InlineData("code,name,code\nH30,Một,H30\n", "1")]
    [InlineData("", "1")]
    public async Task Broken_rows_of_a_csv_file_are_named_by_line_and_do_not_hide_the_others(string file, string wrong)
    {
        var rows = await ReadAsync(Encoding.UTF8.GetBytes(file), AgencyFileFormat.Csv);

        Assert.Equal(wrong, string.Join(' ', rows.Where(r => r.Problem is not null).Select(r => r.Line)));
        if (wrong == "3 4 5") Assert.Equal([2, 6], rows.Where(r => r.Problem is null).Select(r => r.Line));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("+84 1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    public async Task What_a_spreadsheet_would_run_is_quoted_and_read_back_as_it_was(string name)
    {
        var directory = new AgencyDirectory([new Agency(1, "H30", name, null, AgencyKind.Local)]);
        using var written = new MemoryStream();
        await AgencyFileWriter.WriteAsync(PipeWriter.Create(written), directory, AgencyFileFormat.Csv, default);

        Assert.Contains("'" + name[0], Encoding.UTF8.GetString(written.ToArray()), StringComparison.Ordinal);
        var row = Assert.Single(await ReadAsync(written.ToArray(), AgencyFileFormat.Csv));
        Assert.Equal(name, row.Cells[row.Columns.ToList().FindIndex(c => c.Name == "name")]);
    }

    [Fact]
    public async Task A_csv_file_in_another_encoding_is_not_read_as_wrong_letters()
    {
        var rows = await ReadAsync([.. "code,name\nH30,S"u8, 0xD2, .. " T"u8], AgencyFileFormat.Csv);

        Assert.Contains(rows, r => r.Problem is { } problem && problem.English.Contains("UTF-8", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"code":"A","name":"x"}{NL}not json{NL}{"code":"B","name":"y","phone":"1"}{NL}{NL}{"code":"C","name":"z"}""", "1 5", "2 3")]
    [InlineData("""[{NL}{"code":"A","name":"} ] \" {"},{NL}{"code":"B",{NL}"name":"y"},{"code":7,"aliases":{}}{NL}]""", "2 3", "4")]
    [InlineData("""[{"code":"A","name":"x"},{NL}{"code":"B","na""", "1", "2")]
    [InlineData("""[{"code":"A","name":"x"}""", "1", "1")]
    [InlineData("[]", "", "")]
    [InlineData("", "", "")]
    public async Task Entries_of_a_json_file_are_cut_apart_and_wrong_ones_named_by_line(string file, string right, string wrong)
    {
        var rows = await ReadAsync(Encoding.UTF8.GetBytes(file.Replace("{NL}", "\n", StringComparison.Ordinal)), AgencyFileFormat.Json);

        Assert.Equal(right, string.Join(' ', rows.Where(r => r.Problem is null).Select(r => r.Line)));
        Assert.Equal(wrong, string.Join(' ', rows.Where(r => r.Problem is not null).Select(r => r.Line)));
    }

    [Theory]
    [InlineData("sample.csv")]
    [InlineData("sample.jsonl")]
    public async Task The_samples_can_be_imported(string name)
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "schemas", "directory", name));

        var difference = Plan(AgencyDirectory.Empty, await ReadAsync(file, AgencyFile.FormatOf(Path.GetExtension(name)[1..])!.Value));

        Assert.Empty(difference.Wrong);
        Assert.Equal(4, difference.Changes.Count);
    }

    [Fact]
    public async Task Every_column_stands_in_the_page_about_files()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "directory.md"));

        Assert.All(AgencyColumn.All, column => Assert.Contains($"`{column.Name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_entry_without_end_is_given_up_and_not_collected_for_ever()
    {
        var rows = await ReadAsync(Encoding.UTF8.GetBytes("[{\"code\":\"" + new string('A', 1_000_000)), AgencyFileFormat.Json);

        Assert.Contains("64 kB", Assert.Single(rows).Problem!.English, StringComparison.Ordinal);
    }

    private static DirectoryDifference Plan(AgencyDirectory directory, IEnumerable<ImportRow> rows)
    {
        var planner = new ImportPlanner(directory, endMissing: true, DateTimeOffset.UnixEpoch);
        foreach (var row in rows) planner.Add(row);
        return planner.Finish();
    }

    private static async Task<List<ImportRow>> ReadAsync(byte[] file, AgencyFileFormat format)
    {
        var rows = new List<ImportRow>();
        await foreach (var row in AgencyFile.ReadAsync(new MemoryStream(file), format, default)) rows.Add(row);
        return rows;
    }
}
