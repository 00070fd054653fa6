namespace DocExchange.UnitTests.Architecture;

/// <summary>Who may read without a scope. A new line here is a decision about everybody's documents.</summary>
public sealed class ScopeRules
{
    private static readonly string[] Unscoped = ["src/DocExchange.Hub/Api/OperatorApi.cs", "src/DocExchange.Hub/Clerk/Visit.cs", "src/DocExchange.Hub/Operations/KeysCommand.cs"];

    [Fact]
    public void Only_operator_and_auditor_code_reads_everything()
    {
        var found = Repository.Sources().Where(f => File.ReadAllText(f).Contains("Scope.Everything(", StringComparison.Ordinal)).Select(Repository.Relative).Order(StringComparer.Ordinal);

        Assert.Equal(Unscoped, found);
    }

    [Fact]
    public void The_unscoped_interface_is_mapped_for_signed_in_operators_only()
    {
        var api = Repository.Read("src/DocExchange.Hub/Api/HubApi.cs");

        foreach (var map in new[] { "MapDeadLetters", "MapDirectoryRequests", "MapAgencies", "MapImports", "MapSystems", "MapAlarms" })
        {
            Assert.Contains($"operators.{map}()", api, StringComparison.Ordinal);
            Assert.DoesNotContain($"systems.{map}()", api, StringComparison.Ordinal);
        }
    }
}
