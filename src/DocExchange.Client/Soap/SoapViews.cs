using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DocExchange.Client.Soap;

/// <summary>What answers hold, as records; the schema is <c>schemas/soap/docexchange.xsd</c>. An answer without a required element is an <see cref="XmlException"/>.</summary>
internal static class SoapViews
{
    private static readonly XNamespace Names = SoapLine.Names;

    public static SoapAcceptance AcceptanceOf(XElement answer) => new(Text(answer, "DocId"), Text(answer, "ReceiptId"), Flag(answer, "Repeated"));

    public static SoapItem ItemOf(XElement item) => new(
        Text(item, "ItemId"), Text(item, "Kind"), Text(item, "Sender"), Text(item, "Recipient"), Said(item, "DocumentId"), Text(item, "Subject"), Text(item, "Code"),
        Time(item, "ArrivedAt")!.Value, (int)Number(item, "FetchedCount"), Number(item, "Size"), Text(item, "Digest"));

    public static DocumentTrack DocumentOf(XElement document) => new(
        Text(document, "DocId"), Said(document, "DocumentId"), Text(document, "Kind"), Text(document, "BusinessType"), Text(document, "Subject"), Text(document, "Code"), Text(document, "Sender"),
        Time(document, "AcceptedAt"), "sha256:" + Text(document, "Digest"), Number(document, "Size"), Text(document, "ReceiptId"))
    {
        Deliveries = [.. document.Elements(Names + "Delivery").Select(d => new TrackedDelivery(Text(d, "Agency"), Said(d, "Name"), Text(d, "State"), Time(d, "Since"), (int)Number(d, "FetchedCount")))],
        Statuses = [.. document.Elements(Names + "Status").Select(s =>
            new TrackedStatus(Text(s, "Reporter"), Text(s, "Code"), Said(s, "Name"), Said(s, "Description"), Time(s, "At"), Flag(s, "RecordedByHub")))],
        Events = [.. document.Elements(Names + "Event").Select(e => new TrackedEvent(Number(e, "Index"), Text(e, "Event"), Time(e, "Time")))],
    };

    public static AgencyEntry AgencyOf(XElement entry) => new(
        Text(entry, "Code"), Text(entry, "Name"), Said(entry, "Parent"), Text(entry, "Kind"), [.. entry.Elements(Names + "Alias").Select(a => a.Value)], Time(entry, "ValidFrom"), Time(entry, "ValidTo"),
        Said(entry, "Successor"), Time(entry, "LockedSince"), Said(entry, "Mail"))
    {
        Route = Text(entry, "Route"),
    };

    public static string Text(XElement parent, string name) => Said(parent, name) ?? throw new XmlException($"The answer lacks {name}.");

    private static string? Said(XElement parent, string name) => parent.Element(Names + name)?.Value;

    private static bool Flag(XElement parent, string name) => XmlConvert.ToBoolean(Text(parent, name));

    private static long Number(XElement parent, string name) => long.Parse(Text(parent, name), CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(XElement parent, string name) => Said(parent, name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
}
