using DocExchange.Core.Signing.Trust;

namespace DocExchange.Core.Signing.Verdicts;

/// <summary>How strictly signatures are judged.</summary>
/// <param name="AllowSha1">The sender's own legacy policy says that SHA-1 is still believed.</param>
public sealed record SignaturePolicy(RevocationPolicy Revocation, bool AllowSha1)
{
    /// <summary>Hosts, with the port where it is not the usual one, that may be asked about a certificate.</summary>
    public IReadOnlySet<string> RevocationHosts { get; init; } = new HashSet<string>();
}
