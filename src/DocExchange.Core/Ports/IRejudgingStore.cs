using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.Core.Ports;

/// <summary>Documents whose signatures are to be judged again, because something new is known of a certificate they rest on.</summary>
public interface IRejudgingStore
{
    /// <summary>The next of them that rest on one certificate, oldest first; null when nothing is due.</summary>
    ValueTask<RejudgingPage?> NextAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Keeps later verdicts, each an entry of the log, and how far the page came, in one commit. The acceptances' own verdicts stay.</summary>
    Task RecordAsync(RejudgingPage page, IReadOnlyList<(JudgedDocument Document, VerdictRecord Record)> later, CancellationToken cancellationToken);

    /// <summary>Keeps the later verdict over one document as an entry of the log, and which certificates it rests on, in one commit.</summary>
    Task RecordAsync(string docId, JudgedSignatures judged, string actor, CancellationToken cancellationToken);

    /// <summary>Remembers certificates that can be asked for, so that a restart forgets none.</summary>
    Task RememberAsync(IReadOnlyList<WantedAnswer> met, CancellationToken cancellationToken);

    /// <summary>Certificates met since then of which nothing current is known, those met last first.</summary>
    ValueTask<IReadOnlyList<WantedAnswer>> LapsedAsync(DateTimeOffset since, DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <param name="Certificate">SHA-256, lower-case hex.</param>
/// <param name="After">The last document of the page before.</param>
/// <param name="IsLast">Nothing more rests on it.</param>
public sealed record RejudgingPage(string Certificate, long After, IReadOnlyList<JudgedDocument> Documents, bool IsLast);

/// <param name="Last">The newest verdict.</param>
public sealed record JudgedDocument(long Number, string DocId, DateTimeOffset AcceptedAt, VerdictRecord Last);
