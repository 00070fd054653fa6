using DocExchange.Core.Envelopes;
using DocExchange.Core.Signing.Pdf;
using DocExchange.Core.Signing.Trust;

namespace DocExchange.Core.Signing;

/// <summary>What the operator decides about signatures. Names are agency codes or system ids; <c>*</c> is everybody not named.</summary>
public sealed record SignatureSettings
{
    public static readonly SignatureSettings Default = new();

    public RevocationPolicy Revocation { get; init; } = RevocationPolicy.Soft;

    /// <summary>Hosts that may be asked about a certificate; compared without regard to case.</summary>
    public IReadOnlySet<string> RevocationHosts { get; init; } = new HashSet<string>();

    /// <summary>Classes of package signature that are refused, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PackageSignature>> Refused { get; init; } = new Dictionary<string, IReadOnlyList<PackageSignature>>();

    /// <summary>Senders whose SHA-1 signatures are still believed.</summary>
    public IReadOnlyList<string> Sha1Senders { get; init; } = [];

    public PdfLimits Pdf { get; init; } = PdfLimits.Default;

    public bool AllowsSha1(string sender) => Sha1Senders.Contains(sender, StringComparer.OrdinalIgnoreCase);

    /// <summary>The sender's own row counts, else its system's, else everybody's.</summary>
    public bool Refuses(PackageSignature signature, string sender, string system)
    {
        foreach (var name in (string[])[sender, system, "*"])
        {
            if (Refused.TryGetValue(name, out var classes)) return classes.Contains(signature);
        }
        return false;
    }
}
