namespace DocExchange.IntegrationTests.Hub;

/// <summary>Field files that are not part of the project: a test over them skips itself where they are absent.</summary>
internal static class FieldFiles
{
    public static string? Folder { get; } = Find();

    public static string Require(params string[] path)
    {
        Skip.If(Folder is null, "The folder of field files is absent (shared/ beside the repository, or DOCEXCHANGE_SHARED).");
        return Path.Combine([Folder!, .. path]);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("DOCEXCHANGE_SHARED") is { Length: > 0 } given) return Directory.Exists(given) ? given : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(shared, "samples"))) return shared;
        }
        return null;
    }
}
