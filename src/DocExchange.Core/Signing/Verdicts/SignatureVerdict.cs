namespace DocExchange.Core.Signing.Verdicts;

/// <summary>Who holds a certificate, as far as its subject tells.</summary>
public enum SignerRole { Unknown, Person, Organisation, TimeStamp }

/// <summary>What is said of one signature.</summary>
public sealed record SignatureVerdict
{
    /// <summary>The attachment it was found in, from 0; null for the package's own.</summary>
    public int? Attachment { get; init; }

    /// <summary>The file's name, for display.</summary>
    public string? File { get; init; }

    /// <summary>Such as <c>ETSI.CAdES.detached</c> or <c>xmldsig</c>.</summary>
    public required string Format { get; init; }

    public IReadOnlyList<Remark> Remarks { get; init; } = [];

    public SignerRole Role { get; init; }

    public string? Signer { get; init; }

    public string? Organisation { get; init; }

    public string? Issuer { get; init; }

    /// <summary>The certificate's serial number, hex.</summary>
    public string? Serial { get; init; }

    /// <summary>SHA-256 of the certificate, lower-case hex: finds every verdict that rests on it.</summary>
    public string? Certificate { get; init; }

    /// <summary>Its issuers up to the trusted root, each as <see cref="Certificate"/>; empty where it is not trusted.</summary>
    public IReadOnlyList<string> Chain { get; init; } = [];

    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>A time-stamp token proves <see cref="SignedAt"/>.</summary>
    public bool IsTimeProven { get; init; }

    /// <summary>The weakest of its remarks decides.</summary>
    public LegalClass Class => Weakest(Remarks);

    internal SignatureVerdict With(Remark remark) => this with { Remarks = [.. Remarks, remark] };

    internal static LegalClass Weakest(IEnumerable<Remark> remarks)
    {
        var worst = LegalClass.LegallySigned;
        foreach (var remark in remarks)
        {
            if (remark.Limits == LegalClass.Broken) return LegalClass.Broken;
            if (remark.Limits == LegalClass.InformationOnly) worst = LegalClass.InformationOnly;
        }
        return worst;
    }
}
