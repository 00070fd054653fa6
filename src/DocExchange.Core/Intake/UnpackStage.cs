using DocExchange.Core.Packages;
using DocExchange.Core.Pipeline;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Intake;

/// <summary>Bytes to envelope. What is too large or not safe XML is refused here; all else that is wrong is noted for later.</summary>
public sealed class UnpackStage(IPackageStore packages, PackageLimits limits) : IStage
{
    public string Purpose => "Stage and hash the bytes that arrive, and read them as an edXML package while they do.";

    public async ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        var submission = context.Submission;
        var arrival = submission.BuiltFrom is { } request
            ? await TakeBuiltAsync(context, request).ConfigureAwait(false)
            : await TakeAsync(context, submission, cancellationToken).ConfigureAwait(false);
        context.PackageDigest = arrival.Digest;
        context.Digest = arrival.Digest is not null && submission.BuiltFrom is { } original ? original.Digest.ToArray() : arrival.Digest;
        context.Reading = arrival.Reading;
        if (arrival.Problem is { } problem) return new Verdict.Refused(problem);
        if (FirstUnsafe(arrival.Reading) is { } unsafeXml) return new Verdict.Refused(unsafeXml);
        if (arrival.Reading.Envelope is { } envelope && submission.AnnouncedKind is { } kind && envelope.Kind != kind)
        {
            context.Findings.Add(new Problem(ProblemCatalogue.MessageKindDiffers, "", Word(kind), Word(envelope.Kind)));
        }
        return Verdict.GoOn;
    }

    private async Task<PackageArrival> TakeAsync(ExchangeContext context, Submission submission, CancellationToken cancellationToken)
    {
        var package = packages.Stage(submission.AnnouncedLength);
        context.Package = context.Staged = package;
        using var intake = new PackageIntake(submission, package, limits);
        return await intake.TakeAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<PackageArrival> TakeBuiltAsync(ExchangeContext context, ReceivedRequest request)
    {
        var package = new BuiltPackage(request);
        context.Package = package;
        return package.ReadAsync(limits);
    }

    private static Problem? FirstUnsafe(PackageReading reading) =>
        reading.Findings.FirstOrDefault(f => f.Kind.Step is ProblemStep.XmlSafety or ProblemStep.Size);

    private static string Word(Envelopes.MessageKind kind) => kind == Envelopes.MessageKind.Document ? "edoc" : "status";
}
