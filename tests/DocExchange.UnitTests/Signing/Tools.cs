using System.ComponentModel;
using System.Diagnostics;

namespace DocExchange.UnitTests.Signing;

/// <summary>Programs that check our evidence independently.</summary>
internal static class Tools
{
    public static bool Has(string program, params string[] arguments)
    {
        try
        {
            return Run(program, arguments).Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public static (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    /// <summary>A temporary folder, gone with the test.</summary>
    public sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("docexchange-test-").FullName;

        public string At(string name) => System.IO.Path.Combine(Path, name);

        public string Write(string name, byte[] bytes)
        {
            File.WriteAllBytes(At(name), bytes);
            return At(name);
        }

        public void Dispose() => Directory.Delete(Path, true);
    }
}
