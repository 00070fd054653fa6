using System.Globalization;

namespace DocExchange.Core.Evidence;

/// <summary>The one way evidence writes times: UTC, ISO 8601, milliseconds, Z; finer parts are cut, not rounded.</summary>
public static class EvidenceTime
{
    internal const int Length = 24;
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>As <see cref="TryParse(string?, out DateTimeOffset)"/>, and only what <see cref="Write(DateTimeOffset)"/> writes.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        Span<char> characters = stackalloc char[Length];
        if (text.Length != Length || System.Text.Encoding.ASCII.GetChars(text, characters) != Length) return false;
        if (!DateTimeOffset.TryParseExact(characters, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)) return false;
        Span<byte> again = stackalloc byte[Length];
        Write(time, again);
        return text.SequenceEqual(again);
    }

    internal static void Write(DateTimeOffset time, Span<byte> destination) =>
        time.UtcDateTime.TryFormat(destination, out _, Form, CultureInfo.InvariantCulture);
}
