namespace DocExchange.Core.Evidence;

/// <summary>Canonical bytes back to an entry. Whatever is not spelled as <see cref="EvidenceEntry.ToCanonicalBytes"/> spells it is no entry.</summary>
internal static class EvidenceEntryReader
{
    public static EvidenceEntry? Read(ReadOnlySpan<byte> bytes) => Read(new CanonicalScanner(bytes, keep: true));

    /// <summary>The time of a well-formed entry, for those who need no more of it; null where <see cref="Read(ReadOnlySpan{byte})"/> has none.</summary>
    public static DateTimeOffset? TimeOf(ReadOnlySpan<byte> bytes) => Read(new CanonicalScanner(bytes, keep: false))?.Time;

    private static EvidenceEntry? Read(CanonicalScanner json)
    {
        json.Require("{\"v\":1,\"event\":"u8);
        // In the order of the bytes: the initializers run as they stand.
        var entry = new EvidenceEntry
        {
            Event = json.Text() ?? "",
            Time = Time(ref json),
            Receipt = json.Text(",\"receipt\":"u8),
            Document = json.Text(",\"document\":"u8),
            DocumentId = json.Text(",\"documentId\":"u8),
            BusinessType = Integer(ref json),
            Kind = json.Text(",\"kind\":"u8),
            Digest = json.Hex(",\"digest\":"u8, "sha256:"u8),
            Size = json.Number(",\"size\":"u8),
            Sender = json.Text(",\"sender\":"u8),
            Caller = json.Text(",\"caller\":"u8),
            Recipients = json.Texts(",\"recipients\":"u8),
            Recipient = json.Text(",\"recipient\":"u8),
            StatusCode = json.Text(",\"statusCode\":"u8),
            Reporter = json.Text(",\"reporter\":"u8),
            StatusTime = json.Text(",\"statusTime\":"u8),
            Reason = json.Text(",\"reason\":"u8),
            Path = json.Text(",\"path\":"u8),
            Actor = json.Text(",\"actor\":"u8),
            Detail = json.Text(",\"detail\":"u8),
            Variant = json.Text(",\"variant\":"u8),
        };
        json.Require("}"u8);
        return json.IsAtEnd ? entry : null;
    }

    private static DateTimeOffset Time(ref CanonicalScanner json)
    {
        json.Require(",\"time\":"u8);
        if (!EvidenceTime.TryParse(json.Escaped(), out var time)) json.Fail();
        return time;
    }

    private static int? Integer(ref CanonicalScanner json)
    {
        var number = json.Number(",\"businessType\":"u8);
        if (number is < int.MinValue or > int.MaxValue) json.Fail();
        return (int?)(json.IsGood ? number : null);
    }
}
