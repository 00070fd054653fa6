namespace DocExchange.Sandbox.Axis.Exchange;

/// <summary>A document the axis holds, for those who look at it.</summary>
/// <param name="SystemId">Who sent it; null for the sandbox's own.</param>
/// <param name="Digest">SHA-256 of the bytes as they were sent, lower-case hex.</param>
public sealed record HeldDocument(
    string DocId, string MessageType, string? SystemId, string From, string? DocumentId, string? Subject, string? StatusCode, string Digest, long Bytes,
    DateTimeOffset SentAt, IReadOnlyList<HeldItem> Items)
{
    internal static IReadOnlyList<HeldDocument> All(AxisExchange exchange) => exchange.Look(documents => documents.Values.Select(Of).ToList());

    private static HeldDocument Of(AxisDocument document)
    {
        var envelope = document.Envelope;
        return new HeldDocument(
            document.DocId, document.MessageType, document.SystemId, document.From, document.DocumentId, envelope.Subject,
            envelope.Status?.Code, document.Received.Digest, document.Received.Length, document.SentAt,
            [.. document.Items.Select(item => new HeldItem(item.Id, item.Mailbox, item.To, item.Status, item.StatusText, item.Fetches, [.. item.Answers]))]);
    }
}

/// <summary>A row of somebody's list.</summary>
/// <param name="Mailbox">The system in whose list it stands; null for the sandbox's own organisations.</param>
/// <param name="Answers">Every word updateStatus said, in order.</param>
public sealed record HeldItem(string ItemId, string? Mailbox, IReadOnlyList<string> To, string Status, string? StatusText, int Fetches, IReadOnlyList<string> Answers);
