using System.Text.RegularExpressions;

namespace DocExchange.UnitTests.Architecture;

/// <summary>A control without a test is a hope.</summary>
public sealed class SecurityRules
{
    private static readonly Lazy<Dictionary<string, HashSet<string>>> Tests = new(FindTests);

    public static TheoryData<string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (Match row in Regex.Matches(Repository.Read("docs/security.md"), @"^\| (?!Threat )([^|]+) \|([^|]+)\|([^|]+)\|([^|]*)\|$", RegexOptions.Multiline)) rows.Add(row.Groups[1].Value, row.Groups[3].Value.Trim(), row.Groups[4].Value.Trim());
        return rows;
    }

    [Fact]
    public void The_table_is_read_whole() => Assert.Equal(Regex.Count(Repository.Read("docs/security.md"), @"^\| (?!Threat )", RegexOptions.Multiline), Rows().Count);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_threat_has_tests_that_exist_or_is_called_open_with_a_reason(string threat, string standing, string proof)
    {
        var named = Regex.Matches(proof, @"`(\w+)(?:\.(\w+))?`");
        if (standing.StartsWith("open: ", StringComparison.Ordinal)) Assert.True(standing.Length > 30 && named.Count == 0, $"\"{threat}\" is open: say why, and name no test.");
        else Assert.NotEmpty(named);
        foreach (Match test in named)
        {
            Assert.True(Tests.Value.TryGetValue(test.Groups[1].Value, out var methods), $"There is no test class {test.Groups[1].Value}.");
            if (test.Groups[2].Success) Assert.Contains(test.Groups[2].Value, methods!);
        }
    }

    private static Dictionary<string, HashSet<string>> FindTests()
    {
        var tests = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(file);
            if (!Regex.IsMatch(text, @"\[(Skippable)?(Fact|Theory)\b")) continue;
            var methods = Regex.Matches(text, @"public (?:async )?(?:void|Task) (\w+)\(").Select(m => m.Groups[1].Value).ToList();
            foreach (var name in Regex.Matches(text, @"^public (?:sealed )?(?:partial )?class (\w+)", RegexOptions.Multiline).Select(m => m.Groups[1].Value))
            {
                if (!tests.TryGetValue(name, out var known)) tests[name] = known = new HashSet<string>(StringComparer.Ordinal);
                known.UnionWith(methods);
            }
        }
        return tests;
    }
}
