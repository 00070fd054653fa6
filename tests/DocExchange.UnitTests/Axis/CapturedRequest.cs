using System.Text;
using Xunit;

namespace DocExchange.UnitTests.Axis;

/// <summary>A recorded request of a real client, byte for byte: request line, headers in arrival order, blank line, body.</summary>
internal sealed record CapturedRequest(string Line, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    private const string Absent = "The captured requests are in the folder \"shared\" beside the repository (or where DOCEXCHANGE_SHARED says), which is absent here.";

    /// <summary>Skips the test, saying why, where the shared folder is absent.</summary>
    public static CapturedRequest Read(string name)
    {
        var folder = Folder();
        Skip.If(folder is null, Absent);
        var bytes = File.ReadAllBytes(Path.Combine(folder!, name));
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Select(pair => new KeyValuePair<string, string>(pair[0], pair[1].Trim(' '))).ToList();
        return new CapturedRequest(lines[0], headers, bytes[(end + 4)..]);
    }

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("DOCEXCHANGE_SHARED") is { Length: > 0 } given) return Existing(given);
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Existing(Path.Combine(at.FullName, "shared")) is { } found) return found;
        return null;
    }

    private static string? Existing(string shared) => Path.Combine(shared, "spec", "captures") is var path && Directory.Exists(path) ? path : null;
}
