using DocExchange.Core;
using DocExchange.Core.Signing;
using DocExchange.UnitTests.Signing;

namespace DocExchange.UnitTests;

/// <summary>Content of documents lies in the data folder alone, and nothing of it is left there.</summary>
public sealed class NamelessFileTests : IDisposable
{
    private readonly Tools.Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_taken_out_of_a_package_lies_in_the_staging_folder_without_a_name()
    {
        using var scratch = Scratch.Of(new MemoryStream(new byte[1024 * 1024]), 1024 * 1024, _folder.Path);

        Assert.StartsWith(_folder.Path, Assert.IsType<FileStream>(scratch.Content).Name);
        Assert.Equal(1024 * 1024, scratch.Content.Length);
        Assert.True(OperatingSystem.IsWindows() || Directory.GetFileSystemEntries(_folder.Path).Length == 0);
    }

    [Fact]
    public void Two_at_a_time_are_two_files()
    {
        using var one = NamelessFile.Open(_folder.Path);
        using var other = NamelessFile.Open(_folder.Path);
        one.Write("one"u8);
        one.Flush();

        Assert.Equal(0, other.Length);
    }
}
