using System.Globalization;
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

    /// <summary>The same table for spreadsheets.</summary>
    Workbook,

    /// <summary>Evidence, table, signed manifest and, if asked for, the packages.</summary>
    Container,
}

/// <summary>An export as somebody asks for it, checked.</summary>
/// <param name="Log">The life of the data folder whose log is exported.</param>
/// <param name="Packages">Put the originals of the documents shown into the container.</param>
/// <param name="Words">What it was made of.</param>
public sealed record ExportWish(ExportKind Kind, ExportFilter Filter, LogEpoch Log, bool Packages, IReadOnlyDictionary<string, string?> Words)
{
    /// <summary>In the place of a size: from where the same person's last export of the same choice ended.</summary>
    public const string Last = "last";

    public static readonly IReadOnlyDictionary<ExportKind, string> Endings =
        new Dictionary<ExportKind, string> { [ExportKind.JsonLines] = "jsonl", [ExportKind.Csv] = "csv", [ExportKind.Workbook] = "xlsx", [ExportKind.Container] = "asice" };

    public string Ending => Endings[Kind];

    /// <summary>Who alone can open the file; null for everybody.</summary>
    public SealedFor? Recipient { get; init; }

    public bool SinceLast { get; init; }

    public static string MediaTypeOf(string ending) => ending switch
    {
        "jsonl" => ExportFormat.MediaType,
        "csv" => "text/csv; charset=utf-8",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => AsicManifest.ContainerType,
    };

    /// <summary>The same from a size on; of everything for null.</summary>
    public ExportWish After(long? size) => this with
    {
        SinceLast = false,
        Filter = Filter with { After = size },
        Words = new Dictionary<string, string?>(Words) { ["after"] = size?.ToString(CultureInfo.InvariantCulture) },
    };

    /// <summary>
    /// The logs before this one that hold a part of what is asked for. Time goes on from one to the next, so a period that begins before this log
    /// did is cut by its beginning.
    /// </summary>
    public IReadOnlyList<LogEpoch> EarlierOf(IReadOnlyList<LogEpoch> logs) => Filter.After > 0 ? [] :
    [
        .. logs.Zip(logs.Skip(1)).Where(pair => pair.First.Ordinal < Log.Ordinal
            && (Filter.From is null || Filter.From < pair.Second.Started) && (Filter.Before is null || pair.First.Started < Filter.Before)).Select(pair => pair.First),
    ];

    /// <summary>What was asked for in words, as a request or a form brings it; the first wrong word is the problem.</summary>
    /// <param name="words">By name; an absent and an empty one are the same.</param>
    /// <param name="now">By which a certificate must be valid.</param>
    public static ExportWish? TryParse(IReadOnlyDictionary<string, string?> words, AgencyDirectory directory, IReadOnlyList<LogEpoch> logs, DateTimeOffset now, out Problem problem)
    {
        var reading = new ExportWords(words);
        var format = reading.Word("format") ?? Endings[ExportKind.Container];
        var kind = Endings.Where(one => one.Value == format).Select(one => (ExportKind?)one.Key).FirstOrDefault();
        if (kind is null) reading.Refuse("format", string.Join(", ", Endings.Values));
        var log = reading.Word("log") is { } tag ? logs.FirstOrDefault(one => one.Tag == tag) : logs[^1];
        if (log is null) reading.Refuse("log", string.Join(", ", logs.Select(one => one.Tag)));
        var sinceLast = reading.Word("after") == Last;
        var filter = FilterOf(reading, directory, sinceLast);
        var recipient = Sealed(reading, now);
        problem = reading.Problem!;
        return reading.Problem is null ? new ExportWish(kind!.Value, filter, log!, reading.Flag("packages"), words) { Recipient = recipient, SinceLast = sinceLast } : null;
    }

    private static ExportFilter FilterOf(ExportWords reading, AgencyDirectory directory, bool sinceLast)
    {
        var agency = reading.Word("agency") is { } code ? directory.Find(code) : null;
        if (agency is null && reading.Word("agency") is not null) reading.Refuse("agency", "a code of the directory");
        var units = reading.Flag("units");
        var filter = new ExportFilter
        {
            From = reading.Time("from"),
            Before = reading.Time("before"),
            After = sinceLast ? null : reading.Size("after"),
            Agency = agency is null ? null : new ExportAgency(agency.Code, units ? [.. directory.TreeOf(agency.Id)] : [agency.Id], units),
            Direction = reading.OneOf<ExportDirection>("direction"),
            Document = reading.Word("document") is { } document && document.All(char.IsAsciiLetterOrDigit) ? document : null,
            State = reading.OneOf<DeliveryState>("state"),
        };
        if (filter.Document is null && reading.Word("document") is not null) reading.Refuse("document", "the hub's id of a document");
        if (filter.Direction is not null && agency is null) reading.Refuse("direction", "nothing without agency");
        if (units && agency is null) reading.Refuse("units", "nothing without agency");
        return filter;
    }

    private static SealedFor? Sealed(ExportWords reading, DateTimeOffset now)
    {
        if (reading.Word("certificate") is not { } pem) return null;
        var recipient = SealedFor.TryParse(pem, now, out var reason);
        if (recipient is null) reading.Refuse("certificate", reason);
        return recipient;
    }
}
