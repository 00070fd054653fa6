using DocExchange.Core.Envelopes;
using DocExchange.Core.Malware;
using DocExchange.Core.Packages;
using DocExchange.Core.Packages.Outlines;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Routing;
using DocExchange.Core.Signing;

namespace DocExchange.Core.Tracking;

/// <summary>The bytes a commit names: already durable as a file, or few enough to be written together with everybody else's.</summary>
/// <param name="Small">The bytes themselves when the commit is to write them; null when the package store has them.</param>
public sealed record StoredBody(ReadOnlyMemory<byte> Digest, long Length, ReadOnlyMemory<byte>? Small)
{
    /// <summary>The package derived from it, where the original is a request and not a package; what recipients are given.</summary>
    public DerivedPackage? Package { get; init; }
}

/// <summary>A package of which only the outline is stored: its bytes are those of the request, put together when it is read.</summary>
public sealed record DerivedPackage(ReadOnlyMemory<byte> Digest, PackageOutline Outline);

/// <summary>A judged document, ready to commit.</summary>
public sealed record DocumentAcceptance(PartnerSystem Caller, Agency Sender, Envelope Envelope, StoredBody Body, IReadOnlyList<Route> Routes)
{
    /// <summary>The picture the routes were decided with; where it is no longer the current one, the commit decides the mailboxes again.</summary>
    public required PartyBook Parties { get; init; }

    public IReadOnlyList<PackageWarning> Warnings { get; init; } = [];

    /// <summary>See <see cref="Submission.MeantFor"/>.</summary>
    public IReadOnlyList<string> MeantFor { get; init; } = [];

    /// <summary>Kept with the document, its digest in the acceptance's entry; null when no signature was seen.</summary>
    public JudgedSignatures? Signatures { get; init; }

    /// <summary>Kept with the document and in the acceptance's entry; null when no scanner was asked.</summary>
    public MalwareVerdict? Malware { get; init; }

    /// <summary>Remembered in the same commit; null when the caller sent no key.</summary>
    public KeyedRequest? Key { get; init; }

    /// <summary>As a variant of a known document: for those it was meant for; for all of them where that says nothing.</summary>
    public DocumentAcceptance AsVariant()
    {
        var meant = Routes.Where(route => MeantFor.Any(code => Parties.Directory.Find(code)?.Id == route.Recipient.Id || route.AddressedAs.Contains(code, StringComparer.OrdinalIgnoreCase))).ToList();
        return meant.Count == 0 ? this : this with { Routes = meant };
    }
}

/// <summary>A judged status package, ready to commit.</summary>
/// <param name="DocumentSender">The sender of the document spoken of, as far as the package names one; the reporter itself for 13.</param>
/// <param name="Counterpart">For 13, the recipient asked; null when the package names nobody the directory knows.</param>
public sealed record StatusAcceptance(
    PartnerSystem Caller, Agency Reporter, Envelope Envelope, StoredBody Body, HandlingStatus Status, DateTimeOffset ReportedAt, Agency? DocumentSender, Agency? Counterpart)
{
    public IReadOnlyList<PackageWarning> Warnings { get; init; } = [];

    /// <summary>Remembered in the same commit; null when the caller sent no key.</summary>
    public KeyedRequest? Key { get; init; }
}

/// <summary>What a commit decided.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    public sealed record Accepted(ReceiptRef Receipt, IReadOnlyList<PackageWarning> Warnings) : CommitOutcome;

    public sealed record AlreadyAccepted(ReceiptRef Receipt) : CommitOutcome;

    public sealed record Refused(Problem Problem) : CommitOutcome;
}

/// <summary>A refusal to be receipted.</summary>
/// <param name="Digest">SHA-256 of what was refused; null when it was not read to its end.</param>
/// <param name="Sender">The sending organisation as written, for the evidence; null when unread or when the law forbids keeping it.</param>
public sealed record Refusal(PartnerSystem Caller, Problem Problem, ReadOnlyMemory<byte>? Digest, long Length, string? Sender, string? DocumentId)
{
    /// <summary>The call refused, where it was no submission; null for a submission.</summary>
    public string? Operation { get; init; }

    /// <summary>What the entry says beyond the reason, such as the name of what was found; null when nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>What the caller signed as the file's digest: with it, repetitions are told where <see cref="Digest"/> is null.</summary>
    public string? SignedDigest { get; init; }
}
