using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Tracking;

/// <summary>Seen from the searcher's own agencies; without a scope of agencies there is no direction.</summary>
public enum SearchDirection { Any, Sent, Received }

/// <summary>What to look for; everything given must hold. Nothing given = the newest documents.</summary>
public sealed record DocumentSearch
{
    /// <summary>Whole words of the subject or of number and notation, in any case, with or without marks.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Number and notation, or how they begin.</summary>
    public string? Code { get; init; }

    /// <summary>True = <see cref="Code"/> is all of it, not a beginning.</summary>
    public bool WholeCode { get; init; }

    /// <summary>The DocumentId of the package, exactly.</summary>
    public string? DocumentId { get; init; }

    /// <summary>One of these sent it; null = anybody, empty = nobody.</summary>
    public IReadOnlyCollection<long>? Senders { get; init; }

    /// <summary>One of these got a copy; null = anybody, empty = nobody.</summary>
    public IReadOnlyCollection<long>? Recipients { get; init; }

    public SearchDirection Direction { get; init; }

    public BusinessType? Kind { get; init; }

    /// <summary>Accepted at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Accepted before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Hub id after which to go on, from <see cref="SearchPage.Next"/>; null = from the newest.</summary>
    public string? After { get; init; }

    public int Limit { get; init; } = 20;
}

/// <param name="Next">Give it as <see cref="DocumentSearch.After"/> for the next page; null = there is none. A page may be short although more follows.</param>
public sealed record SearchPage(IReadOnlyList<FoundDocument> Documents, string? Next);

/// <summary>One line of a list. Copies are those the searcher may see: the sender sees all, a recipient its own.</summary>
/// <param name="FirstRecipients">Names of the first copies' recipients, at most two.</param>
public sealed record FoundDocument(
    string DocId, string? DocumentId, BusinessType BusinessType, string Subject, string Code, string Sender, string SenderName, DateTimeOffset AcceptedAt)
{
    public string? PromulgationDate { get; init; }

    /// <summary>0 normal to 4 most urgent.</summary>
    public int Priority { get; init; }

    public int Copies { get; init; }

    /// <summary>Copies whose recipient's system confirmed.</summary>
    public int Delivered { get; init; }

    /// <summary>Copies that wait for a person or were given up.</summary>
    public int Failed { get; init; }

    public IReadOnlyList<string> FirstRecipients { get; init; } = [];
}
