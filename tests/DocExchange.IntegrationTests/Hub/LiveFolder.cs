namespace DocExchange.IntegrationTests.Hub;

/// <summary>The data folder of a running hub, whose duties publish, rename and delete while it is read.</summary>
internal static class LiveFolder
{
    /// <summary>Every file but locks; one that went while it was to be read is left out.</summary>
    public static IEnumerable<(string File, byte[] Bytes)> Read(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var bytes = new MemoryStream();
            try
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                stream.CopyTo(bytes);
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                continue;
            }
            yield return (file, bytes.ToArray());
        }
    }
}
