namespace DocExchange.Core;

/// <summary>Room on disk for content while it is looked at. The file has no name from the start, so that nothing of it is left by any crash and nobody else can open it.</summary>
public static class NamelessFile
{
    /// <param name="folder">In the data folder, so that content lies where its owner keeps all of it.</param>
    public static FileStream Open(string folder)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 64 * 1024, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), options);
        // Where an open file cannot lose its name it loses it when it is closed.
        if (!OperatingSystem.IsWindows()) File.Delete(file.Name);
        return file;
    }
}
