using System.Globalization;
using System.Reflection;
using System.Text.Json;
using DocExchange.Axis.Connector;
using DocExchange.Core.Ports;
using DocExchange.Hub.Axes;
using DocExchange.Hub.Evidence;

namespace DocExchange.Hub.Operations;

/// <summary>Marks a setting that a running hub takes over; every other one takes effect at the next start.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReloadableAttribute : Attribute;

/// <summary>What reading the settings again did.</summary>
/// <param name="Changed">Taken over: key, old and new value.</param>
/// <param name="AtNextStart">Differ, and take effect when the hub is started again.</param>
public sealed record ReloadOutcome(IReadOnlyList<string> Changed, IReadOnlyList<string> AtNextStart);

/// <summary>
/// Reads the settings again while the hub runs. All of them are checked as at a start before one of them is taken; what is taken is
/// evidence. One at a time.
/// </summary>
internal sealed partial class SettingsReload(
    HubOptions current, SettingsSource source, CallRates rates, AxisConnections axes, ILogStore log, ILogger<SettingsReload> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <param name="actor">Who asked, by internal id.</param>
    /// <exception cref="StartRefusedException">They cannot be used; the message says which and why. The old ones stay.</exception>
    public async Task<ReloadOutcome> RunAsync(string actor, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var read = source.Read();
            if (read.Problems() is { Count: > 0 } problems) throw new StartRefusedException(string.Join(' ', problems));
            var (changed, later) = (new List<string>(), new List<string>());
            foreach (var setting in typeof(HubOptions).GetProperties().Where(p => p.Name != nameof(HubOptions.Axes) && Written(p.GetValue(current)) != Written(p.GetValue(read))))
            {
                var isTaken = setting.GetCustomAttribute<ReloadableAttribute>() is not null;
                (isTaken ? changed : later).Add($"{setting.Name} {Written(setting.GetValue(current))} -> {Written(setting.GetValue(read))}");
                if (isTaken) setting.SetValue(current, setting.GetValue(read));
            }
            ReadAxes(read, changed, later);
            if (changed.Count > 0)
            {
                rates.Apply(current);
                axes.Apply();
                await EvidenceSetup.RecordSettingsAsync(current, log, actor).ConfigureAwait(false);
            }
            LogRead(logger, string.Join("; ", changed), string.Join("; ", later));
            return new ReloadOutcome(changed, later);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A connection that stays takes over what it can; one that comes or goes does so at the next start.</summary>
    private void ReadAxes(HubOptions read, List<string> changed, List<string> later)
    {
        later.AddRange(current.Axes.Keys.Except(read.Axes.Keys).Select(name => $"Axes:{name} ends"));
        foreach (var (name, settings) in read.Axes)
        {
            if (!current.Axes.TryGetValue(name, out var ours))
            {
                later.Add($"Axes:{name} is new");
                continue;
            }
            foreach (var setting in typeof(AxisSettings).GetProperties().Where(p => p.CanWrite && Written(p.GetValue(ours)) != Written(p.GetValue(settings))))
            {
                var isTaken = AxisSettings.Reloadable.Contains(setting.Name);
                (isTaken ? changed : later).Add($"Axes:{name}:{setting.Name} {Written(setting.GetValue(ours))} -> {Written(setting.GetValue(settings))}");
                if (isTaken) setting.SetValue(ours, setting.GetValue(settings));
            }
        }
    }

    /// <summary>For a signal, which has nobody to answer: the log says what happened.</summary>
    public async Task RunLoggedAsync()
    {
        try
        {
            await RunAsync("signal", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is StartRefusedException or StoreUnavailableException)
        {
            LogRefused(logger, fault.Message);
        }
        catch (Exception fault)
        {
            // Nobody waits for this: what is not said here is said nowhere.
            LogFailed(logger, fault);
        }
    }

    public void Dispose() => _one.Dispose();

    private static string Written(object? value) => value switch
    {
        string[] many => string.Join(',', many),
        null => "",
        string or ValueType => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        // Sections.
        _ => JsonSerializer.Serialize(value),
    };

    [LoggerMessage(EventId = 2411, Level = LogLevel.Warning, Message = "Settings were read again. Changed: {Changed}. Take effect at the next start: {Later}.")]
    private static partial void LogRead(ILogger logger, string changed, string later);

    [LoggerMessage(EventId = 2413, Level = LogLevel.Error, Message = "The settings could not be read again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 2412, Level = LogLevel.Error, Message = "The settings were not taken, the old ones stay: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}

/// <summary>Where a hub's settings come from, to be read again.</summary>
public sealed record SettingsSource(Func<HubOptions> Read);
