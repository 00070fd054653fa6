using DocExchange.Core.Signing.Trust;

namespace DocExchange.Core.Ports;

/// <summary>
/// The trust list and what authorities said of certificates. Every change of the list is an evidence entry and counts for the next document. Throws
/// <see cref="StoreUnavailableException"/> when nothing could be written.
/// </summary>
public interface ITrustStore
{
    /// <summary>What verification reads.</summary>
    CurrentTrust Current { get; }

    /// <summary>Adds those that are not there; returns how many that were.</summary>
    Task<int> AddAsync(IReadOnlyList<TrustedCertificate> certificates, string actor, CancellationToken cancellationToken);

    /// <summary>False when the list has no such certificate.</summary>
    Task<bool> RemoveAsync(string fingerprint, string actor, CancellationToken cancellationToken);

    /// <summary>Keeps an authority's answer as it came, and what it says. One that was not there yet gets an evidence entry.</summary>
    /// <param name="said">By the certificate's SHA-256, lower-case hex.</param>
    Task KeepAnswerAsync(RevocationProof proof, IReadOnlyDictionary<string, RevocationAnswer> said, CancellationToken cancellationToken);

    /// <summary>An answer as it came, by its SHA-256; null when none was kept.</summary>
    ValueTask<RevocationProof?> FindAnswerAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken);

    /// <summary>The answer, as it came, that says the newest that is known of a certificate; null when nobody has said anything.</summary>
    /// <param name="fingerprint">SHA-256 of the certificate, lower-case hex.</param>
    ValueTask<byte[]?> ProofOfAsync(string fingerprint, CancellationToken cancellationToken);

    /// <summary>Documents whose signatures rest on a certificate, the newest first.</summary>
    ValueTask<IReadOnlyList<string>> DocumentsOfAsync(string fingerprint, int limit, CancellationToken cancellationToken);
}

/// <param name="Source">The address asked.</param>
/// <param name="Answer">An OCSP response or a CRL in DER.</param>
public sealed record RevocationProof(string Source, DateTimeOffset FetchedAt, ReadOnlyMemory<byte> Answer);
