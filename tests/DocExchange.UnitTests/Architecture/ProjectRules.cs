using System.Xml.Linq;

namespace DocExchange.UnitTests.Architecture;

/// <summary>What may know what: the picture in docs/architecture.md, held by tests.</summary>
public sealed class ProjectRules
{
    [Theory]
    [InlineData("Core", "")]
    [InlineData("Storage", "Core")]
    [InlineData("Axis", "Core")]
    [InlineData("Hub", "Axis Core Storage")]
    [InlineData("Client", "Axis Core")]
    [InlineData("Cli", "Client Core")]
    [InlineData("Sandbox", "Axis Core")]
    public void A_project_references_what_the_architecture_says_because_a_new_arrow_is_a_decision(string project, string expected)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, $"src/DocExchange.{project}/DocExchange.{project}.csproj"));
        var actual = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!)["DocExchange.".Length..]).Order();

        Assert.Equal(expected, string.Join(' ', actual));
    }

    [Theory]
    [InlineData("SQLitePCL", "src/DocExchange.Storage/Sqlite/")]
    [InlineData("Quartz", "src/DocExchange.Hub/Scheduling/")]
    [InlineData("CsvHelper", "src/DocExchange.Hub/Agencies/ src/DocExchange.Hub/Evidence/Exports/ExportTable.cs")]
    [InlineData("OpenTelemetry", "src/DocExchange.Hub/Operations/Telemetry/")]
    [InlineData("Microsoft.AspNetCore", "src/DocExchange.Hub/ src/DocExchange.Sandbox/")]
    [InlineData("Microsoft.IdentityModel", "src/DocExchange.Hub/Edges/Callers/ src/DocExchange.Hub/OpenId/PersonToken.cs src/DocExchange.Sandbox/OpenId/")]
    [InlineData("QRCoder", "src/DocExchange.Hub/People/")]
    [InlineData("Org.BouncyCastle", "src/DocExchange.Sandbox/Authorities/")]
    [InlineData("System.Security.Cryptography.Pkcs", "src/DocExchange.Core/Signing/ src/DocExchange.Core/Evidence/")]
    [InlineData("System.Security.Cryptography.Xml", "src/DocExchange.Core/Signing/ src/DocExchange.Core/Evidence/")]
    public void A_foreign_namespace_stays_in_one_place_so_that_it_can_be_exchanged_there(string name, string places)
    {
        var strays = Repository.Sources()
            .Where(f => File.ReadLines(f).Any(l => l.StartsWith($"using {name}", StringComparison.Ordinal)))
            .Select(Repository.Relative)
            .Where(f => !places.Split(' ').Any(p => f.StartsWith(p, StringComparison.Ordinal)));

        Assert.Empty(strays);
    }

    [Fact]
    public void No_folder_or_type_has_a_name_that_says_nothing()
    {
        string[] shelves = ["Services", "Helpers", "Helper", "Common", "Utils", "Util", "Managers", "Manager", "Models"];
        var folders = Repository.Sources().SelectMany(f => Repository.Relative(f).Split('/')[..^1]).Distinct().Where(shelves.Contains);
        var types = Repository.Sources().Select(f => Path.GetFileNameWithoutExtension(f)!).Where(f => shelves.Any(s => f.EndsWith(s, StringComparison.Ordinal)));

        Assert.Empty(folders);
        Assert.Empty(types);
    }
}
