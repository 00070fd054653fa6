using System.Collections.Concurrent;
using DocExchange.Core;
using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;

namespace DocExchange.Hub.Operations;

/// <summary>
/// Calls that could not be authenticated, counted by address and minute: one line and one piece of evidence each, however many calls, so
/// that noise costs the log nothing.
/// </summary>
public sealed partial class CallerRefusals(IExchangeStore store, AlarmBoard alarms, TimeProvider time, ILogger<CallerRefusals> logger)
{
    private readonly ConcurrentDictionary<string, (long Minute, int Count)> _counts = [];

    public void Count(string address, string reason)
    {
        HubMeter.TurnedAway.Add(1);
        if (_counts.Count > 10_000) _counts.Clear();
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        var now = _counts.AddOrUpdate(address, _ => (minute, 1), (_, old) => old.Minute == minute ? (minute, old.Count + 1) : (minute, 1));
        if (now.Count != 1) return;
        LogRefused(logger, address, reason);
        alarms.Raise(AlarmKind.CallsRefused, address, reason);
        _ = RecordAsync(address, reason);
    }

    private async Task RecordAsync(string address, string reason)
    {
        try
        {
            await store.RecordEventAsync(new EvidenceEntry { Event = EvidenceEvents.CallerRefused, Time = time.GetUtcNow(), Reason = reason, Detail = address },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // The log line stands; a store that cannot commit is reported by readiness.
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Calls from {Address} are refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string address, string reason);
}
