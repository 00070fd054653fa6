using DocExchange.Axis.Calls;
using System.Reflection;
using System.Text.RegularExpressions;
using DocExchange.Axis.Protocol;
using DocExchange.Client;
using DocExchange.Core.Pipeline;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Operations;
using DocExchange.Storage;

namespace DocExchange.UnitTests.Architecture;

/// <summary>Habits of the code that are easier kept by a test than by memory.</summary>
public sealed class CodeRules
{
    private static readonly Assembly[] Product =
        [typeof(ReceiptRef).Assembly, typeof(StoreOptions).Assembly, typeof(VxpNames).Assembly, typeof(HubOptions).Assembly, typeof(VxpClient).Assembly];

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold()
    {
        var long400 = Repository.Sources().Concat(Repository.Sources("tests")).Where(f => File.ReadLines(f).Count() > 400).Select(Repository.Relative);

        Assert.Empty(long400);
    }

    [Fact]
    public void No_method_is_longer_than_a_screen()
    {
        Assert.Empty(Repository.Sources().SelectMany(LongMethods));
    }

    [Fact]
    public void No_source_hides_code_in_regions_runs_async_void_or_leaves_a_todo()
    {
        var marks = new Regex(@"#region|async void|\b(TODO|FIXME|HACK)\b|NotImplementedException");
        var found = Repository.Sources().Where(f => marks.IsMatch(File.ReadAllText(f))).Select(Repository.Relative);

        Assert.Empty(found);
    }

    [Fact]
    public void Every_class_without_heirs_is_sealed_because_inheritance_is_an_invitation()
    {
        var types = Product.SelectMany(a => a.GetTypes()).Where(t => t.IsClass && t.Namespace?.StartsWith("DocExchange", StringComparison.Ordinal) == true).ToList();
        var parents = types.Select(t => t.BaseType).Where(t => t is not null).Select(t => t!.IsGenericType ? t.GetGenericTypeDefinition() : t).ToHashSet();
        var open = types.Where(t => !t.IsSealed && !t.IsAbstract && !parents.Contains(t) && !t.Name.Contains('<', StringComparison.Ordinal)).Select(t => t.FullName);

        Assert.Empty(open);
    }

    [Fact]
    public void Core_values_do_not_change_under_their_readers()
    {
        var settable = typeof(ReceiptRef).Assembly.GetExportedTypes().SelectMany(t => t.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(p => p.SetMethod is { IsPublic: true } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)))
            .Where(p => !typeof(Stream).IsAssignableFrom(p.DeclaringType))
            .Select(p => $"{p.DeclaringType!.Name}.{p.Name}");

        Assert.Empty(settable);
    }

    [Fact]
    public void An_interface_has_two_implementations_or_is_a_port()
    {
        var types = Product.SelectMany(a => a.GetTypes()).ToList();
        var lonely = types.Where(t => t.IsInterface && t.Namespace != "DocExchange.Core.Ports" && t.Namespace?.StartsWith("DocExchange", StringComparison.Ordinal) == true)
            .Where(t => types.Count(c => !c.IsInterface && t.IsAssignableFrom(c)) < 2)
            .Select(t => t.FullName);

        Assert.Empty(lonely);
    }

    [Fact]
    public void Every_stage_stands_in_the_pipeline_once_and_keeps_no_state()
    {
        var composition = Repository.Read("src/DocExchange.Hub/Operations/HubApplication.cs");
        var stages = typeof(IStage).Assembly.GetTypes().Where(t => t.IsClass && typeof(IStage).IsAssignableFrom(t)).ToList();

        Assert.Equal(9, stages.Count);
        Assert.All(stages, s => Assert.Single(Regex.Matches(composition, $@"new {s.Name}\(")));
        Assert.All(stages.SelectMany(s => s.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)), f => Assert.True(f.IsInitOnly || f.Name.StartsWith('<'), f.Name));
    }

    private static IEnumerable<string> LongMethods(string file)
    {
        var start = 0;
        var name = "";
        var lines = File.ReadAllLines(file);
        for (var i = 0; i < lines.Length; i++)
        {
            if (Regex.IsMatch(lines[i], @"^    (public|private|internal|protected|static)[^=;]*\($|^    (public|private|internal|protected|static)[^=;]*\("))
            {
                (start, name) = (i, lines[i].Trim());
            }
            else if (lines[i] == "    }" && name.Length > 0)
            {
                if (i - start > 62) yield return $"{Repository.Relative(file)}: {name} ({i - start} lines)";
                name = "";
            }
        }
    }
}
