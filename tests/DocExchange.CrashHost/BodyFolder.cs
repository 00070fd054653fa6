namespace DocExchange.CrashHost;

/// <summary>Files that are whole or absent under their final name, which lies in one of four folders by its last character.</summary>
internal sealed class BodyFolder
{
    private readonly string root;
    private readonly bool syncFiles;
    private readonly bool syncDirectories;

    private BodyFolder(string root, bool syncFiles, bool syncDirectories) =>
        (this.root, this.syncFiles, this.syncDirectories) = (root, syncFiles, syncDirectories);

    public static string RelativePath(string name) => Path.Combine("bodies", "b" + (name[^1] % 4), name);

    public static BodyFolder Open(string root, bool syncFiles, bool syncDirectories)
    {
        var folder = new BodyFolder(root, syncFiles, syncDirectories);
        Directory.CreateDirectory(Path.Combine(root, "staging"));
        Directory.CreateDirectory(Path.Combine(root, "bodies"));
        folder.SyncNames(root);
        return folder;
    }

    public void Put(string name, byte[] content)
    {
        var staged = Path.Combine(root, "staging", name);
        using (var stream = new FileStream(staged, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(content.AsSpan(0, content.Length / 2));
            stream.Write(content.AsSpan(content.Length / 2));
            stream.Flush(flushToDisk: syncFiles);
        }

        var final = Path.Combine(root, RelativePath(name));
        var directory = Path.GetDirectoryName(final)!;
        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
            SyncNames(Path.GetDirectoryName(directory)!);
        }

        File.Move(staged, final);
        SyncNames(directory);
    }

    private void SyncNames(string directory)
    {
        if (syncDirectories)
        {
            LibC.SyncDirectory(directory);
        }
    }
}
