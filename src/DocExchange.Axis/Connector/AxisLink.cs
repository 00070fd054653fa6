using DocExchange.Axis.Calls;
using DocExchange.Core.Alarms;

namespace DocExchange.Axis.Connector;

/// <summary>The line to one axis: address, system id, secret, time-outs and clock. Everything that calls that axis calls over this.</summary>
public sealed class AxisLink : IDisposable
{
    private readonly AxisSecret _secret;
    private readonly AxisClock _clock;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private volatile Signed? _signed;

    /// <param name="keys">Folder of the secret's file.</param>
    public AxisLink(string name, AxisSettings settings, string keys, AlarmBoard alarms, TimeProvider time)
    {
        (Name, Settings, _time) = (name, settings, time);
        _secret = new AxisSecret(Path.Combine(keys, settings.SecretFile.Length > 0 ? settings.SecretFile : $"axis-{name}.secret"));
        _clock = new AxisClock(name, settings, alarms, time)
        {
            InnerHandler = new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromSeconds(Math.Min(10, settings.TimeoutSeconds)),
                // A name that moves to another address is followed.
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
                AllowAutoRedirect = false,
            },
        };
        // Each call has its limit, body included, as it is set when it begins.
        _http = new HttpClient(_clock) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public string Name { get; }

    public AxisSettings Settings { get; }

    /// <summary>How far the axis' clock was ahead of ours at its last answer.</summary>
    public TimeSpan Drift => _clock.Drift;

    /// <summary>Signs with the secret as it is now; null while there is none.</summary>
    internal VxpClient? Client
    {
        get
        {
            if (_secret.Current is not { } secret) return null;
            if (_signed is { } known && known.Secret == secret) return known.Client;
            var client = new VxpClient(_http, new Uri(Settings.Address), Settings.SystemId, secret, _time, () => TimeSpan.FromSeconds(Settings.TimeoutSeconds));
            _signed = new Signed(secret, client);
            return client;
        }
    }

    public void Dispose() => _http.Dispose();

    private sealed record Signed(string Secret, VxpClient Client);
}
