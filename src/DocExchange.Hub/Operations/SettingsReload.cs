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
/// evidence before it acts. One at a time.
/// </summary>
internal sealed partial class SettingsReload(
    HubOptions current, SettingsSource source, CallRates rates, AxisConnections axes, ILogStore log, ILogger<SettingsReload> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <param name="actor">Who asked, by internal id.</param>
    /// <exception cref="StartRefusedException">They cannot be used; the message says which and why. The old ones stay.</exception>
    /// <exception cref="StoreUnavailableException">They could not be made evidence. The old ones stay.</exception>
    public async Task<ReloadOutcome> RunAsync(string actor, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var read = source.Read();
            if (read.Problems() is { Count: > 0 } problems) throw new StartRefusedException(string.Join(' ', problems));
            var difference = new Difference();
            difference.Compare("", current, read, typeof(HubOptions).GetProperties().Where(p => p.Name != nameof(HubOptions.Axes)), p => p.GetCustomAttribute<ReloadableAttribute>() is not null);
            CompareAxes(read, difference);
            if (difference.Changed.Count > 0)
            {
                // Evidence first: a store that takes none leaves everything as it was, and the next reload finds the same difference.
                await EvidenceSetup.RecordSettingsAsync(read, log, actor).ConfigureAwait(false);
                foreach (var take in difference.Takes) take();
                rates.Apply(current);
                axes.Apply();
            }
            LogRead(logger, string.Join("; ", difference.Changed), string.Join("; ", difference.Later));
            return new ReloadOutcome(difference.Changed, difference.Later);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A connection that stays takes over what it can; one that comes or goes does so at the next start.</summary>
    private void CompareAxes(HubOptions read, Difference difference)
    {
        foreach (var name in current.Axes.Keys.Union(read.Axes.Keys).ToList())
        {
            if (!read.Axes.TryGetValue(name, out var settings))
            {
                difference.Later.Add($"Axes:{name} ends");
                read.Axes[name] = current.Axes[name];
            }
            else if (current.Axes.TryGetValue(name, out var ours))
            {
                difference.Compare($"Axes:{name}:", ours, settings, typeof(AxisSettings).GetProperties().Where(p => p.CanWrite), p => AxisSettings.Reloadable.Contains(p.Name));
            }
            else
            {
                difference.Later.Add($"Axes:{name} is new");
                read.Axes.Remove(name);
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

    [LoggerMessage(EventId = 2411, Level = LogLevel.Warning, Message = "Settings were read again. Changed: {Changed}. Take effect at the next start: {Later}.")]
    private static partial void LogRead(ILogger logger, string changed, string later);

    [LoggerMessage(EventId = 2413, Level = LogLevel.Error, Message = "The settings could not be read again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 2412, Level = LogLevel.Error, Message = "The settings were not taken, the old ones stay: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);

    /// <summary>What was read and what the hub runs with; afterwards what was read says what the hub will run with.</summary>
    private sealed class Difference
    {
        public List<string> Changed { get; } = [];

        public List<string> Later { get; } = [];

        /// <summary>Each gives one setting its new value.</summary>
        public List<Action> Takes { get; } = [];

        public void Compare(string prefix, object ours, object read, IEnumerable<PropertyInfo> settings, Predicate<PropertyInfo> isReloadable)
        {
            foreach (var setting in settings.Where(p => Written(p.GetValue(ours)) != Written(p.GetValue(read))))
            {
                var (old, wanted) = (setting.GetValue(ours), setting.GetValue(read));
                var isTaken = isReloadable(setting);
                (isTaken ? Changed : Later).Add($"{prefix}{setting.Name} {Written(old)} -> {Written(wanted)}");
                if (isTaken) Takes.Add(() => setting.SetValue(ours, wanted));
                else setting.SetValue(read, old);
            }
        }

        private static string Written(object? value) => value switch
        {
            string[] many => string.Join(',', many),
            null => "",
            string or ValueType => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
            // Sections.
            _ => JsonSerializer.Serialize(value),
        };
    }
}

/// <summary>Where a hub's settings come from, to be read again.</summary>
public sealed record SettingsSource(Func<HubOptions> Read);
