using System.Text.Json.Serialization;

namespace DocExchange.Sandbox.Axis;

/// <summary>What becomes of a package that was sent before.</summary>
public enum Repeats
{
    /// <summary>It is another document: receivers get it twice.</summary>
    Kept,

    /// <summary>The same bytes to the same receivers get the first answer again.</summary>
    SameBytesAnsweredAgain,

    /// <summary>The same DocumentId of the same sender gets the first answer again, whatever the bytes.</summary>
    SameIdAnsweredAgain,

    /// <summary>The same DocumentId of the same sender is refused with code 22.</summary>
    SameIdRefused,
}

/// <summary>How many items a document to several receivers of one system makes in its list.</summary>
public enum ItemsPer { Receiver, System }

/// <summary>What getReceivedEdocList shows when no period is asked.</summary>
public enum Listed
{
    /// <summary>Everything neither done nor failed.</summary>
    Unanswered,

    /// <summary>What has not been fetched: a client that loses a fetched package never sees it again.</summary>
    Unfetched,

    /// <summary>Answered items too.</summary>
    Everything,
}

/// <summary>What getReceivedEdocList shows for a period.</summary>
public enum ListedInPeriod { Everything, Unanswered }

/// <summary>Whether the second named as a bound belongs to the period.</summary>
public enum PeriodBounds { Inclusive, WithoutEnd, Exclusive }

/// <summary>Which time of an item the period is about.</summary>
public enum PeriodTime { Created, Updated }

public enum ListOrder { OldestFirst, NewestFirst }

/// <summary>The zone of the times in lists and of fromDate and toDate.</summary>
public enum AxisZone { Vietnam, Utc }

/// <summary>Which id getSentEdocList is asked with.</summary>
public enum SentListId { AxisId, DocumentId, Either }

/// <summary>What <c>to</c> does to a document whose header names more receivers.</summary>
public enum ToMeans { Narrows, Ignored }

public enum UnknownReceivers
{
    /// <summary>One that nobody knows refuses the package (code 18).</summary>
    RefuseAll,

    /// <summary>The others get it; getSentEdocList shows <c>fail</c> for the unknown one.</summary>
    FailThatOne,
}

public enum DocIdForm { Hex24, Uuid }

/// <summary>
/// Where the protocol's description is silent about the axis: one switch per reading. docs/sandbox.md has them in a table; a system that is to
/// work with the real axis should work with every value.
/// </summary>
public sealed record AxisReadings
{
    public Repeats Repeats { get; init; } = Repeats.Kept;
    public ItemsPer ItemsPer { get; init; } = ItemsPer.Receiver;
    public Listed Listed { get; init; } = Listed.Unanswered;
    public ListedInPeriod ListedInPeriod { get; init; } = ListedInPeriod.Everything;
    public PeriodBounds PeriodBounds { get; init; } = PeriodBounds.Inclusive;
    public PeriodTime PeriodTime { get; init; } = PeriodTime.Created;
    public ListOrder ListOrder { get; init; } = ListOrder.OldestFirst;

    /// <summary>Rows in one list; 0 for all.</summary>
    public int ListLimit { get; init; } = 1000;

    public AxisZone Zone { get; init; } = AxisZone.Vietnam;
    public SentListId SentListId { get; init; } = SentListId.AxisId;
    public ToMeans To { get; init; } = ToMeans.Narrows;
    public UnknownReceivers UnknownReceivers { get; init; } = UnknownReceivers.RefuseAll;
    public DocIdForm DocIds { get; init; } = DocIdForm.Hex24;

    /// <summary>How far a call's <c>timestamp</c> may be from the axis' clock, in seconds; 0 for as far as it likes.</summary>
    public int TimestampWindowSeconds { get; init; }

    /// <summary>Documents come out written anew, with a TraceHeader more; off, the bytes that were sent come out.</summary>
    public bool Rewrites { get; init; } = true;

    /// <summary>Two fetches of one item give different bytes.</summary>
    public bool FetchesDiffer { get; init; }

    /// <summary>An item that was answered can still be fetched.</summary>
    public bool FetchAfterAnswer { get; init; } = true;

    /// <summary>downloadEdoc exists (SDK 2.0.1); without it only getEdoc.</summary>
    public bool Downloads { get; init; } = true;

    /// <summary>Refusals come with HTTP 400 and 401; otherwise with HTTP 200.</summary>
    public bool RefusalsHaveHttpStatus { get; init; }

    [JsonIgnore]
    internal TimeSpan ZoneShift => Zone == AxisZone.Utc ? Core.VietnamTime.Offset : TimeSpan.Zero;
}
