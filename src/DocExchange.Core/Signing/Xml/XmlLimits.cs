namespace DocExchange.Core.Signing.Xml;

/// <summary>How large a package may be for its own signature to be looked at; counted while its signature is looked for, and again before each node is canonicalised.</summary>
public sealed record XmlLimits
{
    public static readonly XmlLimits Default = new();

    public int Elements { get; init; } = 10_000;

    public int Attributes { get; init; } = 60_000;

    public int Namespaces { get; init; } = 1_000;

    /// <summary>Bytes of the package, attachments included.</summary>
    public long Bytes { get; init; } = 128L * 1024 * 1024;
}

/// <summary>A package asked for more than <see cref="XmlLimits"/> allow, or signs in a way that is not looked at.</summary>
internal sealed class XmlSignatureException(string reason) : Exception(reason);
