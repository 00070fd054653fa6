using DocExchange.Core.Evidence;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Clerk.Markup;

namespace DocExchange.Hub.Clerk.Documents;

/// <summary>What happened to a document, oldest first: the hub's own events and what recipients' offices reported.</summary>
internal static class TimeLine
{
    public static Html Section(Visit visit, DocumentTrack track, int from, int rows)
    {
        var moments = Moments(visit, track);
        var first = Math.Clamp(from, 0, Math.Max(0, moments.Count - 1));
        return Html.Of($"""
            <section aria-labelledby="events"><h2 id="events">{visit.Say("Diễn biến", "What happened")} <span class="count">{moments.Count}</span></h2>
            <ol class="line-of-time">{moments.Skip(first).Take(rows).Select(m => Row(visit, m))}</ol>
            {DocumentView.More(visit, "events", first, moments.Count, track.DocId)}
            </section>
            """);
    }

    private static List<Moment> Moments(Visit visit, DocumentTrack track)
    {
        var moments = new List<Moment>();
        // A recipient sees no events of the log, which speak of other copies, too; that the hub accepted it is no secret.
        if (track.Events.Count == 0) moments.Add(new Moment(track.AcceptedAt, StateWords.Event(visit, EvidenceEvents.SubmissionAcceptance), null, null, null));
        foreach (var happened in track.Events)
        {
            var hasReceipt = happened.Event == EvidenceEvents.SubmissionAcceptance;
            moments.Add(new Moment(happened.Time, StateWords.Event(visit, happened.Event), NameOf(visit, happened.Recipient), null, hasReceipt ? happened.ReceiptId : null));
        }
        foreach (var status in track.Statuses)
        {
            var text = HandlingStatus.TryParse(status.Code.ToString(System.Globalization.CultureInfo.InvariantCulture), out var known)
                ? known.Text + " – " + StateWords.Status(visit, known)
                : status.Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (status.RecordedByHub) text += visit.Say(" (trục ghi nhận)", " (recorded by the hub)");
            moments.Add(new Moment(status.ArrivedAt, text, NameOf(visit, status.Reporter), status.Description, null) { Reported = status.At });
        }
        return [.. moments.OrderBy(m => m.Time)];
    }

    private static Html Row(Visit visit, Moment moment)
    {
        var reported = moment.Reported is { } at && (at - moment.Time).Duration() > TimeSpan.FromMinutes(1)
            ? Html.Of($"""<p class="said">{visit.Say("Nơi báo ghi lúc", "Reported as of")} {Visit.TimeElement(at)}</p>""")
            : Html.Nothing;
        return Html.Of($"""
            <li><div class="at">{Visit.TimeElement(moment.Time)}</div><div><strong>{moment.Text}</strong>{Html.When(moment.Who is not null, () => Html.Of($"<span> · {moment.Who}</span>"))}{Html.When(moment.Description is { Length: > 0 }, () => Html.Of($"""<p class="said">{moment.Description}</p>"""))}{reported}{Html.When(moment.ReceiptId is not null, () => Html.Of($"""<p class="said"><a href="/receipts/{moment.ReceiptId}" download>{visit.Say("Biên nhận", "Receipt")}</a></p>"""))}</div></li>
            """);
    }

    private static string? NameOf(Visit visit, string? code) => code is null ? null : visit.Book.Directory.Find(code)?.Name ?? code;

    private sealed record Moment(DateTimeOffset Time, string Text, string? Who, string? Description, string? ReceiptId)
    {
        /// <summary>The time its reporter wrote, where there is one.</summary>
        public DateTimeOffset? Reported { get; init; }
    }
}
