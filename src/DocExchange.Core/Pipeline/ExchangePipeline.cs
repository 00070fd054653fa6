using System.Diagnostics;

namespace DocExchange.Core.Pipeline;

/// <summary>
/// The order of processing. It stands here and in Core/README.md, nowhere else: Unpack, Authorise, Deduplicate, Validate, Verify, Route,
/// Scan, Seal, Commit.
/// </summary>
public sealed class ExchangePipeline(IReadOnlyList<IStage> stages)
{
    /// <summary>One span for each submission, its stages as events, for telemetry.</summary>
    public static readonly ActivitySource Activities = new("DocExchange.Pipeline");

    public IReadOnlyList<IStage> Stages { get; } = stages;

    /// <summary>Runs the stages in order until one of them decides.</summary>
    public async ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        using var span = Activities.HasListeners() ? Activities.StartActivity("submission") : null;
        foreach (var stage in Stages)
        {
            // What a stage took is the time to the next event; nothing is made while nobody listens.
            span?.AddEvent(new ActivityEvent(stage.GetType().Name));
            var verdict = await stage.RunAsync(context, cancellationToken).ConfigureAwait(false);
            if (verdict is Verdict.Proceed) continue;
            span?.SetTag("verdict", verdict.GetType().Name).SetTag("code", (verdict as Verdict.Refused)?.Problem.Code);
            return verdict;
        }
        throw new InvalidOperationException("The last stage of the pipeline must decide.");
    }

    /// <summary>The live pipeline, one line a stage.</summary>
    public string Describe() => string.Join('\n', Stages.Select((s, i) => $"{i + 1}. {s.GetType().Name[..^"Stage".Length]}: {s.Purpose}"));
}
