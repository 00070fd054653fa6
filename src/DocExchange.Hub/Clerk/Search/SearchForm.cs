using System.Globalization;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Tracking;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace DocExchange.Hub.Clerk.Search;

/// <summary>The search form as filled in; its address can be kept and shared.</summary>
internal sealed record SearchForm
{
    private const int LongestText = 300;

    public string Text { get; init; } = "";
    public string Sender { get; init; } = "";
    public string Recipient { get; init; } = "";
    public SearchDirection Direction { get; init; }
    public BusinessType? Kind { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }
    public string? After { get; init; }

    public bool HasFilters => Sender.Length > 0 || Recipient.Length > 0 || Direction != SearchDirection.Any || Kind is not null || From is not null || Until is not null;

    public bool IsEmpty => Text.Length == 0 && !HasFilters;

    public static SearchForm Read(Func<string, StringValues> field) => new()
    {
        Text = Clean(field("q")),
        Sender = Clean(field("sender")),
        Recipient = Clean(field("recipient")),
        Direction = Clean(field("direction")) switch { "sent" => SearchDirection.Sent, "received" => SearchDirection.Received, _ => SearchDirection.Any },
        Kind = int.TryParse(Clean(field("kind")), NumberStyles.None, CultureInfo.InvariantCulture, out var kind) && kind <= 3 ? (BusinessType)kind : null,
        From = Day(field("from")),
        Until = Day(field("until")),
        After = Clean(field("after")) is { Length: > 0 } after ? after : null,
    };

    /// <summary>The address of this search.</summary>
    public string Address()
    {
        var values = new Dictionary<string, string?>();
        Add("q", Text);
        Add("direction", Direction == SearchDirection.Any ? "" : Direction.ToString().ToLowerInvariant());
        Add("kind", Kind is { } kind ? ((int)kind).ToString(CultureInfo.InvariantCulture) : "");
        Add("sender", Sender);
        Add("recipient", Recipient);
        Add("from", Write(From));
        Add("until", Write(Until));
        Add("after", After ?? "");
        return QueryHelpers.AddQueryString("/", values);

        void Add(string name, string value)
        {
            if (value.Length > 0) values[name] = value;
        }
    }

    /// <summary>The filters as a search; days are days of Vietnam, both included.</summary>
    public DocumentSearch ToSearch(AgencyFinder agencies) => new()
    {
        Senders = Sender.Length > 0 ? agencies.Find(Sender) : null,
        Recipients = Recipient.Length > 0 ? agencies.Find(Recipient) : null,
        Direction = Direction,
        Kind = Kind,
        From = From is { } from ? Start(from) : null,
        Until = Until is { } until && until < DateOnly.MaxValue ? Start(until.AddDays(1)) : null,
        After = After,
    };

    public static string Write(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), VietnamTime.Offset);

    // Years before this system could hold anything; also keeps the offset from leaving the calendar.
    private static DateOnly? Day(StringValues text) => VietnamTime.TryParseDate(text, out var day) && day.Year is > 1900 and < 9999 ? day : null;

    private static string Clean(StringValues value)
    {
        var text = value.ToString().Trim();
        return text.Length <= LongestText ? text : text[..LongestText];
    }
}
