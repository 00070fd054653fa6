using DocExchange.Core;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>What other users of the machine find of the hub's data.</summary>
public sealed class DataFolderTests
{
    [SkippableFact]
    public async Task A_folder_that_was_made_open_to_everybody_is_closed_to_others_at_the_start()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var folder = Directory.CreateTempSubdirectory("docexchange-open-").FullName;
        try
        {
#pragma warning disable CA1416 // Skipped on Windows above.
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
            await using (await TestHub.StartAsync(folder)) Assert.Equal((UnixFileMode)0b111_101_000, File.GetUnixFileMode(folder));
#pragma warning restore CA1416
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_file_for_looking_into_content_has_no_name_that_a_crash_could_leave()
    {
        using var file = NamelessFile.Open(Path.GetTempPath());
        file.Write("content"u8);
        file.Flush();

        Assert.False(File.Exists(file.Name));
        file.Position = 0;
        Assert.Equal('c', file.ReadByte());
    }
}
