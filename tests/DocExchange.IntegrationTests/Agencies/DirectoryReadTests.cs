using System.Text;
using System.Text.Json;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;

namespace DocExchange.IntegrationTests.Agencies;

/// <summary>The directory as systems read it: pages without gaps, only what changed, any of an agency's codes, names without marks.</summary>
public sealed class DirectoryReadTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition_and_list_no_persons()
    {
        await Hub.ChangeAgencyAsync("H30.12", a => a with { FocalPoints = [new FocalPoint("Bà An", "Chánh Văn phòng", null, "0293")] });
        var codes = new List<string>();
        string? after = null;
        do
        {
            var page = (await Hub.GetAsync("directory?limit=5" + (after is null ? "" : "&after=" + after), TestHub.Province)).Is(200);
            Assert.DoesNotContain("Bà An", page.Text, StringComparison.Ordinal);
            codes.AddRange(page.Json.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("code").GetString()!));
            after = page.Json.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);

        Assert.Equal(Hub.Parties.Directory.All.Select(a => a.Code), codes);
        (await Hub.GetAsync("directory?limit=0", TestHub.Province)).Refuses(400, "DX-0012");
    }

    [Fact]
    public async Task A_reader_that_remembers_the_last_change_is_told_only_what_came_after_it()
    {
        var first = (await Hub.GetAsync("directory", TestHub.Province)).Is(200);
        var known = first.Json.GetProperty("lastChange").GetInt64();
        (await Hub.GetAsync("directory", TestHub.Province, ("If-None-Match", first.Headers.ETag!.ToString()))).Is(304);
        Assert.Empty((await Hub.GetAsync($"directory?changedAfter={known}", TestHub.Province)).Is(200).Json.GetProperty("entries").EnumerateArray());

        await Hub.ChangeAgencyAsync("G17", a => a with { Mail = "bxd@x.vn" });

        var changed = (await Hub.GetAsync($"directory?changedAfter={known}", TestHub.Province, ("If-None-Match", first.Headers.ETag!.ToString()))).Is(200).Json;
        Assert.Equal("G17", Assert.Single(changed.GetProperty("entries").EnumerateArray()).GetProperty("code").GetString());
        Assert.True(changed.GetProperty("lastChange").GetInt64() > known);
    }

    [Fact]
    public async Task An_agency_is_found_by_every_code_it_has_with_its_focal_points()
    {
        await Hub.ChangeAgencyAsync("H30.13", a => a with { FocalPoints = [new FocalPoint("Ông Bình")], Axis = null });

        var entry = (await Hub.GetAsync("directory/000.00.13.h30", TestHub.Province)).Is(200).Json;

        Assert.Equal(("H30.13", "H30", "local", "Ông Bình"), (entry.GetProperty("code").GetString(), entry.GetProperty("parent").GetString(), entry.GetProperty("route").GetString(),
            entry.GetProperty("focalPoints")[0].GetProperty("name").GetString()));
        (await Hub.GetAsync("directory/H30.4711", TestHub.Province)).Is(404);
        (await Hub.RestAsync(HttpMethod.Get, "directory/H30", null, null)).Is(401);
    }

    [Fact]
    public async Task Names_are_searched_without_marks()
    {
        var found = (await Hub.GetAsync("directory?name=tai+chinh", TestHub.Province)).Is(200).Json.GetProperty("entries");

        Assert.Equal("G12", Assert.Single(found.EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_axis_protocol_lists_versions_and_times_of_changes()
    {
        await Hub.ChangeAgencyAsync("H46", a => a with { Name = "UBND tỉnh Quảng Bình (mẫu, cũ)" });

        var units = (await Hub.CallAsync(VxpOperations.GetSynchronizeUnit, TestHub.Province, [])).Ok().WellFormed().Json.GetProperty("data");

        var unit = units.EnumerateArray().Single(u => u.GetProperty("code").GetString() == "H46");
        Assert.True(unit.GetProperty("version").GetInt32() > 1);
        Assert.NotEqual("", unit.GetProperty("modifyDate").GetString());
        Assert.Equal(Hub.Parties.Directory.Count, units.GetArrayLength());
    }
}
