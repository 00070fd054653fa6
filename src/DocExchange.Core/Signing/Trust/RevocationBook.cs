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

    /// <summary>Certificates of which nothing current is known: those never asked for first, then those not asked for longest.</summary>
    public IReadOnlyList<WantedAnswer> Wanted => [.. _wanted.Values.OrderBy(wanted => wanted.TriedAt)];

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
        return known?.StaleAt > now ? known : null;
    }

    /// <summary>The newest answer, however old; null when there is none.</summary>
    /// <param name="key">SHA-256 of the certificate, lower-case hex.</param>
    public RevocationAnswer? Known(string key) => _answers.GetValueOrDefault(key);

    /// <summary>Notes that an answer is missing and somebody could be asked for it.</summary>
    public void Want(X509Certificate2 certificate, X509Certificate2 issuer) => Want(new WantedAnswer(KeyOf(certificate), certificate.RawData, issuer.RawData, DateTimeOffset.MinValue));

    public void Want(WantedAnswer wanted)
    {
        if (_wanted.Count < MostWanted) _wanted.TryAdd(wanted.Key, wanted);
    }

    /// <summary>An asking begins: the others come before it next time, and where there is no room for them it makes room until it is met again.</summary>
    public void Tried(WantedAnswer wanted, DateTimeOffset now)
    {
        if (_wanted.Count >= MostWanted) _wanted.TryRemove(wanted.Key, out _);
        else _wanted.TryUpdate(wanted.Key, wanted with { TriedAt = now }, wanted);
    }
}

/// <param name="Key">SHA-256 of the certificate, lower-case hex.</param>
/// <param name="Certificate">DER.</param>
/// <param name="Issuer">DER.</param>
/// <param name="TriedAt">When it was last asked for; the beginning of time when it never was.</param>
public sealed record WantedAnswer(string Key, byte[] Certificate, byte[] Issuer, DateTimeOffset TriedAt);
