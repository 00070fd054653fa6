using System.Collections.Concurrent;
using System.Text;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Tracking;
using DocExchange.Sandbox.Axis.Exchange;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.Sandbox.Axis.Correspondents;

/// <summary>
/// The organisations no system serves: their items are answered here, and what their scripts say is sent as status packages through the same
/// intake as everybody's. Who has no script takes everything in silence.
/// </summary>
internal sealed partial class CorrespondentDesk : IAsyncDisposable
{
    private const int AtOnce = 4;
    private readonly AxisBook _book;
    private readonly AxisExchange _exchange;
    private readonly AxisIntake _intake;
    private readonly AxisSettings _settings;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, Correspondent> _all = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly SemaphoreSlim _turn = new(AtOnce);
    private readonly CancellationTokenSource _stopping = new();

    public CorrespondentDesk(AxisBook book, AxisExchange exchange, AxisIntake intake, AxisSettings settings, ILogger logger)
    {
        (_book, _exchange, _intake, _settings, _logger) = (book, exchange, intake, settings, logger);
        intake.Taken += document =>
        {
            foreach (var item in document.Items.Where(item => item.Mailbox is null)) Start(() => TakeAsync(item));
        };
    }

    public IReadOnlyList<Correspondent> All => [.. _all.Values.OrderBy(one => one.Organ, StringComparer.Ordinal)];

    /// <summary>Sets a correspondent, or replaces the one of that organisation.</summary>
    public void Set(Correspondent correspondent) => _all[_book.Find(correspondent.Organ)?.Code ?? correspondent.Organ] = correspondent;

    public bool Remove(string organ) => _all.TryRemove(organ, out _);

    /// <summary>Reports a status of a document in the name of one who has it; for a recall (13), of its sender.</summary>
    public async Task<TakenPackage> ReportAsync(Envelope about, string from, string to, HandlingStatus status, string? text = null, string? documentId = null)
    {
        var organ = _book.Find(from) ?? new AxisOrgan(from, from);
        var form = _all.GetValueOrDefault(organ.Code)?.Form ?? StatusForm.Standard;
        var paper = new ReportPaper(new Organ(organ.OldCode ?? organ.Code, OrganName: organ.Name), to, about, status, text ?? Correspondent.TextOf(status), _settings.Time.GetUtcNow()) { DocumentId = documentId };
        await _turn.WaitAsync(_stopping.Token).ConfigureAwait(false);
        try
        {
            using var package = new MemoryStream(paper.Write(form));
            return await _intake.TakeAsync(new ArrivingPackage(package, null, null, "", null) { KeepsForm = form != StatusForm.Standard }, _stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running.Keys).ConfigureAwait(false);
        _turn.Dispose();
        _stopping.Dispose();
    }

    private async Task TakeAsync(AxisItem item)
    {
        var organ = _book.Find(item.To[0])!;
        var correspondent = _all.GetValueOrDefault(organ.Code);
        if (item.Document.Envelope.Status is not null) await ReadStatusAsync(item, correspondent).ConfigureAwait(false);
        else if (item.Document.Envelope.BusinessType is BusinessType.Revocation or BusinessType.Update) await AnswerChangeAsync(item, correspondent).ConfigureAwait(false);
        else await PlayAsync(item, correspondent).ConfigureAwait(false);
    }

    private async Task PlayAsync(AxisItem item, Correspondent? correspondent)
    {
        var script = correspondent is null ? "" : correspondent.Scripts[(int)(Draw(item, correspondent) % (ulong)correspondent.Scripts.Count)];
        foreach (var word in Correspondent.Split(script))
        {
            await PauseAsync(correspondent!).ConfigureAwait(false);
            if (word == "hold") return;
            if (word == "fail")
            {
                _exchange.Answer(item, VxpNames.StatusFail, "He thong nhan khong doc duoc (mau)");
            }
            else if (HandlingStatus.TryParse(word, out var status))
            {
                Receive(item);
                await ReportAsync(item.Document.Envelope, item.To[0], item.Document.Envelope.From.OrganId ?? item.Document.From, status).ConfigureAwait(false);
            }
        }
        Receive(item);
    }

    /// <summary>A recall, or a revocation or update package: agreed to, refused or passed over.</summary>
    private async Task AnswerChangeAsync(AxisItem item, Correspondent? correspondent)
    {
        Receive(item);
        if (correspondent?.AgreesToChanges is not { } agrees) return;
        await PauseAsync(correspondent).ConfigureAwait(false);
        var envelope = item.Document.Envelope;
        var meant = envelope.Status is not null || envelope.BusinessType == BusinessType.Revocation
            ? envelope.ResponseFor.Select(about => about.DocumentId)
            : [envelope.Trace?.Business?.DocumentId];
        foreach (var id in meant.Where(id => !string.IsNullOrEmpty(id)))
            await ReportAsync(envelope, item.To[0], envelope.From.OrganId ?? item.Document.From, agrees ? HandlingStatus.ChangeAgreed : HandlingStatus.ChangeRefused, null, id).ConfigureAwait(false);
    }

    private async Task ReadStatusAsync(AxisItem item, Correspondent? correspondent)
    {
        Receive(item);
        var envelope = item.Document.Envelope;
        if (!HandlingStatus.TryParse(envelope.Status!.Code, out var status)) return;
        if (status == HandlingStatus.RecallAsked) await AnswerChangeAsync(item, correspondent).ConfigureAwait(false);
        else if (correspondent is { Recalls: > 0 } && item.Document.DocumentId is { } id && FirstReportOf(item) is { } letter
            && Draws.Fraction(Draws.Next(Draw(item, correspondent))) < correspondent.Recalls)
        {
            await PauseAsync(correspondent).ConfigureAwait(false);
            await ReportAsync(letter.Envelope, item.To[0], envelope.From.OrganId ?? item.Document.From, HandlingStatus.RecallAsked, "Gửi nhầm (mẫu)", id).ConfigureAwait(false);
        }
    }

    /// <summary>The letter a status is about, when its reporter has not reported before.</summary>
    private AxisDocument? FirstReportOf(AxisItem item) => _exchange.Look(documents =>
    {
        var about = documents.Values.Where(document => document.DocumentId == item.Document.DocumentId).ToList();
        // Ids grow with arrival: several reports may be here by now.
        var first = about.Where(document => document.Envelope.Status is not null && document.From == item.Document.From).MinBy(document => document.DocId, StringComparer.Ordinal);
        return first == item.Document ? about.Find(document => document.Envelope.Status is null && document.SystemId is null) : null;
    });

    private void Receive(AxisItem item) => _exchange.Answer(item, VxpNames.StatusDone, null);

    private Task PauseAsync(Correspondent correspondent) =>
        correspondent.DelayMs > 0 ? Task.Delay(TimeSpan.FromMilliseconds(correspondent.DelayMs), _settings.Time, _stopping.Token) : Task.CompletedTask;

    private void Start(Func<Task> work)
    {
        var running = RunAsync(work);
        _running[running] = true;
        // Removed when over, also when it was over before it stood in the list.
        running.ContinueWith(over => _running.TryRemove(over, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RunAsync(Func<Task> work)
    {
        await Task.Yield();
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The axis stops.
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException)
        {
            LogFault(_logger, fault.Message);
        }
    }

    /// <summary>The same for a document and a correspondent whatever the order in which documents come.</summary>
    private ulong Draw(AxisItem item, Correspondent correspondent)
    {
        // FNV-1a: a string's own hash code differs from process to process.
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes($"{correspondent.Organ} {item.Document.DocumentId}")) hash = (hash ^ b) * 1099511628211UL;
        return Draws.Next(hash ^ (uint)_settings.Seed);
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "A correspondent could not answer: {Reason}")]
    private static partial void LogFault(ILogger logger, string reason);
}
