namespace DocExchange.Core;

/// <summary>Room on disk for content while it is looked at. The file has no name from the start, so that nothing of it is left by any crash and nobody else can open it.</summary>
internal static class NamelessFile
{
    public static FileStream Open()
    {
        // Made readable by its owner only; where an open file cannot lose its name it loses it when it is closed.
        var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows()) File.Delete(file.Name);
        return file;
    }
}
