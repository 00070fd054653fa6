using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DocExchange.IntegrationTests.Durability.Tracing;

/// <summary>Traces written by hand for tests: text in double quotes and after a descriptor's &lt; is turned into the tracer's <c>\xNN</c>.</summary>
internal static partial class WrittenTrace
{
    public const string Root = "/d";

    public static SyscallTrace Of(params string[] lines)
    {
        var text = string.Concat(lines.Select(line => Plain().Replace(line, match => match.Groups[1].Value + Hex(match.Groups[2].Value) + match.Groups[3].Value) + "\n"));
        return SyscallTrace.Read(new MemoryStream(Encoding.ASCII.GetBytes(text)), Root);
    }

    private static string Hex(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => "\\x" + b.ToString("x2", CultureInfo.InvariantCulture)));

    [GeneratedRegex("""("|(?<=\d|AT_FDCWD)<(?=/))([^">]*)("|>)""")]
    private static partial Regex Plain();
}
