using System.Text;
using Xunit;

namespace DocExchange.UnitTests;

/// <summary>
/// A page of docs/ that is written from the tables in the code. The test compares; with DOCEXCHANGE_APPROVE=1 in the environment it
/// writes the page instead, and the change is reviewed with the code.
/// </summary>
internal static class GeneratedDocument
{
    public static string RepositoryRoot { get; } = FindRoot();

    public static void MustEqual(string relativePath, string generated)
    {
        var path = Path.Combine(RepositoryRoot, relativePath);
        if (Environment.GetEnvironmentVariable("DOCEXCHANGE_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, generated, new UTF8Encoding(false));
        }
        Assert.True(File.Exists(path), $"{relativePath} is missing: run this test with DOCEXCHANGE_APPROVE=1.");
        var present = File.ReadAllText(path).ReplaceLineEndings("\n");
        Assert.True(present == generated, $"{relativePath} does not say what the code says: run this test with DOCEXCHANGE_APPROVE=1 and review the change.");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DocExchange.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException("The tests must run below the folder of DocExchange.sln.");
    }
}
