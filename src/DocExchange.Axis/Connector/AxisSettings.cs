using DocExchange.Core.Delivery;

namespace DocExchange.Axis.Connector;

/// <summary>One axis connection as configured, section <c>DocExchange:Axes:NAME</c>. A new axis is such a section and a file with its secret.</summary>
public sealed class AxisSettings
{
    /// <summary>Where the axis' operations are, such as <c>http://10.0.0.1:8080/XrdAdapter/adapter</c>.</summary>
    public string Address { get; set; } = "";

    /// <summary>This hub as the axis knows it; printable ASCII.</summary>
    public string SystemId { get; set; } = "";

    /// <summary>File with the secret, in the data folder's keys folder; read again when it changes. Empty = <c>axis-NAME.secret</c>.</summary>
    public string SecretFile { get; set; } = "";

    /// <summary>How often what waits at the axis is asked for, seconds.</summary>
    public int ReceiveSeconds { get; set; } = 30;

    /// <summary>Packages fetched at once.</summary>
    public int ReceiveConcurrency { get; set; } = 4;

    /// <summary>How far back is listed after an outage beyond its beginning, hours; 0 = what waits is enough.</summary>
    public int CatchUpHours { get; set; } = 24;

    /// <summary>Calls at once; with two or more, one is kept for urgent documents.</summary>
    public int SendConcurrency { get; set; } = 4;

    /// <summary>Calls begun per second.</summary>
    public int SendPerSecond { get; set; } = 50;

    /// <summary>Recipients of one document in one call; 1 = a call for each.</summary>
    public int RecipientsPerCall { get; set; } = 100;

    /// <summary>Attempts after which a call becomes a dead letter.</summary>
    public int Attempts { get; set; } = 20;

    /// <summary>Wait before the second attempt, seconds; it doubles, up to <see cref="LongestRetrySeconds"/>.</summary>
    public int FirstRetrySeconds { get; set; } = 5;

    public int LongestRetrySeconds { get; set; } = 1800;

    /// <summary>Whole duration of one call, seconds.</summary>
    public int TimeoutSeconds { get; set; } = 120;

    /// <summary>Failures in a row after which the axis is left alone.</summary>
    public int BreakerFailures { get; set; } = 5;

    /// <summary>How long it is left alone before a probe, seconds.</summary>
    public int BreakerPauseSeconds { get; set; } = 15;

    /// <summary>Difference of the clocks that raises an alarm, seconds.</summary>
    public int MaxDriftSeconds { get; set; } = 30;

    /// <summary>After a lost answer, look into getSentEdocList before sending again.</summary>
    public bool LookForSent { get; set; } = true;

    /// <summary>Whether documents of the axis' own list of sent ones are compared with what is recorded here, hours; 0 = never.</summary>
    public int ReconcileHours { get; set; } = 24;

    /// <summary>How long the axis is asked about a copy that nobody confirms, days.</summary>
    public int ReconcileDays { get; set; } = 30;

    /// <summary>Rows from which on a list is taken for one the axis cut: shorter periods are listed instead.</summary>
    public int LongListRows { get; set; } = 200;

    /// <summary>How often the axis' directory is compared with this hub's, hours; 0 = never.</summary>
    public int DirectoryHours { get; set; } = 24;

    /// <summary>Which list the directory is read from: getSynchronizeUnit, getAgenciesList or getAgenciesListQD20.</summary>
    public string DirectoryList { get; set; } = "getSynchronizeUnit";

    /// <summary>What a running connection takes over; the others take effect at the next start.</summary>
    public static IReadOnlySet<string> Reloadable { get; } = new HashSet<string>
    {
        nameof(ReceiveConcurrency), nameof(CatchUpHours), nameof(SendConcurrency), nameof(SendPerSecond), nameof(RecipientsPerCall), nameof(Attempts), nameof(FirstRetrySeconds),
        nameof(LongestRetrySeconds), nameof(TimeoutSeconds), nameof(BreakerFailures), nameof(BreakerPauseSeconds), nameof(MaxDriftSeconds), nameof(LookForSent), nameof(DirectoryList), nameof(ReconcileDays), nameof(LongListRows),
    };

    /// <summary>How copies are pushed, as far as the domain decides it.</summary>
    public RelaySettings Relay() => new(
        SendConcurrency, SendPerSecond, RecipientsPerCall, new RetryPolicy(Attempts, TimeSpan.FromSeconds(FirstRetrySeconds), TimeSpan.FromSeconds(LongestRetrySeconds)));

    /// <summary>Every setting that cannot be used: its name, its value and what to write instead.</summary>
    public IEnumerable<(string Key, object Value, string Instead)> Problems()
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            yield return (nameof(Address), Address, "an address such as http://10.0.0.1:8080/XrdAdapter/adapter");
        if (SystemId.Length is 0 or > 64 || SystemId.Any(c => c is <= ' ' or > '~')) yield return (nameof(SystemId), SystemId, "the system id the axis gave this hub, printable ASCII");
        if (SecretFile.Length > 0 && Path.GetFileName(SecretFile) != SecretFile) yield return (nameof(SecretFile), SecretFile, "a file name in the keys folder, without a path");
        if (DirectoryList is not (Protocol.VxpOperations.GetSynchronizeUnit or Protocol.VxpOperations.GetAgenciesList or Protocol.VxpOperations.GetAgenciesListQD20))
            yield return (nameof(DirectoryList), DirectoryList, "getSynchronizeUnit, getAgenciesList or getAgenciesListQD20");
        foreach (var (key, value, least, most) in Numbers())
        {
            if (value < least || value > most) yield return (key, value, $"{least} to {most}");
        }
    }

    private IEnumerable<(string Key, int Value, int Least, int Most)> Numbers() =>
    [
        (nameof(ReceiveSeconds), ReceiveSeconds, 1, 3600), (nameof(ReceiveConcurrency), ReceiveConcurrency, 1, 64), (nameof(CatchUpHours), CatchUpHours, 0, 8760),
        (nameof(SendConcurrency), SendConcurrency, 1, 64), (nameof(SendPerSecond), SendPerSecond, 1, 10_000), (nameof(RecipientsPerCall), RecipientsPerCall, 1, 5000),
        (nameof(Attempts), Attempts, 1, 1000), (nameof(FirstRetrySeconds), FirstRetrySeconds, 1, 3600), (nameof(LongestRetrySeconds), LongestRetrySeconds, 1, 86_400),
        (nameof(TimeoutSeconds), TimeoutSeconds, 1, 3600), (nameof(BreakerFailures), BreakerFailures, 1, 1000), (nameof(BreakerPauseSeconds), BreakerPauseSeconds, 1, 3600),
        (nameof(MaxDriftSeconds), MaxDriftSeconds, 1, 86_400), (nameof(ReconcileHours), ReconcileHours, 0, 8760), (nameof(DirectoryHours), DirectoryHours, 0, 8760),
        (nameof(ReconcileDays), ReconcileDays, 1, 3650), (nameof(LongListRows), LongListRows, 2, 100_000),
    ];
}
