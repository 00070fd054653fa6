using System.Runtime.InteropServices;

namespace DocExchange.Benchmarks.Hub;

/// <summary><c>check --data DIR --acks FILE</c>: the comparison of <see cref="StoreCheck"/> on its own.</summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var acknowledged = MemoryMarshal.Cast<byte, long>(File.ReadAllBytes(arguments.Required("acks"))).ToArray();
        Console.WriteLine(await StoreCheck.RunAsync(arguments.Required("data"), acknowledged));
        return 0;
    }
}
