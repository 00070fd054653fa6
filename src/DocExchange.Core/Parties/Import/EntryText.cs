using System.Buffers;
using System.Globalization;
using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Parties.Import;

/// <summary>Values of an entry as text in a cell, and back. Null, or false, where a text is no such value.</summary>
internal static class EntryText
{
    private const int MostAliases = 20;
    private const int MostPeople = 10;
    private const string NoBeginnings = "=+-@";

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];

    public static string? Code(string text) => AgencyCode.TryParse(text, out var code) ? code.Value : null;

    /// <summary>True also for nothing.</summary>
    public static bool Code(string text, out string? code)
    {
        code = Code(text);
        return code is not null || string.IsNullOrWhiteSpace(text);
    }

    public static IReadOnlyList<string>? Codes(string text)
    {
        var words = text.Split((char[])[' ', ',', ';', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var codes = words.Select(Code).OfType<string>().ToList();
        return codes.Count < words.Length || codes.Count > MostAliases ? null : [.. codes.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What a spreadsheet would take for a formula is no name: exported files are opened with one.</summary>
    public static string? Name(string text) => text.Trim() is { Length: > 0 and <= AgencyColumn.LongestName } name && !NoBeginnings.Contains(name[0]) ? name : null;

    /// <summary>The name that is left of a text which is none; empty when nothing is.</summary>
    public static string NameIn(string text)
    {
        var name = text.Trim().TrimStart([.. NoBeginnings, ' ']);
        if (name.Length <= AgencyColumn.LongestName) return name;
        // Half of a character is none.
        return name[..(char.IsHighSurrogate(name[AgencyColumn.LongestName - 1]) ? AgencyColumn.LongestName - 1 : AgencyColumn.LongestName)].TrimEnd();
    }

    public static string? Kind(string text) => text.Trim().ToLowerInvariant() switch
    {
        "" or AgencyEntry.Local => AgencyEntry.Local,
        AgencyEntry.External => AgencyEntry.External,
        _ => null,
    };

    public static string? Route(string text)
    {
        var route = text.Trim().ToLowerInvariant();
        if (route is "" or AgencyEntry.Local) return AgencyEntry.Local;
        if (!route.StartsWith(AgencyEntry.AxisPrefix, StringComparison.Ordinal)) return null;
        var name = route.AsSpan(AgencyEntry.AxisPrefix.Length);
        return name.Length is > 0 and <= 40 && !name.ContainsAnyExcept(NameLetters) ? route : null;
    }

    /// <summary>A day means its first moment in Vietnam; a time without a zone is Vietnam's.</summary>
    public static bool Time(string text, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        var trimmed = text.Trim();
        if (VietnamTime.TryParse(trimmed, out var utc)) time = utc;
        else if (DateTimeOffset.TryParseExact(trimmed, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var zoned)) time = zoned.ToUniversalTime();
        return time is not null;
    }

    public static bool Mail(string text, out string? mail)
    {
        mail = text.Trim() is { Length: > 0 } given ? given : null;
        return mail is null || (mail.Length <= 200 && mail.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < mail.Length - 1 && !mail.Any(char.IsWhiteSpace));
    }

    public static bool? Flag(string text) => text.Trim().ToLowerInvariant() switch
    {
        "true" or "1" or "x" => true,
        "false" or "0" or "" => false,
        _ => null,
    };

    public static IReadOnlyList<FocalPoint>? FocalPoints(string text)
    {
        var people = new List<FocalPoint>();
        foreach (var person in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = person.Split('|', StringSplitOptions.TrimEntries);
            if (parts.Length > 4 || Name(parts[0]) is null || parts.Any(p => p.Length > 200)) return null;
            people.Add(new FocalPoint(parts[0], Part(1), Part(2), Part(3)));

            string? Part(int place) => place < parts.Length && parts[place].Length > 0 ? parts[place] : null;
        }
        return people.Count > MostPeople ? null : people;
    }

    public static string Write(IReadOnlyList<string>? codes) => string.Join(' ', codes ?? []);

    public static string Write(IReadOnlyList<FocalPoint>? people) =>
        string.Join("; ", (people ?? []).Select(p => string.Join('|', p.Name, p.Role, p.Mail, p.Phone).TrimEnd('|')));

    /// <summary>The day alone where it means the whole day.</summary>
    public static string Write(DateTimeOffset? time)
    {
        if (time is not { } given) return "";
        var local = VietnamTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(given.ToUnixTimeMilliseconds()));
        return local.ToString(local.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFzzz", CultureInfo.InvariantCulture);
    }
}
