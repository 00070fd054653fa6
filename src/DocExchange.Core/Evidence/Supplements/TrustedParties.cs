using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Evidence.Supplements;

/// <summary>Whom a reader of evidence trusts, obtained elsewhere than from the evidence.</summary>
/// <param name="Hubs">Roots of hubs; null: nobody was named.</param>
/// <param name="Authorities">Roots of time-stamping authorities; null: nobody was named.</param>
/// <param name="Witnesses">Certificates of witnesses, or their roots; null: nobody was named.</param>
public sealed record TrustedParties(X509Certificate2Collection? Hubs, X509Certificate2Collection? Authorities, X509Certificate2Collection? Witnesses);

/// <summary>A key is known to have been in wrong hands since a time.</summary>
/// <param name="KeyId">As <see cref="Signing.HubKey.KeyId"/>.</param>
public sealed record CompromisedKey(string KeyId, DateTimeOffset Since)
{
    /// <summary>As the detail of a <c>KeyCompromised</c> entry says it: key id, one space, time.</summary>
    public string ToDetail() => $"{KeyId} {EvidenceTime.Write(Since)}";

    /// <summary>What an entry says; null when it says no such thing.</summary>
    public static CompromisedKey? Of(EvidenceEntry? entry) =>
        entry is { Event: EvidenceEvents.KeyCompromised, Detail: { } detail } && detail.Split(' ') is [{ Length: 16 } key, var time] && EvidenceTime.TryParse(time, out var since)
            ? new CompromisedKey(key, since)
            : null;
}
