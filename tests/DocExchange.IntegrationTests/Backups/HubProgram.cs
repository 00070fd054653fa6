using System.Diagnostics;

namespace DocExchange.IntegrationTests.Backups;

/// <summary>The hub's executable, run with a verb as an operator would.</summary>
internal static class HubProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Process Start(params string[] arguments) => Start(_ => { }, arguments);

    public static Process Start(Action<ProcessStartInfo> adjust, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "docexchange.dll"), .. arguments]) start.ArgumentList.Add(argument);
        adjust(start);
        return Process.Start(start)!;
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, string.Concat(said));
    }

    public static async Task<string> SucceedAsync(params string[] arguments)
    {
        var (code, said) = await RunAsync(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)} ended with {code}: {said}");
        return said;
    }

    /// <summary>A following backup that has made its first copy.</summary>
    public static async Task<Process> FollowAsync(string data, string to)
    {
        var process = Start("backup", "--follow", to, "--data", data, "--every", "0.2");
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith("Following", StringComparison.Ordinal)) return process;
        }
        throw new InvalidOperationException("The backup ended before it followed: " + await process.StandardError.ReadToEndAsync());
    }

    /// <summary>What an operator does between a restore and the first start: keys are backed up separately.</summary>
    public static void CopyKeys(string from, string to)
    {
        var keys = Directory.CreateDirectory(Path.Combine(to, "keys")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(from, "keys"))) File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
    }
}
