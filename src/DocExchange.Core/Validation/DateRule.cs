using System.Globalization;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>
/// The real date fields, in the three notations in use; never a date inside a DocumentId, which is opaque. A document dated after the
/// hub's day in Vietnam cannot have been issued yet: refused from agencies, warned about from peers, whose clock the hub does not know.
/// </summary>
public sealed class DateRule : IRule
{
    private const string DateForm = "yyyy/MM/dd";
    private const string TimeForm = "yyyy/MM/dd HH:mm:ss";

    public void Check(Envelope envelope, RuleContext context, Findings findings)
    {
        for (var i = 0; i < envelope.ResponseFor.Count; i++)
            CheckMinor(envelope.ResponseFor[i].PromulgationDate, HeaderPaths.ResponseForDate, i, findings);
        if (envelope.Kind == MessageKind.Status) return;

        CheckDateOfIssue(envelope.PromulgationDate, context, findings);
        CheckMinor(envelope.DueDate, HeaderPaths.DueDate, 0, findings);
        if (envelope.Trace is not { } trace) return;
        for (var i = 0; i < trace.Hops.Count; i++)
        {
            var text = trace.Hops[i].Timestamp;
            if (!string.IsNullOrWhiteSpace(text) && !VietnamTime.TryParse(text, out _))
                findings.RefuseFromAgency(Unreadable(HeaderPaths.HopTimestamp, text, TimeForm, i), "date-unreadable");
        }
    }

    internal static Problem Unreadable(string path, string text, string form, int ordinal = 0) =>
        new(ProblemCatalogue.DateUnreadable, path, text, form, ordinal);

    private static void CheckDateOfIssue(string? text, RuleContext context, Findings findings)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        if (!VietnamTime.TryParseDate(text, out var date))
        {
            if (context.IsStrict || !VietnamTime.TryParse(text, out var time))
            {
                findings.Refuse(Unreadable(HeaderPaths.PromulgationDate, text, DateForm));
                return;
            }
            findings.Warn("date-with-time", HeaderPaths.PromulgationDate, text);
            date = DayOf(time);
        }
        var today = DayOf(context.Now);
        if (date > today.AddDays(context.Settings.FutureDays))
        {
            findings.RefuseFromAgency(
                new Problem(ProblemCatalogue.DateInFuture, HeaderPaths.PromulgationDate, text, today.ToString(DateForm, CultureInfo.InvariantCulture)),
                "date-in-future");
        }
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(VietnamTime.Of(time).DateTime);

    private static void CheckMinor(string? text, string path, int ordinal, Findings findings)
    {
        if (!string.IsNullOrWhiteSpace(text) && !VietnamTime.TryParseDate(text, out _))
            findings.RefuseFromAgency(Unreadable(path, text, DateForm, ordinal), "date-unreadable");
    }
}
