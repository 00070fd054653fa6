using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;

namespace DocExchange.Benchmarks.Hub;

/// <summary><c>verify --export FILE --root PEM</c>: checks an export in a process that has done nothing before, as an auditor's is.</summary>
internal static class VerifyCommand
{
    public static int Run(Arguments arguments)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(arguments.Required("root"));
        using var export = File.OpenRead(arguments.Required("export"));
        var verdict = ExportVerifier.Verify(export, roots, HeldEvidence.Nothing, arguments.Has("deep"));
        if (verdict.Checks.FirstOrDefault(check => check.Outcome != CheckOutcome.Passed) is { } wrong) throw new BenchmarkFailedException("An export did not verify: " + wrong.English);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verdict.Shown} {verdict.Batches} {self.PeakWorkingSet64}"));
        return 0;
    }

    /// <summary>Such a process, from its start to its end.</summary>
    public static async Task<Verified> MeasureAsync(string export, string root, bool deep)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["verify", "--export", export, "--root", root, .. deep ? (string[])["--deep"] : []]) { RedirectStandardOutput = true };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var seconds = clock.Elapsed.TotalSeconds;
        if (process.ExitCode != 0) throw new BenchmarkFailedException("The verifying process failed.");
        var numbers = said.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new Verified(numbers[0], numbers[1], seconds, numbers[2] / (1024.0 * 1024));
    }
}

/// <param name="Entries">Events shown by the export.</param>
/// <param name="Batches">Of so many signatures, all checked by a deep verification.</param>
/// <param name="Seconds">From the start of the process to its end.</param>
/// <param name="PeakMegabytes">The process' highest resident size.</param>
internal sealed record Verified(long Entries, long Batches, double Seconds, double PeakMegabytes);
