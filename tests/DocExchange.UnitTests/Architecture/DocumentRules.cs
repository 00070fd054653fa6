using System.Text.Json;
using System.Text.RegularExpressions;
using DocExchange.Cli;
using DocExchange.Hub.Operations;
using DocExchange.Sandbox.Axis;
using DocExchange.Sandbox.Axis.Faults;

namespace DocExchange.UnitTests.Architecture;

/// <summary>The documents tell the truth: what stands in them exists, and what exists stands in them.</summary>
public sealed class DocumentRules
{
    [Fact]
    public void Every_setting_is_documented_and_no_documented_setting_is_missing()
    {
        var keys = typeof(HubOptions).GetProperties().Select(p => p.Name).Order();
        var documented = Regex.Matches(Repository.Read("docs/configuration.md"), @"^\| `(\w+)` \|", RegexOptions.Multiline).Select(m => m.Groups[1].Value).Order();

        Assert.Equal(keys, documented);
    }

    [Fact]
    public void What_takes_effect_at_once_is_what_the_hub_takes_over()
    {
        var taken = typeof(HubOptions).GetProperties().Where(p => p.IsDefined(typeof(ReloadableAttribute), false)).Select(p => p.Name).Order();
        var documented = Regex.Matches(Repository.Read("docs/configuration.md"), @"^\| `(\w+)` \|[^|]*\| at once \|", RegexOptions.Multiline).Select(m => m.Groups[1].Value).Order();

        Assert.Equal(taken, documented);
    }

    [Fact]
    public void Every_reading_and_every_fault_of_the_sandbox_axis_is_documented_with_its_values()
    {
        var page = Repository.Read("docs/sandbox.md");
        var readings = typeof(AxisReadings).GetProperties();
        var words = readings.Select(reading => reading.Name)
            .Concat(readings.Where(reading => reading.PropertyType.IsEnum).SelectMany(reading => Enum.GetNames(reading.PropertyType)))
            .Concat(Enum.GetNames<FaultKind>()).Select(JsonNamingPolicy.CamelCase.ConvertName).Distinct();

        Assert.DoesNotContain(words, word => !page.Contains($"`{word}`", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_setting_is_refused_with_its_key_its_value_and_what_to_write_instead()
    {
        var options = new HubOptions { Port = 99999, VxpPrefixes = ["vxp/"], Mode = HubMode.Production, Demo = true };

        var problems = options.Problems();

        Assert.Equal(3, problems.Count);
        Assert.Contains(problems, p => p.Contains("DocExchange:Port", StringComparison.Ordinal) && p.Contains("99999", StringComparison.Ordinal) && p.Contains("a port", StringComparison.Ordinal));
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var broken = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Repository.Root, "README.md")))
        {
            foreach (Match link in Regex.Matches(File.ReadAllText(file), @"\]\((?!https?:|#)([^)#]+)"))
            {
                if (!File.Exists(Path.Combine(Path.GetDirectoryName(file)!, link.Groups[1].Value))) broken.Add($"{Repository.Relative(file)} -> {link.Groups[1].Value}");
            }
        }
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_command_that_readme_and_tutorial_show_is_one_that_dex_has()
    {
        var shown = Regex.Matches(Repository.Read("README.md") + Repository.Read("docs/tutorial.md") + Repository.Read("docs/operating.md"), @"\./dex ([a-z-]+)")
            .Select(m => m.Groups[1].Value).Distinct();
        var known = Verbs.All.Select(v => v.Name.Split(' ')[0]).Concat(["backup", "restore", "keys", "account"]).ToHashSet();

        Assert.All(shown, verb => Assert.True(verb == "help" || known.Contains(verb), verb));
    }
}
