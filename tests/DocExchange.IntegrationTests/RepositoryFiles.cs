namespace DocExchange.IntegrationTests;

/// <summary>Files of the repository the tests were built in.</summary>
internal static class RepositoryFiles
{
    public static string PathOf(params string[] path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DocExchange.sln"))) folder = folder.Parent!;
        return Path.Combine([folder.FullName, .. path]);
    }
}
