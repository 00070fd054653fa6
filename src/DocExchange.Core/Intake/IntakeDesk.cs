using System.Security.Cryptography;
using DocExchange.Core.Alarms;
using DocExchange.Core.Parties;
using DocExchange.Core.Pipeline;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Intake;

/// <summary>
/// The one door. Every edge hands its submissions in here; the same bytes get the same verdict and the same receipt through any of them.
/// </summary>
public sealed class IntakeDesk(ExchangePipeline pipeline, IExchangeStore store, CurrentParties parties, AlarmBoard alarms, TimeProvider time)
{
    // Of a secret document not even the digest may be kept as it is; salted, it still lets repetitions share a receipt.
    private readonly byte[] _secretSalt = RandomNumberGenerator.GetBytes(32);

    /// <summary>Judges and, where it can, accepts durably: when this returns Accepted, the document survives any crash.</summary>
    /// <exception cref="StoreUnavailableException">Nothing could be written, so nothing was accepted or refused.</exception>
    public async Task<IntakeResult> AcceptAsync(Submission submission, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var result = await JudgeAsync(submission, cancellationToken).ConfigureAwait(false);
        HubMeter.Judged(result, time.GetElapsedTime(began));
        return result;
    }

    private async Task<IntakeResult> JudgeAsync(Submission submission, CancellationToken cancellationToken)
    {
        using var context = new ExchangeContext(submission, parties.Book, time.GetUtcNow());
        context.Warnings.AddRange(submission.Warnings);
        var verdict = await pipeline.RunAsync(context, cancellationToken).ConfigureAwait(false);
        return verdict switch
        {
            Verdict.Accepted accepted => new IntakeResult.Accepted(accepted.Receipt, Repeated: false, context.Warnings),
            Verdict.AlreadyAccepted earlier => await RepeatAsync(context, earlier.Receipt, cancellationToken).ConfigureAwait(false),
            Verdict.Refused refused => await RefuseAsync(context, refused.Problem, cancellationToken).ConfigureAwait(false),
            _ => throw new InvalidOperationException("The pipeline ended without deciding."),
        };
    }

    /// <summary>Under a key that was used before, the answer it got then; a key new to a known document is remembered for it.</summary>
    private async Task<IntakeResult> RepeatAsync(ExchangeContext context, ReceiptRef receipt, CancellationToken cancellationToken)
    {
        if (context.Submission.KeyedRequest(context.Digest) is not { } keyed) return new IntakeResult.Accepted(receipt, Repeated: true, context.Warnings);
        var first = await store.RememberRequestAsync(keyed, receipt, cancellationToken).ConfigureAwait(false);
        return first.Fits
            ? new IntakeResult.Accepted(first.Receipt, first.Repeated, first.Warnings) { Replayed = true }
            : await RefuseAsync(context, new Problem(ProblemCatalogue.RequestKeyTaken, "Idempotency-Key", keyed.Key), cancellationToken).ConfigureAwait(false);
    }

    private async Task<IntakeResult> RefuseAsync(ExchangeContext context, Problem problem, CancellationToken cancellationToken)
    {
        // What is the hub's own fault refuses nothing: the sender keeps the document and sends it again.
        if (problem.Kind.Step == ProblemStep.Fault) return new IntakeResult.Refused(problem, null);
        var length = context.OriginalLength;
        // The bytes go before the answer does.
        context.Dispose();
        var isSecret = context.IsSecret || problem.Kind.Step == ProblemStep.Secrecy;
        var digest = isSecret && context.Digest is { } plain ? HMACSHA256.HashData(_secretSalt, plain) : context.Digest;
        // A null array would become an empty memory, and the receipt would claim a digest of nothing.
        var refusal = new Refusal(context.Submission.Caller, problem, digest is null ? (ReadOnlyMemory<byte>?)null : digest, isSecret ? 0 : length,
            context.Sender?.Code, isSecret ? null : Problem.Shown(context.Envelope?.DocumentId))
        {
            SignedDigest = context.Submission.SignedDigest,
            Detail = problem.Kind == ProblemCatalogue.MalwareFound ? context.Malware?.ToDetail() : null,
        };
        var receipt = await store.RefuseAsync(refusal with { DocumentId = string.IsNullOrEmpty(refusal.DocumentId) ? null : refusal.DocumentId }, cancellationToken)
            .ConfigureAwait(false);
        alarms.RaiseFor(context.Submission.Caller, problem, receipt.Id);
        return new IntakeResult.Refused(problem, receipt);
    }
}
