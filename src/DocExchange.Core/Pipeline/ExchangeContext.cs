using DocExchange.Core.Envelopes;
using DocExchange.Core.Intake;
using DocExchange.Core.Malware;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Routing;
using DocExchange.Core.Signing;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Pipeline;

/// <summary>One submission on its way through the stages; each fills in what the later ones use.</summary>
public sealed class ExchangeContext(Submission submission, PartyBook parties, DateTimeOffset now) : IDisposable
{
    public Submission Submission { get; } = submission;

    /// <summary>The picture of parties this submission is judged by, from first stage to last.</summary>
    public PartyBook Parties { get; } = parties;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The package that is judged.</summary>
    public IPackageBytes? Package { get; internal set; }

    /// <summary>The original: the bytes that arrived, without transport framing. Unlinked on disposal unless they were kept.</summary>
    public IStagedPackage? Staged { get; internal set; } = submission.BuiltFrom?.Staged;

    /// <summary>SHA-256 of the original; null when it was not read to its end.</summary>
    public byte[]? Digest { get; internal set; }

    /// <summary>SHA-256 of the package: the original's own, unless an edge built the package from a request.</summary>
    public byte[]? PackageDigest { get; internal set; }

    public long OriginalLength => Staged?.Length ?? 0;

    public PackageReading Reading { get; internal set; } = new(null, [], []);

    public Envelope? Envelope => Reading.Envelope;

    public Agency? Sender { get; internal set; }

    /// <summary>The sender, where an axis brings what one of this hub's own units is said to have sent: accepted only as something known.</summary>
    public Agency? ReturnedTo { get; internal set; }

    /// <summary>What is wrong and was found so far; the first in the documented order is reported.</summary>
    public List<Problem> Findings { get; } = [];

    /// <summary>A secrecy mark was found: nothing of the content may be kept or logged.</summary>
    public bool IsSecret { get; internal set; }

    /// <summary>What the signatures of its files are worth; null when none was seen.</summary>
    public JudgedSignatures? Signatures { get; internal set; }

    /// <summary>What a scanner said of its files; null when none was asked.</summary>
    public MalwareVerdict? Malware { get; internal set; }

    public List<PackageWarning> Warnings { get; } = [];

    public StoredBody? Body { get; internal set; }

    public IReadOnlyList<Route> Routes { get; internal set; } = [];

    public void Dispose()
    {
        Package?.Dispose();
        Package = null;
        Staged?.Dispose();
        Staged = null;
    }
}
