namespace DocExchange.Core.Alarms;

/// <summary>One raised alarm: a kind and whom it is about, however often it happened.</summary>
/// <param name="Subject">A system, an agency, an address or a document; never a person.</param>
/// <param name="Detail">What happened last, short; null when the sentence says it all.</param>
public sealed record Alarm(AlarmKind Kind, string Subject, DateTimeOffset First, DateTimeOffset Last, long Times, string? Detail)
{
    public string English => Kind.English.Replace("{subject}", Subject, StringComparison.Ordinal);

    public string Vietnamese => Kind.Vietnamese.Replace("{subject}", Subject, StringComparison.Ordinal);
}
