using System.Globalization;
using DocExchange.Core.Delivery;

namespace DocExchange.Core.Evidence.Exports;

public enum ExportDirection
{
    Sent,
    Received,
}

/// <summary>
/// Which events an export shows. Times and <see cref="After"/> choose a stretch of the log, of which nothing is left out; the rest choose
/// among its events, and what they leave out stands in the export as a hash.
/// </summary>
public sealed record ExportFilter
{
    /// <summary>Events from here on; the stretch begins with the batch that may hold the first.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Events before this; the stretch ends with the batch that may hold the last.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Size of the log an earlier export ended with: what changed since.</summary>
    public long? After { get; init; }

    /// <summary>Documents this agency sent or got.</summary>
    public ExportAgency? Agency { get; init; }

    /// <summary>Of the agency's documents, those in one direction.</summary>
    public ExportDirection? Direction { get; init; }

    /// <summary>The hub's id of one document.</summary>
    public string? Document { get; init; }

    /// <summary>Documents of which a copy is in this state now.</summary>
    public DeliveryState? State { get; init; }

    /// <summary>Whether anything of the stretch is left out.</summary>
    public bool Selects => Agency is not null || Direction is not null || Document is not null || State is not null;

    /// <summary>As the export's first line and its event say it: <c>name=value</c>, one space between; empty for everything.</summary>
    public string ToText()
    {
        var parts = new List<string>();
        if (From is { } from) parts.Add("from=" + EvidenceTime.Write(from));
        if (Before is { } before) parts.Add("before=" + EvidenceTime.Write(before));
        if (After is { } after) parts.Add("after=" + after.ToString(CultureInfo.InvariantCulture));
        if (Agency is { } agency) parts.Add("agency=" + agency.Code);
        if (Agency is { WithUnits: true }) parts.Add("units=yes");
        if (Direction is { } direction) parts.Add("direction=" + (direction == ExportDirection.Sent ? "sent" : "received"));
        if (Document is { } document) parts.Add("document=" + document);
        if (State is { } state) parts.Add("state=" + state);
        return string.Join(' ', parts);
    }

    /// <summary>As <see cref="Selects"/>, of a text that <see cref="ToText"/> wrote.</summary>
    public static bool TextSelects(string text) =>
        Names(text).Any(name => name is not ("from" or "before" or "after"));

    /// <summary>The part of such a text that chooses events, without the stretch: exports of one choice can go on from each other.</summary>
    public static string Choice(string text) => string.Join(' ', text.Split(' ').Where(part => part.Split('=')[0] is not ("from" or "before" or "after")));

    /// <summary>Whether a text says that the stretch may end before the newest head.</summary>
    public static bool TextEndsEarly(string text) => Names(text).Contains("before");

    private static IEnumerable<string> Names(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=')[0]);
}

/// <param name="Ids">As the store counts agencies: the one, or it and all units below it.</param>
public sealed record ExportAgency(string Code, IReadOnlyList<long> Ids, bool WithUnits);
