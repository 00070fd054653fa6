namespace DocExchange.Client;

/// <summary>What the signatures of a document's files were worth when it was accepted.</summary>
/// <param name="Class">legally-signed, information-only or broken.</param>
/// <param name="Package">The package's own signature: ABSENT, PLACEHOLDER, UNVERIFIABLE, INVALID or VALID.</param>
public sealed record DocumentSignatures(string Class, string English, string Vietnamese, string Package, IReadOnlyList<SignatureRemark> Remarks, IReadOnlyList<FoundSignature> Signatures);

public sealed record SignatureRemark(string Code, string English, string Vietnamese);

/// <param name="TimeStamped">A time-stamp proves <paramref name="SignedAt"/>; otherwise it is claimed.</param>
public sealed record FoundSignature(
    string? File, string Format, string Class, IReadOnlyList<SignatureRemark> Remarks, string Role, string? Signer, string? Organisation, DateTimeOffset? SignedAt, bool TimeStamped);
