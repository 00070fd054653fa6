using System.Diagnostics;
using System.Text.RegularExpressions;
using DocExchange.Hub.Operations;
using DocExchange.UnitTests.Architecture;

namespace DocExchange.UnitTests.Scripts;

/// <summary>What is handed to a service manager or a container builder names programs, options, files and settings that exist.</summary>
public sealed class DeploymentTests
{
    [Fact]
    public void The_service_starts_the_hub_with_options_it_takes()
    {
        var words = Command("docexchange.service");

        Assert.Equal("/opt/docexchange/docexchange", words[0]);
        Assert.Equal("serve", words[1]);
        var settings = Array.IndexOf(words, "--settings") + 1;
        Assert.Equal("/etc/docexchange/settings.json", words[settings]);
        words[settings] = Path.Combine(Repository.Root, "deploy", "settings.json");
        var options = ServeCommand.Read(words[2..]);
        Assert.Empty(options.Problems());
        Assert.Equal((HubMode.Production, "/var/lib/docexchange"), (options.Mode, options.Data));
    }

    [Fact]
    public void The_backup_service_follows_the_service_s_own_folder()
    {
        var words = Command("docexchange-backup.service");

        Assert.Equal("backup", words[1]);
        var options = OptionPairs.Read(words.AsSpan(2), "--to", "--follow", "--data", "--every");
        Assert.Equal("/var/lib/docexchange", options!["--data"]);
        Assert.Contains(options["--follow"], Repository.Read("deploy/docexchange-backup.service").Split("ReadWritePaths=")[1].Split('\n')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docexchange.service")]
    [InlineData("docexchange-backup.service")]
    public void A_service_may_write_its_own_folders_only_and_gain_nothing(string unit)
    {
        var text = Repository.Read("deploy/" + unit);

        foreach (var line in (string[])["NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateDevices=yes", "CapabilityBoundingSet=", "User=docexchange", "UMask=0077"])
        {
            Assert.Contains($"\n{line}\n", text, StringComparison.Ordinal);
        }
    }

    [SkippableTheory]
    [InlineData("docexchange.service")]
    [InlineData("docexchange-backup.service")]
    public void The_service_manager_understands_every_line(string unit)
    {
        const string checker = "/usr/bin/systemd-analyze";
        Skip.IfNot(File.Exists(checker), "systemd-analyze is not installed");
        var folder = Directory.CreateTempSubdirectory("docexchange-unit-");
        var copy = Path.Combine(folder.FullName, unit);
        // It also looks whether the program and the user are there, which they are on the server only.
        File.WriteAllText(copy, Regex.Replace(Repository.Read("deploy/" + unit), "/opt/docexchange/docexchange", "/bin/true").Replace("=docexchange\n", "=root\n", StringComparison.Ordinal)
            .Replace("After=docexchange.service\n", "", StringComparison.Ordinal));

        using var process = Process.Start(new ProcessStartInfo(checker, ["verify", "--man=no", copy]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        folder.Delete(recursive: true);
        Assert.DoesNotContain(said.Split('\n'), line => line.Contains(unit, StringComparison.Ordinal));
    }

    [Fact]
    public void The_container_is_made_of_what_is_there_and_runs_as_nobody_special()
    {
        var text = Repository.Read("deploy/Containerfile");

        var copied = Regex.Matches(text, @"^COPY (?!--)(.+) \./?\S*$", RegexOptions.Multiline).SelectMany(m => m.Groups[1].Value.Split(' ')).ToList();
        Assert.NotEmpty(copied);
        Assert.All(copied, name => Assert.True(Path.Exists(Path.Combine(Repository.Root, name)), name));
        var project = Regex.Match(text, @"dotnet publish (\S+)").Groups[1].Value;
        Assert.True(Directory.Exists(Path.Combine(Repository.Root, project)), project);
        Assert.Matches(@"(?m)^USER (?!0\b|root)\d+:\d+$", text);
        Assert.All(Regex.Matches(text, @"DocExchange__(\w+)=").Select(m => m.Groups[1].Value), key => Assert.NotNull(typeof(HubOptions).GetProperty(key)));
    }

    private static string[] Command(string unit) =>
        Regex.Match(Repository.Read("deploy/" + unit), "^ExecStart=(.+)$", RegexOptions.Multiline).Groups[1].Value.Split(' ');
}
