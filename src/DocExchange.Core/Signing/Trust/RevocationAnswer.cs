namespace DocExchange.Core.Signing.Trust;

public enum RevocationStatus { Good, Revoked, Unknown }

/// <summary>What an authority said of one certificate.</summary>
/// <param name="RevokedAt">Set when it was revoked.</param>
/// <param name="ThisUpdate">As of when.</param>
/// <param name="NextUpdate">Until when it may be used without asking again; null when the authority does not say.</param>
public sealed record RevocationAnswer(RevocationStatus Status, DateTimeOffset? RevokedAt, DateTimeOffset ThisUpdate, DateTimeOffset? NextUpdate)
{
    /// <summary>When it is asked for again. Without a time of its own there may be a newer answer at any moment (RFC 6960 §4.2.2.1): it counts for a day.</summary>
    public DateTimeOffset StaleAt => NextUpdate ?? ThisUpdate + TimeSpan.FromDays(1);
}
