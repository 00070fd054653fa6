using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing.Trust;

/// <summary>
/// The newest answer about each certificate the hub has met, in memory. Acceptance asks nobody: what is not here is unknown, and noted to be asked
/// for later.
/// </summary>
public sealed class RevocationBook
{
    /// <summary>Certificates waiting to be asked for at most; further ones are noted when they are met again.</summary>
    private const int MostWanted = 1000;

    private readonly ConcurrentDictionary<string, RevocationAnswer> _answers = new();
    private readonly ConcurrentDictionary<string, WantedAnswer> _wanted = new();

    /// <summary>Certificates that were met and of which nothing current is known.</summary>
    public IReadOnlyList<WantedAnswer> Wanted => [.. _wanted.Values];

    public static string KeyOf(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));

    public void Put(string key, RevocationAnswer answer)
    {
        _answers.AddOrUpdate(key, answer, (_, known) => known.ThisUpdate > answer.ThisUpdate ? known : answer);
        _wanted.TryRemove(key, out _);
    }

    /// <summary>What is known as of <paramref name="now"/>; an answer too old still tells of a revocation, because none is taken back.</summary>
    public RevocationAnswer? Find(X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset now)
    {
        var key = KeyOf(certificate);
        var known = _answers.GetValueOrDefault(key);
        if (known is { Status: RevocationStatus.Revoked }) return known;
        var isCurrent = known is not null && (known.NextUpdate is null || known.NextUpdate > now);
        if (!isCurrent && _wanted.Count < MostWanted) _wanted.TryAdd(key, new WantedAnswer(key, certificate.RawData, issuer.RawData));
        return isCurrent ? known : null;
    }
}

/// <param name="Key">SHA-256 of the certificate, lower-case hex.</param>
/// <param name="Certificate">DER.</param>
/// <param name="Issuer">DER.</param>
public sealed record WantedAnswer(string Key, byte[] Certificate, byte[] Issuer);
