using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Axes.TwoProvinces;

/// <summary>
/// A province's system as it should be: sends its letters until each is acknowledged, looks into its mailbox, compares each letter's file,
/// reports 03 and 06 about it, and confirms. Its hub may be away at any moment.
/// </summary>
/// <param name="arrived">Told of each letter once.</param>
internal sealed class ProvinceOffice(ProvinceProcess hub, string partner, int letters, Action arrived)
{
    private const int AtOnce = 4;

    private static readonly string[] Reports = ["03", "06"];

    /// <summary>The other hub adds a 01 of its own.</summary>
    public static readonly int ReportsPerLetter = Reports.Length + 1;

    /// <summary>Acknowledged letters, by number.</summary>
    public ConcurrentDictionary<int, string> Sent { get; } = [];

    /// <summary>Mailbox items in which a letter came, by the letter's DocumentId; one each, when all is well.</summary>
    public ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> Arrived { get; } = [];

    /// <summary>Reports about own letters: DocumentId, code, and the mailbox items they came in.</summary>
    public ConcurrentDictionary<(string DocumentId, string Code), ConcurrentDictionary<string, bool>> Reported { get; } = [];

    public ConcurrentQueue<string> Wrong { get; } = [];

    public Letter LetterOf(int number) => new()
    {
        From = hub.Code,
        To = [partner],
        Number = number.ToString(CultureInfo.InvariantCulture),
        Notation = $"HC-{hub.Code}",
        Priority = (number % 5).ToString(CultureInfo.InvariantCulture),
        FileName = "noi-dung.txt",
        File = Encoding.UTF8.GetBytes(FileOf(hub.Code, partner, number)),
    };

    private static string FileOf(string from, string to, int number) => $"{from} -> {to}, {number}: {new string('x', 100 + number % 4000)}";

    public Task SendAllAsync(CancellationToken stop) => Parallel.ForEachAsync(Enumerable.Range(1, letters), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (number, ct) =>
    {
        var letter = LetterOf(number);
        Sent[number] = await SendAsync(letter.Bytes, VxpNames.MessageEdoc, ct);
    });

    /// <summary>Empties the mailbox whenever the hub has news, until everything of both sides has come.</summary>
    public async Task ReceiveAllAsync(CancellationToken stop)
    {
        for (var news = 0L; Arrived.Count < letters || Reported.Count < letters * ReportsPerLetter;)
        {
            await EmptyAsync(stop);
            var before = news;
            await InsistAsync(async () => (news = await hub.NewsAsync(before, stop)) >= before, "news", stop);
        }
    }

    /// <summary>What comes late, or again, is counted too. Returns how much there was.</summary>
    public async Task<int> EmptyAsync(CancellationToken stop) => await EmptyAsync(VxpNames.MessageEdoc, stop) + await EmptyAsync(VxpNames.MessageStatus, stop);

    private async Task<int> EmptyAsync(string kind, CancellationToken stop)
    {
        var items = await TryAsync(() => hub.Client.ListAsync(kind, ct: stop), stop);
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (item, ct) =>
        {
            var package = await FetchAsync(item.DocId, ct);
            if (kind == VxpNames.MessageEdoc) await TakeLetterAsync(item, package, ct);
            else TakeReport(item, package);
            await TryAsync(() => hub.Client.ConfirmAsync(item.DocId, ct), ct);
        });
        return items.Count;
    }

    private async Task TakeLetterAsync(ReceivedItem item, byte[] package, CancellationToken ct)
    {
        var envelope = PackageReader.Read(package, PackageLimits.Default).Envelope!;
        var number = int.Parse(envelope.CodeNumber!, CultureInfo.InvariantCulture);
        if (TextOf(package, envelope.Attachments[0]) != FileOf(partner, hub.Code, number)) Wrong.Enqueue($"{hub.Code}: the file of {envelope.DocumentId} is another");
        if (Arrived.TryAdd(envelope.DocumentId!, [])) arrived();
        Arrived[envelope.DocumentId!][item.DocId] = true;
        var about = new Letter { From = partner, Id = envelope.DocumentId, Number = envelope.CodeNumber!, Notation = envelope.CodeNotation! };
        foreach (var code in Reports) await SendAsync(new StatusPaper(about, hub.Code, code) { Timestamp = $"2026/11/21 10:{code}:00" }.Bytes, VxpNames.MessageStatus, ct);
    }

    /// <summary>The axis has packed the file into an archive of its own.</summary>
    private static string TextOf(byte[] package, Attachment attachment)
    {
        using var original = new MemoryStream(package);
        using var decoded = AttachmentContent.OpenDecoded(original, attachment);
        using var whole = new MemoryStream();
        decoded.CopyTo(whole);
        whole.Position = 0;
        if (attachment.Wrapped is null) return Encoding.UTF8.GetString(whole.ToArray());
        using var archive = new ZipArchive(whole);
        using var text = new StreamReader(archive.Entries[0].Open());
        return text.ReadToEnd();
    }

    private void TakeReport(ReceivedItem item, byte[] package)
    {
        var envelope = PackageReader.Read(package, PackageLimits.Default).Envelope!;
        Reported.GetOrAdd((envelope.ResponseFor[0].DocumentId!, envelope.Status!.Code!), _ => [])[item.DocId] = true;
    }

    private async Task<string> SendAsync(byte[] package, string kind, CancellationToken ct) => (await TryAsync(async () =>
    {
        using var content = new MemoryStream(package);
        return await hub.Client.SendAsync(content, kind, hub.Code, ct: ct);
    }, ct)).DocId;

    private async Task<byte[]> FetchAsync(string item, CancellationToken ct)
    {
        using var target = new MemoryStream();
        await TryAsync(() =>
        {
            target.SetLength(0);
            return hub.Client.FetchAsync(item, target, ct);
        }, ct);
        return target.ToArray();
    }

    /// <summary>Until the hub says yes; a "no" that is not for now is noted and ends the run.</summary>
    private async Task<T> TryAsync<T>(Func<Task<VxpAnswer<T>>> call, CancellationToken ct)
    {
        VxpAnswer<T>? answer = null;
        await InsistAsync(async () =>
        {
            answer = await call();
            if (answer.Refusal is not { IsTransient: false } refusal) return answer.Refusal is null;
            Wrong.Enqueue($"{hub.Code}: {refusal.Code} {refusal.Text}");
            throw new InvalidOperationException(refusal.Text);
        }, "an answer", ct);
        return answer!.Value!;
    }

    private Task InsistAsync(Func<Task<bool>> call, string what, CancellationToken ct) => Polled.UntilAsync(async () =>
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            return await call();
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // Killed just now.
            return false;
        }
    }, $"{what} of {hub.Code}", hub.HoldBackAsync, 300);
}
