namespace DocExchange.Core.Pipeline;

/// <summary>One step of the one pipeline. Stateless: everything about a submission is in its context.</summary>
public interface IStage
{
    /// <summary>One line saying what the stage is for; the running hub prints the pipeline from these.</summary>
    string Purpose { get; }

    ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken);
}
