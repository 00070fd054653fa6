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

    /// <summary>Bytes of an XML file that is held as a tree while its signatures are judged: an attachment, or the file in an Office file that signs the others.</summary>
    public long TreeBytes { get; init; } = 4L * 1024 * 1024;

    /// <summary>Signatures of one file.</summary>
    public int Signatures { get; init; } = 24;

    /// <summary>References of one signature, those of its manifests not counted.</summary>
    public int References { get; init; } = 16;
}

/// <summary>A package asked for more than <see cref="XmlLimits"/> allow, or signs in a way that is not looked at.</summary>
internal sealed class XmlSignatureException(string reason) : Exception(reason);
