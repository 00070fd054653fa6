using DocExchange.IntegrationTests.Durability.Tracing;
using Xunit;

namespace DocExchange.IntegrationTests.Durability.PowerCuts;

/// <summary>What the model lets a power cut do. Each outcome is looked for among many cuts: it must occur, or must never occur.</summary>
public sealed class DiskModelTests
{
    private const string Create = """7 openat(AT_FDCWD</>, "/d/a", O_RDWR|O_CREAT, 0644) = 5</d/a>""";
    private const string Answer = """7 write(1<pipe:[1]>, "ack 1", 5) = 5""";
    private const string SyncRoot = "7 fsync(4</d>) = 0";
    private const string Absent = "absent";

    [Fact]
    public void An_unsynced_file_may_be_absent_empty_zeros_or_whole()
    {
        var seen = Outcomes(new DiskRules(), Create, """7 pwrite64(5</d/a>, "abc", 3, 0) = 3""", Answer);

        Assert.Equal(["", "\0\0\0", "abc", Absent], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_sync_alone_does_not_keep_the_name_by_posix_and_does_where_that_is_granted()
    {
        string[] calls = [Create, """7 pwrite64(5</d/a>, "abc", 3, 0) = 3""", "7 fsync(5</d/a>) = 0", Answer];

        Assert.Equal(["abc", Absent], Outcomes(new DiskRules(), calls).Order(StringComparer.Ordinal));
        Assert.Equal(["abc"], Outcomes(new DiskRules(FileSyncKeepsNewName: true), calls));
        Assert.Equal(["abc"], Outcomes(new DiskRules(NameOrder.Journalled), calls));
    }

    [Fact]
    public void File_and_directory_synced_leave_nothing_to_chance() =>
        Assert.Equal(["abc"], Outcomes(new DiskRules(), Create, """7 pwrite64(5</d/a>, "abc", 3, 0) = 3""", "7 fdatasync(5</d/a>) = 0", SyncRoot, Answer));

    [Fact]
    public void A_sync_still_running_keeps_nothing() =>
        Assert.Contains("", Outcomes(
            new DiskRules(), Create, SyncRoot, """7 pwrite64(5</d/a>, "abc", 3, 0) = 3""", "8 fsync(5</d/a> <unfinished ...>", Answer,
            "8 <... fsync resumed>) = 0"));

    [Fact]
    public void A_write_that_returned_after_the_sync_began_is_not_covered() =>
        Assert.Contains("", Outcomes(
            new DiskRules(), Create, SyncRoot, """8 pwrite64(5</d/a>, "abc", 3, 0 <unfinished ...>""", "7 fsync(5</d/a> <unfinished ...>",
            "8 <... pwrite64 resumed>) = 3", "7 <... fsync resumed>) = 0", Answer));

    [Fact]
    public void After_a_failed_sync_a_later_successful_one_does_not_bring_the_bytes_back() =>
        Assert.Contains("", Outcomes(
            new DiskRules(), Create, SyncRoot, """7 pwrite64(5</d/a>, "abc", 3, 0) = 3""", "7 fsync(5</d/a>) = -1 EIO (Input/output error)",
            "7 fsync(5</d/a>) = 0", Answer));

    [Fact]
    public void A_rename_before_the_sync_of_the_content_may_leave_an_empty_file_in_the_place_of_the_old()
    {
        string[] calls =
        [
            Create, """7 pwrite64(5</d/a>, "old", 3, 0) = 3""", "7 fsync(5</d/a>) = 0", SyncRoot,
            """7 openat(AT_FDCWD</>, "/d/b", O_RDWR|O_CREAT, 0644) = 6</d/b>""", """7 pwrite64(6</d/b>, "new", 3, 0) = 3""", """7 rename("/d/b", "/d/a") = 0""", Answer,
        ];

        Assert.Superset(new HashSet<string> { "old", "new", "" }, Outcomes(new DiskRules(NameOrder.Journalled), calls));
    }

    [Fact]
    public void A_journal_never_loses_a_file_between_two_names()
    {
        string[] calls = [Create, SyncRoot, """7 rename("/d/a", "/d/b") = 0""", Answer];

        Assert.DoesNotContain("", Names(new DiskRules(NameOrder.Journalled), calls));
        Assert.Equal(["", "a", "a b", "b"], Names(new DiskRules(), calls).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_torn_write_breaks_at_sectors_of_the_file()
    {
        var big = new string('n', 1024);
        var seen = Outcomes(
            new DiskRules(), Create, $"""7 pwrite64(5</d/a>, "{new string('o', 1280)}", 1280, 0) = 1280""", "7 fsync(5</d/a>) = 0", SyncRoot,
            $"""7 pwrite64(5</d/a>, "{big}", 1024, 256) = 1024""", Answer);

        var shapes = seen.Select(content => string.Concat(Enumerable.Range(0, 5).Select(i => content[(i * 256)..((i + 1) * 256)].Distinct().Single()))).ToHashSet();
        // The write covers [256, 1280): sectors break at 512 and 1024.
        Assert.All(shapes, shape => Assert.Matches("^o[on](oo|nn)[on]$", shape));
        Assert.Equal(8, shapes.Count);
    }

    [Fact]
    public void Bytes_grown_over_read_as_zeros_or_are_not_there()
    {
        var seen = Outcomes(new DiskRules(), Create, SyncRoot, """7 pwrite64(5</d/a>, "x", 1, 3) = 1""", Answer);

        Assert.Equal(["", "\0\0\0\0", "\0\0\0x"], seen.Order(StringComparer.Ordinal));
    }

    private static HashSet<string> Outcomes(DiskRules rules, params string[] lines) => Cuts(rules, lines, folder =>
        File.Exists(Path.Combine(folder, "a")) ? File.ReadAllText(Path.Combine(folder, "a")) : Absent);

    private static HashSet<string> Names(DiskRules rules, params string[] lines) => Cuts(rules, lines, folder =>
        string.Join(' ', Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)));

    private static HashSet<string> Cuts(DiskRules rules, string[] lines, Func<string, string> look)
    {
        var trace = WrittenTrace.Of(lines);
        var seen = new HashSet<string>();
        foreach (var cut in PowerCutModel.Cut(trace, trace.PrintedAnswers(), 300, seed: 3, rules).Where(cut => cut.Line == trace.PrintedAnswers()[0].At))
        {
            using var folder = new TestFolder(inMemory: true);
            cut.LayOut(Path.Combine(folder.Path, "cut"));
            seen.Add(look(Path.Combine(folder.Path, "cut")));
        }

        return seen;
    }
}
