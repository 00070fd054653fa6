using System.Globalization;

namespace DocExchange.Benchmarks.Load;

/// <summary>Who sends and receives in a benchmark folder, and their secrets. Known, because the folder is thrown away.</summary>
internal static class BenchParties
{
    public const string Sender = "H99.01";
    public const string SenderName = "Sở Tư pháp (đo)";
    public const string SenderSystem = "bench.sender";
    public const string Receiver = "H99.02";
    public const string ReceiverSystem = "bench.receiver";
    public const string Operator = "bench.operator";
    public const string Secret = "0123456789abcdef0123456789abcdef";

    /// <summary>Further recipients for the fan-out figure.</summary>
    public static IEnumerable<string> Recipients(int count) => Enumerable.Range(1, count).Select(i => "H99.02." + i.ToString("D4", CultureInfo.InvariantCulture));
}
