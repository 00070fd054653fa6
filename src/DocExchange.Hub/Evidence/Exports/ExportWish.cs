using System.Globalization;
using DocExchange.Core;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Problems;
using DocExchange.Core.Routing;

namespace DocExchange.Hub.Evidence.Exports;

public enum ExportKind
{
    /// <summary>The evidence alone: <c>dx-export/1</c>.</summary>
    JsonLines,

    /// <summary>A table for people; proves nothing.</summary>
    Csv,

    /// <summary>Evidence, table, signed manifest and, if asked for, the packages.</summary>
    Container,
}

/// <summary>An export as somebody asks for it, checked.</summary>
/// <param name="Log">The life of the data folder whose log is exported.</param>
/// <param name="Packages">Put the originals of the documents shown into the container.</param>
public sealed record ExportWish(ExportKind Kind, ExportFilter Filter, LogEpoch Log, bool Packages)
{
    public static readonly IReadOnlyDictionary<ExportKind, string> Endings =
        new Dictionary<ExportKind, string> { [ExportKind.JsonLines] = "jsonl", [ExportKind.Csv] = "csv", [ExportKind.Container] = "asice" };

    public string Ending => Endings[Kind];

    public string MediaType => MediaTypeOf(Ending);

    public static string MediaTypeOf(string ending) => ending switch
    {
        "jsonl" => ExportFormat.MediaType,
        "csv" => "text/csv; charset=utf-8",
        _ => AsicManifest.ContainerType,
    };

    /// <summary>What was asked for in words, as a request or a form brings it; the first wrong word is the problem.</summary>
    /// <param name="words">By name; an absent and an empty one are the same.</param>
    public static ExportWish? TryParse(IReadOnlyDictionary<string, string?> words, AgencyDirectory directory, IReadOnlyList<LogEpoch> logs, out Problem problem)
    {
        var reading = new Reading(words);
        var format = reading.Word("format") ?? Endings[ExportKind.Container];
        var kind = Endings.Where(one => one.Value == format).Select(one => (ExportKind?)one.Key).FirstOrDefault();
        if (kind is null) reading.Refuse("format", string.Join(", ", Endings.Values));
        var log = reading.Word("log") is { } tag ? logs.FirstOrDefault(one => one.Tag == tag) : logs[^1];
        if (log is null) reading.Refuse("log", string.Join(", ", logs.Select(one => one.Tag)));
        var agency = reading.Word("agency") is { } code ? directory.Find(code) : null;
        if (agency is null && reading.Word("agency") is not null) reading.Refuse("agency", "a code of the directory");
        var filter = new ExportFilter
        {
            From = reading.Time("from"),
            Before = reading.Time("before"),
            After = reading.Size("after"),
            Agency = agency is null ? null : new ExportAgency(agency.Id, agency.Code),
            Direction = reading.OneOf<ExportDirection>("direction"),
            Document = reading.Word("document") is { } document && document.All(char.IsAsciiLetterOrDigit) ? document : null,
            State = reading.OneOf<DeliveryState>("state"),
        };
        if (filter.Document is null && reading.Word("document") is not null) reading.Refuse("document", "the hub's id of a document");
        if (filter.Direction is not null && agency is null) reading.Refuse("direction", "nothing without agency");
        problem = reading.Problem!;
        return reading.Problem is null ? new ExportWish(kind!.Value, filter, log!, reading.Word("packages") is "true" or "on") : null;
    }

    private sealed class Reading(IReadOnlyDictionary<string, string?> words)
    {
        public Problem? Problem { get; private set; }

        public string? Word(string name) => words.TryGetValue(name, out var word) && !string.IsNullOrWhiteSpace(word) ? word.Trim() : null;

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
            Refuse(name, "the size an earlier export ended with");
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
}
