using System.Globalization;
using DocExchange.Core;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>Reads a wish's words one by one; remembers the first that is wrong.</summary>
/// <param name="words">By name; an absent and an empty one are the same.</param>
internal sealed class ExportWords(IReadOnlyDictionary<string, string?> words)
{
    public Problem? Problem { get; private set; }

    public string? Word(string name) => words.TryGetValue(name, out var word) && !string.IsNullOrWhiteSpace(word) ? word.Trim() : null;

    public bool Flag(string name) => Word(name) is "true" or "on";

    public void Refuse(string name, string allowed) => Problem ??= new Problem(ProblemCatalogue.ProtocolWordUnknown, name, Word(name) ?? "", allowed);

    /// <summary>A day is that day in Viet Nam; anything finer names its offset or means Viet Nam's.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Word(name) is not { } word) return null;
        if (DateTime.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) && time.Kind == DateTimeKind.Unspecified) return new DateTimeOffset(time, VietnamTime.Offset).ToUniversalTime();
        if (DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, out var exact)) return exact.ToUniversalTime();
        Refuse(name, "2026-11-21 or 2026-11-21T18:00:00+07:00");
        return null;
    }

    public long? Size(string name)
    {
        if (Word(name) is not { } word) return null;
        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return size;
        Refuse(name, "the size an earlier export ended with, or last");
        return null;
    }

    public T? OneOf<T>(string name) where T : struct, Enum
    {
        if (Word(name) is not { } word) return null;
        if (Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsDigit(word[0])) return value;
        Refuse(name, string.Join(", ", Enum.GetNames<T>().Select(one => one.ToLowerInvariant())));
        return null;
    }
}
