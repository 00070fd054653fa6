using DocExchange.Storage.Sqlite.Backups;

namespace DocExchange.IntegrationTests.Backups;

/// <summary>A backup of small originals never takes from the backup before it what that one needs.</summary>
public sealed class SharedCopiesTests : IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("docexchange-shared-").FullName;

    private string From => Path.Combine(_work, "from");

    private string To => Path.Combine(_work, "to");

    public void Dispose() => Directory.Delete(_work, recursive: true);

    [Fact]
    public void A_copy_that_is_the_beginning_is_only_added_to()
    {
        Write(From, 1, "one");
        Write(From, 2, "two and more");
        Write(To, 1, "one");
        Write(To, 2, "two");

        SharedCopies.Begin(From, To);
        Assert.Equal(["one", "two"], Texts(To));
        SharedCopies.Append(From, To);

        Assert.Equal(["one", "two and more"], Texts(To));
    }

    [Theory]
    [InlineData("twi, longer by far")]
    [InlineData("two and more, whose end a power cut took from the source")]
    [InlineData("twi")]
    public void A_copy_with_other_bytes_stays_until_the_next_backup_is_whole(string stale)
    {
        Write(From, 1, "one");
        Write(From, 2, "two and more");
        Write(To, 2, stale);
        Write(To, 3, "of a store before");

        SharedCopies.Begin(From, To);
        SharedCopies.Append(From, To);
        Assert.Equal(stale, File.ReadAllText(NameOf(To, 2)));
        SharedCopies.Begin(From, To);
        SharedCopies.Append(From, To);
        Write(From, 2, "two and more, grown");
        SharedCopies.Append(From, To);
        SharedCopies.Settle(To);
        Assert.Equal(["one", "two and more, grown", "of a store before"], Texts(To));
        SharedCopies.Sweep(From, To);

        Assert.Equal(["one", "two and more, grown"], Texts(To));
    }

    private static string[] Texts(string folder) => [.. Directory.EnumerateFiles(Path.Combine(folder, SharedCopies.Folder)).Order(StringComparer.Ordinal).Select(f => File.ReadAllText(f))];

    private static string NameOf(string folder, int file) => Path.Combine(folder, SharedCopies.Folder, file.ToString("d10", System.Globalization.CultureInfo.InvariantCulture));

    private static void Write(string folder, int file, string text)
    {
        Directory.CreateDirectory(Path.Combine(folder, SharedCopies.Folder));
        File.WriteAllText(NameOf(folder, file), text);
    }
}
