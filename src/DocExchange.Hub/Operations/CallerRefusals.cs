using System.Net;
using System.Net.Sockets;
using DocExchange.Core;
using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence;
using DocExchange.Core.Ports;

namespace DocExchange.Hub.Operations;

/// <summary>
/// Calls that could not be authenticated, by network and minute: one line and one piece of evidence each, however many calls, so that noise
/// costs the log nothing. Whoever has one IPv6 address has a /64 of them, and many networks at once are told apart only so far.
/// </summary>
public sealed partial class CallerRefusals(IExchangeStore store, AlarmBoard alarms, TimeProvider time, ILogger<CallerRefusals> logger)
{
    /// <summary>Networks told apart in one minute; what comes from further ones is noted once, under <see cref="AlarmBoard.Others"/>.</summary>
    public const int MostInAMinute = 100;

    private readonly HashSet<string> _noted = [];
    private readonly Lock _lock = new();
    private long _minute;

    public void Count(string address, string reason)
    {
        HubMeter.TurnedAway.Add(1);
        var network = NetworkOf(address);
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        lock (_lock)
        {
            if (_minute != minute)
            {
                _noted.Clear();
                _minute = minute;
            }
            if (_noted.Count >= MostInAMinute && !_noted.Contains(network)) network = AlarmBoard.Others;
            if (!_noted.Add(network)) return;
        }
        LogRefused(logger, network, reason);
        alarms.Raise(AlarmKind.CallsRefused, network, reason);
        _ = RecordAsync(network, reason);
    }

    /// <summary>An address, or of IPv6 the /64 it lies in (RFC 4291 §2.5.4: what a network's router gives out).</summary>
    internal static string NetworkOf(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(parsed)) return address;
        var bytes = parsed.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    private async Task RecordAsync(string network, string reason)
    {
        try
        {
            await store.RecordEventAsync(new EvidenceEntry { Event = EvidenceEvents.CallerRefused, Time = time.GetUtcNow(), Reason = reason, Detail = network },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // The log line stands; a store that cannot commit is reported by readiness.
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Calls from {Network} are refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string network, string reason);
}
