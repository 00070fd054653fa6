using DocExchange.Benchmarks.Load;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Routing;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Operations;

using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.Benchmarks.Hub;

/// <summary>Fills a store through its own commit, without HTTP and parsing: rows, evidence and checkpoints are what they would be, bodies are short.</summary>
internal static class ManyDocuments
{
    private const int AtOnce = 4096;

    /// <param name="singly">How many of them, at the end, are each awaited before the next is begun: as many batches with a signature of their own.</param>
    public static async Task InsertAsync(HubApplication hub, int count, int singly)
    {
        var store = hub.Services.GetRequiredService<IExchangeStore>();
        var book = hub.Services.GetRequiredService<CurrentParties>().Book;
        var caller = book.FindSystem(BenchParties.SenderSystem)!;
        var mailbox = book.FindSystem(BenchParties.ReceiverSystem)!;
        var sender = book.Directory.Find(BenchParties.Sender)!;
        IReadOnlyList<Route> routes = [new Route(book.Directory.Find(BenchParties.Receiver)!, mailbox, [BenchParties.Receiver])];
        var pending = new List<Task<CommitOutcome>>(AtOnce);
        for (var i = 1; i <= count; i++)
        {
            pending.Add(store.AcceptDocumentAsync(Document(i, book, caller, sender, routes), default));
            if (pending.Count < AtOnce && i < count - singly) continue;
            foreach (var outcome in await Task.WhenAll(pending))
            {
                if (outcome is not CommitOutcome.Accepted) throw new BenchmarkFailedException($"A seeded document was not accepted: {outcome}");
            }
            pending.Clear();
        }
    }

    private static DocumentAcceptance Document(int serial, PartyBook book, PartnerSystem caller, Agency sender, IReadOnlyList<Route> routes)
    {
        var number = serial.ToString(CultureInfo.InvariantCulture);
        var bytes = Encoding.UTF8.GetBytes("<seeded document=\"" + number + "\"/>");
        var envelope = new Envelope
        {
            Kind = MessageKind.Document,
            From = new Organ(sender.Code, null, sender.Name),
            To = [new Organ(BenchParties.Receiver)],
            DocumentId = "SEED," + number,
            CodeNumber = number,
            CodeNotation = "CV-STP",
            PromulgationDate = "2026/01/05",
            TypeName = "Công văn",
            Subject = "V/v đo thời gian khởi động với văn bản số " + number,
        };
        return new DocumentAcceptance(caller, sender, envelope, new StoredBody(SHA256.HashData(bytes), bytes.Length, bytes), routes) { Parties = book };
    }
}
