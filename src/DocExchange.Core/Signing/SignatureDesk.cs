using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Pipeline;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Pdf;
using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Core.Signing;

/// <summary>
/// Judges the signatures of one submission before its commit, on the thread that carries it: the writer only stores what was found. A package without a
/// mark of a signature costs one comparison for each attachment.
/// </summary>
/// <param name="onFault">Hears of what no reader of signatures should have thrown; the verdict then says that the signature is unreadable.</param>
public sealed class SignatureDesk(CurrentTrust trust, SignatureSettings settings, PackageLimits limits, TimeProvider time, Action<Exception> onFault)
{
    public SignatureSettings Settings => settings;

    /// <summary>The package's own signature, and the verdict over its files; null when there is nothing to be judged.</summary>
    public (PackageSignature Package, JudgedSignatures? Judged) Judge(ExchangeContext context, CancellationToken cancellationToken)
    {
        var envelope = context.Envelope!;
        var sender = context.Sender?.Code ?? "";
        Stream Open() => context.Package!.InMemory is { } memory ? new MemoryStream(memory.ToArray()) : context.Package.OpenRead();

        var policy = PolicyFor(sender);
        var package = envelope.Signature;
        if (package == PackageSignature.Unverifiable)
        {
            package = JudgePackage(new PackageSignatureJudge(trust.Book, policy, context.Now), Open, context.Package!.Length, wasRelayed: envelope.Trace is { Hops.Count: > 1 });
        }
        var isVerified = package is PackageSignature.Valid or PackageSignature.Invalid;
        if (!isVerified && envelope.Attachments.All(a => a.Hint == SignatureHint.None)) return (package, null);
        using var files = Open();
        var verdict = JudgeFiles(envelope.Attachments, files, policy, context.Now, cancellationToken);
        return (package, new JudgedSignatures(verdict, VerdictRecord.Of(verdict, package, context.Now, context.Digest)));
    }

    /// <summary>What the files of an accepted package are worth by what is trusted and known today, as of its acceptance.</summary>
    /// <param name="package">Seekable; moved, and left open.</param>
    public DocumentVerdict JudgeAgain(Stream package, string sender, DateTimeOffset acceptedAt, CancellationToken cancellationToken)
    {
        var attachments = PackageReader.ReadWhole(package, limits).Envelope?.Attachments ?? [];
        var verdict = JudgeFiles(attachments, package, PolicyFor(sender), acceptedAt, cancellationToken);
        // The hub's own evidence proves that the signature was there when a certificate was revoked later.
        return LaterVerdict.Of(verdict, acceptedAt, trust.Revocations.Known) ?? verdict;
    }

    private SignaturePolicy PolicyFor(string sender) => new(settings.Revocation, settings.AllowsSha1(sender)) { RevocationHosts = settings.RevocationHosts };

    private DocumentVerdict JudgeFiles(IReadOnlyList<Attachment> attachments, Stream package, SignaturePolicy policy, DateTimeOffset now, CancellationToken cancellationToken) =>
        new AttachmentJudge(new CmsJudge(trust.Book, trust.Revocations, policy, now), limits, settings.Pdf, time, onFault).Judge(attachments, () => package, cancellationToken);

    private PackageSignature JudgePackage(PackageSignatureJudge judge, Func<Stream> open, long length, bool wasRelayed)
    {
        try
        {
            using var bytes = open();
            return judge.Judge(bytes, length, wasRelayed);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            onFault(fault);
            return PackageSignature.Unverifiable;
        }
    }
}

/// <summary>A verdict and the bytes it is kept as.</summary>
public sealed record JudgedSignatures(DocumentVerdict Verdict, VerdictRecord Record);
