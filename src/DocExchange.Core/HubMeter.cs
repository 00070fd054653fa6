using System.Diagnostics.Metrics;
using DocExchange.Core.Intake;
using DocExchange.Core.Malware;

namespace DocExchange.Core;

/// <summary>
/// What is counted while the hub works; docs/operating.md says what each figure means. Costs a comparison while nobody listens, and no
/// allocation while somebody does.
/// </summary>
public static class HubMeter
{
    public const string Name = "DocExchange";

    public static readonly Meter Meter = new(Name);

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };

    private static readonly InstrumentAdvice<long> Sizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] };

    private static readonly Counter<long> Submissions =
        Meter.CreateCounter<long>("docexchange.submissions", description: "Submissions judged, by outcome and, for refusals, problem code");

    private static readonly Histogram<double> Acceptance =
        Meter.CreateHistogram("docexchange.acceptance", "s", "Time from a submission's first byte to its durable outcome", advice: Seconds);

    private static readonly Histogram<long> CommitSize =
        Meter.CreateHistogram("docexchange.commit.operations", description: "Operations that shared one commit", advice: Sizes);

    private static readonly Histogram<double> Sync =
        Meter.CreateHistogram("docexchange.commit", "s", "Time of a commit, its fsync included", advice: Seconds);

    /// <summary>Calls by somebody who could not be authenticated.</summary>
    public static readonly Counter<long> TurnedAway =
        Meter.CreateCounter<long>("docexchange.unauthenticated.calls", description: "Calls by somebody who could not be authenticated");

    /// <summary>Notes a submission's outcome.</summary>
    public static void Judged(IntakeResult result, TimeSpan took)
    {
        if (!Submissions.Enabled && !Acceptance.Enabled) return;
        var (outcome, code) = result switch
        {
            IntakeResult.Accepted { Repeated: true } => ("repeated", ""),
            IntakeResult.Accepted => ("accepted", ""),
            IntakeResult.Refused refused => ("refused", refused.Problem.Code),
            _ => ("", ""),
        };
        Submissions.Add(1, new KeyValuePair<string, object?>("outcome", outcome), new KeyValuePair<string, object?>("code", code));
        Acceptance.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
    }

    private static readonly Counter<long> Scans =
        Meter.CreateCounter<long>("docexchange.malware.scans", description: "Packages a malware scanner was asked about, by what it said: clean, found, not-scanned");

    /// <summary>Notes what a scanner said of a package.</summary>
    public static void Scanned(MalwareVerdict verdict) => Scans.Add(1, new KeyValuePair<string, object?>("outcome", verdict.Word));

    /// <summary>Notes a durable commit.</summary>
    public static void Committed(int operations, TimeSpan took)
    {
        CommitSize.Record(operations);
        Sync.Record(took.TotalSeconds);
    }
}
