using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using DocExchange.Core.Packages;

namespace DocExchange.Client.Soap;

/// <summary>
/// The hub's SOAP interface for systems that are bound to it: all its operations, packages as MTOM both ways and never whole in memory. Every method
/// throws <see cref="HubRefusedException"/> when the hub says no, and <see cref="HttpRequestException"/> when it cannot be reached.
/// </summary>
/// <param name="hub">The hub's address, without a path.</param>
/// <param name="apiKey"><c>systemid.secret</c>, as issued.</param>
public sealed partial class SoapClient(HttpClient http, Uri hub, string apiKey)
{
    private static readonly XNamespace Names = SoapLine.Names;

    private readonly SoapLine _line = new(http, hub, apiKey);

    /// <summary>Sends a package, from where the stream stands to its end. When this returns, the document survives any crash of the hub.</summary>
    /// <param name="to">Narrows delivery to these receivers of the package.</param>
    /// <param name="key">What the hub answers a repetition by.</param>
    public async Task<SoapAcceptance> SendAsync(Stream package, IReadOnlyList<string>? to = null, string? key = null, CancellationToken ct = default)
    {
        var request = SoapLine.Request("SendDocument", (to ?? []).Select(code => new XElement(Names + "To", code)), Element("Key", key), new XElement(Names + "Package", MtomFrame.Reference()));
        using var content = new MtomContent(request, package);
        return SoapViews.AcceptanceOf(await _line.AskAsync("SendDocument", content, ct).ConfigureAwait(false));
    }

    /// <param name="kind"><c>document</c>, <c>status</c>, or null for both.</param>
    /// <param name="after"><see cref="SoapInbox.Next"/> of the page before.</param>
    public async Task<SoapInbox> InboxAsync(string? kind = null, string? after = null, CancellationToken ct = default)
    {
        var answer = await _line.AskAsync("ListInbox", ct, Element("Kind", kind), Element("After", after)).ConfigureAwait(false);
        return new SoapInbox([.. answer.Elements(Names + "Item").Select(SoapViews.ItemOf)], (string?)answer.Element(Names + "Next"));
    }

    /// <summary>Copies an item's package to <paramref name="target"/> as it comes, and returns what the hub says of it, its signature among that.</summary>
    /// <exception cref="InvalidDataException">The answer ended before the package did, or is none; what was copied is to be thrown away.</exception>
    /// <exception cref="System.Xml.XmlException">The same, of an answer in one piece.</exception>
    public async Task<SoapPackage> FetchAsync(string itemId, Stream target, CancellationToken ct = default)
    {
        using var content = SoapLine.Plain(SoapLine.Request("GetDocument", Element("ItemId", itemId)));
        using var response = await _line.SendAsync("GetDocument", content, ct).ConfigureAwait(false);
        return await PackageAnswer.CopyAsync(response, target, ct).ConfigureAwait(false);
    }

    /// <summary>Says that an item is stored, or with a reason that it cannot be taken. False when the same had been said before.</summary>
    public async Task<bool> ConfirmAsync(string itemId, string? failure = null, CancellationToken ct = default)
    {
        var answer = await _line.AskAsync("ConfirmReceived", ct, Element("ItemId", itemId), Element("Result", failure is null ? "done" : "fail"), Element("Reason", failure)).ConfigureAwait(false);
        return XmlConvert.ToBoolean(SoapViews.Text(answer, "Recorded"));
    }

    private static XElement? Element(string name, string? value) => value is null ? null : new XElement(Names + name, value);

    private static XElement Element(string name, DateTimeOffset time) => new(Names + name, time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
}
