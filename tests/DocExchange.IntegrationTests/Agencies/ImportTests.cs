using System.Text;
using System.Text.Json;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Hub.Agencies;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using DocExchange.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Agencies;

/// <summary>Files of agencies against a real hub: told before, applied whole, evidenced, repeatable.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private TestHub _hub = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync();
        await _hub.AddOperatorAsync();
    }

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task A_dry_run_tells_what_would_change_and_changes_nothing()
    {
        var before = _hub.Parties.Directory.LastChange;
        var report = (await _hub.ImportAsync("code,name,mail\nH30.12,Sở Tư pháp mới,stp@x.vn\nH30.99,Sở mới,\nH30.98,,\n", "?dryRun=true")).Is(200).Json;

        Assert.Equal((1, 1, 0, 0, 1), report.Counts());
        Assert.False(report.GetProperty("applied").GetBoolean());
        Assert.Equal("H30.98", report.GetProperty("wrong")[0].GetProperty("code").GetString());
        Assert.Equal(["name", "mail"], report.GetProperty("changes")[0].GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("field").GetString()));
        Assert.Equal(before, _hub.Parties.Directory.LastChange);
        Assert.Null(_hub.Parties.Directory.Find("H30.99"));
    }

    [Fact]
    public async Task Nothing_is_applied_when_a_row_is_wrong_unless_asked()
    {
        const string file = "code;name\nH30.99;Sở mới\nH30.98;\n";

        var refused = (await _hub.ImportAsync(file)).Refuses(422, "DX-0031").Json;
        Assert.Equal(3, refused.GetProperty("report").GetProperty("wrong")[0].GetProperty("line").GetInt32());
        Assert.Null(_hub.Parties.Directory.Find("H30.99"));

        Assert.True((await _hub.ImportAsync(file, "?wrong=skip")).Is(200).Json.GetProperty("applied").GetBoolean());
        Assert.NotNull(_hub.Parties.Directory.Find("H30.99"));
    }

    [Fact]
    public async Task A_large_file_is_applied_in_slices_with_evidence_of_each_survives_a_restart_and_repeated_changes_nothing()
    {
        var file = DirectoryCalls.Many(3000);
        var report = (await _hub.ImportAsync(file)).Is(200).Json;
        Assert.Equal((3050, 0, 0, 0, 0), report.Counts());

        var leaves = Leaves(report.GetProperty("import").GetString()!);
        Assert.Equal(2 + 48, leaves.Count);
        Assert.All(leaves, leaf => Assert.Equal(32, leaf.Digest!.Length));
        Assert.StartsWith("account ", leaves[0].Actor, StringComparison.Ordinal);
        Assert.Equal(leaves[0].Digest, leaves[^1].Digest);

        var unit = _hub.Parties.Directory.Find("000070.Q20")!;
        Assert.Equal(("Q20.70", "Q20", "national"), (unit.Code, _hub.Parties.Directory.Find(unit.ParentId!.Value)!.Code, unit.Axis));
        Assert.True(_hub.Parties.Directory.LastChange >= unit.Changed && unit.Changed > 0);

        var again = (await _hub.ImportAsync(file)).Is(200).Json;
        Assert.Equal((0, 0, 0, 3050, 0), again.Counts());

        var remembered = _hub.Parties.Directory.All.Select(a => (a.Id, a.Code, a.ParentId, a.Changed, a.Version, string.Join(' ', a.Aliases))).ToList();
        await _hub.PartyStore.LoadAsync(default);
        Assert.Equal(remembered, _hub.Parties.Directory.All.Select(a => (a.Id, a.Code, a.ParentId, a.Changed, a.Version, string.Join(' ', a.Aliases))));
    }

    [Fact]
    public async Task Parents_and_successors_may_be_new_and_point_to_each_other_across_slices()
    {
        // The old ministry passes to its own former unit, which is new, too, and stands in a later slice.
        var file = "code,name,parent,validTo,successor\nT,Bộ cũ,,2025-03-01,T.9\nT.9,Bộ mới,T,,\n" + string.Concat(Enumerable.Range(100, 200).Select(i => $"T.{i},Vụ {i},T,,\n"));
        (await _hub.ImportAsync(file)).Is(200);

        await _hub.PartyStore.LoadAsync(default);
        var directory = _hub.Parties.Directory;
        Assert.Equal("T.9", directory.SuccessorOf(directory.Find("T")!, DateTimeOffset.UtcNow)!.Code);
        Assert.Equal(202, directory.TreeOf(directory.Find("T")!.Id).Count);
    }

    [Fact]
    public async Task A_document_to_an_agency_that_an_import_ended_goes_to_its_successor_with_a_warning_and_an_old_code_still_finds_it()
    {
        (await _hub.ImportAsync("code,name,parent,aliases,validTo,successor\nH30.13,Sở Y tế (mẫu),H30,000.00.13.H30,2025-07-01,H30.12\n")).Is(200);

        var sent = (await _hub.SendAsync(new Letter { To = ["000.00.13.H30"] })).Ok();

        var track = await _hub.TrackAsync(sent.DocId);
        Assert.Equal("H30.12", Assert.Single(track.Deliveries).Agency);
    }

    [Fact]
    public async Task Items_that_wait_follow_a_unit_that_an_import_puts_below_another_agency()
    {
        var sent = (await _hub.SendAsync(new Letter { From = "G22", To = ["H30.12.05"] }, TestHub.Peer)).Ok();
        Assert.Contains(await _hub.ListAsync(TestHub.Department), item => item.DocId.StartsWith(sent.DocId, StringComparison.Ordinal));

        (await _hub.ImportAsync("code,parent\nH30.12.05,H30\n")).Is(200);

        Assert.Empty(await _hub.ListAsync(TestHub.Department));
        Assert.Contains(await _hub.ListAsync(TestHub.Province), item => item.DocId.StartsWith(sent.DocId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_whole_list_ends_what_it_lacks_and_refuses_to_end_too_much_unless_told()
    {
        (await _hub.ImportAsync(DirectoryCalls.Many(150))).Is(200);
        var local = _hub.Parties.Directory.All.Count(a => a.ValidTo is null && a.Axis is null);

        (await _hub.ImportAsync(DirectoryCalls.Many(100), "?missing=end")).Refuses(422, "DX-0032");
        var report = (await _hub.ImportAsync(DirectoryCalls.Many(100), "?missing=end&endMany=true")).Is(200).Json;

        Assert.Equal((0, 0, 50, 150, 0), report.Counts());
        Assert.NotNull(_hub.Parties.Directory.Find("Q01.101")!.ValidTo);
        Assert.Equal(local, _hub.Parties.Directory.All.Count(a => a.ValidTo is null && a.Axis is null));
    }

    [Fact]
    public async Task What_was_exported_is_taken_back_in_every_format_without_a_change()
    {
        (await _hub.ImportAsync("[{\"code\":\"H30.12\",\"focalPoints\":[{\"name\":\"Bà An\",\"role\":\"Chánh Văn phòng\",\"phone\":\"0293\"}],\"validFrom\":\"2020-01-01\"}]", type: "application/json")).Is(200);
        foreach (var (format, type) in new[] { ("csv", "text/csv"), ("json", "application/json"), ("jsonl", "application/x-ndjson") })
        {
            var file = (await _hub.OperatorAsync(HttpMethod.Get, "directory/export?format=" + format)).Is(200);
            Assert.Equal(type, file.ContentHeaders.ContentType!.MediaType);
            var report = (await _hub.ImportAsync(Encoding.UTF8.GetString(file.Body).TrimStart('\uFEFF'), "?missing=end", type)).Is(200).Json;
            Assert.Equal((0, 0, 0, 16, 0), report.Counts());
        }
    }

    [Fact]
    public async Task An_import_that_stopped_in_the_middle_is_finished_by_the_same_file()
    {
        var file = DirectoryCalls.Many(500);
        var whole = await CompareAsync(file);
        await _hub.PartyStore.ImportAsync(whole.Difference with { Changes = [.. whole.Difference.Changes.Take(200)] }, whole.Source, "test", default);

        Assert.Equal((350, 0, 0, 200, 0), (await _hub.ImportAsync(file)).Is(200).Json.Counts());
    }

    [Fact]
    public async Task What_somebody_changes_between_comparing_and_applying_is_left_alone_and_named()
    {
        var compared = await CompareAsync("code,name\nH30.12,Tên mới\nH30.13,Tên mới\nH30.55,Đơn vị\n");
        await _hub.ChangeAgencyAsync("H30.12", a => a with { Mail = "moi@x.vn" });
        await _hub.PartyStore.SaveAgencyAsync(new Agency(0, "H30.55", "Do người khác thêm", null, AgencyKind.Local), "test", default);

        var outcome = await _hub.PartyStore.ImportAsync(compared.Difference, compared.Source, "test", default);

        Assert.Equal(["H30.12", "H30.55"], outcome.Overtaken.Order());
        Assert.Equal(("Sở Tư pháp (mẫu)", "moi@x.vn"), (_hub.Agency("H30.12").Name, _hub.Agency("H30.12").Mail));
        Assert.Equal("Do người khác thêm", _hub.Agency("H30.55").Name);
        Assert.Equal("Tên mới", _hub.Agency("H30.13").Name);
    }

    [Fact]
    public async Task Only_operators_import_and_export_and_words_the_interface_does_not_know_are_refused()
    {
        (await _hub.RestAsync(HttpMethod.Post, "directory/import", TestHub.Province, new StringContent("code,name\n"))).Is(401);
        (await _hub.RestAsync(HttpMethod.Get, "directory/export", TestHub.Province, null)).Is(401);
        (await _hub.ImportAsync("code,name\n", "?missing=delete")).Refuses(400, "DX-0008");
        (await _hub.ImportAsync("code,name\n", type: "image/png")).Refuses(400, "DX-0012");
        (await _hub.ImportAsync("code,name\nH30.77,S\n")).Is(200);
    }

    private Task<ComparedFile> CompareAsync(string file) => _hub.Hub.Services.GetRequiredService<ImportDesk>()
        .CompareAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), AgencyFileFormat.Csv, new ImportWish(false, false, false), default);

    /// <summary>The entries of the log that this import wrote, in order.</summary>
    private List<EvidenceEntry> Leaves(string import)
    {
        using var database = Database.Open(Path.Combine(_hub.Folder, "store", "exchange.db"), readOnly: true);
        return [.. database.ReadAll("SELECT entry FROM log ORDER BY idx", row => EvidenceEntry.TryParse(row.Span(0))!).Where(e => e.Detail?.StartsWith("import " + import, StringComparison.Ordinal) == true)];
    }
}
