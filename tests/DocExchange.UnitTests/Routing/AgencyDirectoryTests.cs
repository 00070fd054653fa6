using DocExchange.Core.Parties;
using DocExchange.Core.Routing;

namespace DocExchange.UnitTests.Routing;

/// <summary>A directory that grew by changes answers as one that was made at once: otherwise an agency is found today and lost after a restart.</summary>
public sealed class AgencyDirectoryTests
{
    [Fact]
    public void However_a_directory_came_about_it_answers_the_same()
    {
        var random = new Random(20_250_701);
        var agencies = Enumerable.Range(1, 300).ToDictionary(i => (long)i, i => Make(i, random));
        var grown = new AgencyDirectory(agencies.Values);
        for (var round = 0; round < 60; round++)
        {
            // Large rounds settle everything anew, small ones pile up.
            var changed = Enumerable.Range(0, round % 20 == 19 ? 1100 : 7).Select(_ => Make(random.Next(1, 1500), random)).DistinctBy(a => a.Id).ToList();
            foreach (var agency in changed) agencies[agency.Id] = agency;
            grown = grown.With(changed);
        }
        var made = new AgencyDirectory(agencies.Values);

        Assert.Equal(made.Count, grown.Count);
        Assert.Equal(made.All.Select(a => a.Id), grown.All.Select(a => a.Id));
        Assert.Equal(made.After("H30.0700").Take(50).Select(a => a.Name), grown.After("H30.0700").Take(50).Select(a => a.Name));
        for (var i = 1; i < 1600; i++)
        {
            Assert.Same(made.Find((long)i), grown.Find((long)i));
            Assert.Same(made.Find(Code(i)), grown.Find(Code(i)));
            Assert.Same(made.Find(Alias(i)), grown.Find(Alias(i)));
        }
        Assert.Equal(made.TreeOf(1).Order(), grown.TreeOf(1).Order());
        foreach (var text in new[] { "so", "y te 7", "H30.01", "phong hanh", Alias(40), "không có" })
        {
            Assert.Equal(made.Search(text, 25).Select(a => a.Id), grown.Search(text, 25).Select(a => a.Id));
        }
    }

    [Fact]
    public void Names_are_found_without_marks_by_beginnings_of_words_short_ones_and_those_in_force_first()
    {
        var directory = new AgencyDirectory(
        [
            new Agency(1, "H30.12", "Sở Tư pháp tỉnh Hậu Giang", null, AgencyKind.Local),
            new Agency(2, "H30.13", "Phòng Tư pháp – Đề án 06", null, AgencyKind.Local),
            new Agency(3, "H29.12", "Sở Tư pháp", null, AgencyKind.Local, ValidTo: DateTimeOffset.UnixEpoch),
        ]);

        Assert.Equal(["H30.13", "H30.12", "H29.12"], Codes("tu phap"));
        Assert.Equal(["H30.12", "H29.12"], Codes("SO TU PH"));
        Assert.Equal(["H30.13"], Codes("đề án"));
        Assert.Equal(["H30.13"], Codes("de an 06"));
        Assert.Equal(["H30.12", "H30.13"], Codes("h30.1"));
        Assert.Empty(Codes("tu phap kien giang"));
        Assert.Empty(Codes("   "));

        string[] Codes(string text) => [.. directory.Search(text, 10).Select(a => a.Code)];
    }

    [Fact]
    public void An_agency_that_went_behind_an_axis_or_back_has_moved_with_its_units()
    {
        var unit = new Agency(2, "H30.12.01", "Phòng", 1, AgencyKind.Local);
        var local = new AgencyDirectory([new Agency(1, "H30.12", "Sở", null, AgencyKind.Local), unit]);

        var behind = local.With([new Agency(1, "H30.12", "Sở", null, AgencyKind.External) { Axis = "national" }]);

        Assert.Equal([1L], behind.MovedSince(local));
        Assert.Equal([1L], behind.With([new Agency(1, "H30.12", "Sở", null, AgencyKind.Local)]).MovedSince(behind));
        Assert.Empty(behind.With([unit]).MovedSince(behind));
    }

    [Fact]
    public void A_code_in_use_wins_over_somebody_elses_alias_and_an_alias_that_was_given_up_finds_nobody()
    {
        var directory = new AgencyDirectory([Agency(1, "A1", "B2", "OLD"), Agency(2, "C3")]);
        Assert.Equal(1, directory.Find("B2")!.Id);

        directory = directory.With([Agency(3, "B2")]).With([Agency(2, "C3", "OLD")]).With([Agency(1, "A1", "B2")]);

        Assert.Equal(3, directory.Find("b2")!.Id);
        Assert.Equal(2, directory.Find("OLD")!.Id);
        Assert.Null(directory.With([Agency(2, "C3")]).Find("OLD"));
    }

    private static Agency Agency(long id, string code, params string[] aliases) => new(id, code, "Cơ quan " + code, null, AgencyKind.Local) { Aliases = aliases };

    private static Agency Make(int id, Random random) => new(id, Code(id), $"{(random.Next(2) == 0 ? "Sở Y tế" : "Phòng Hành chính")} {random.Next(20)}",
        id > 3 && random.Next(3) > 0 ? random.Next(1, id) : null, AgencyKind.Local, ValidTo: random.Next(5) == 0 ? DateTimeOffset.UnixEpoch : null)
    {
        Aliases = random.Next(2) == 0 ? [Alias(id)] : [],
    };

    private static string Code(int id) => $"H30.{id:0000}";

    private static string Alias(int id) => $"000.{id:0000}.H30";
}
