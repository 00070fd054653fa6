namespace DocExchange.Core.Signing.Trust;

public enum RevocationStatus { Good, Revoked, Unknown }

/// <summary>What an authority said of one certificate.</summary>
/// <param name="RevokedAt">Set when it was revoked.</param>
/// <param name="ThisUpdate">As of when.</param>
/// <param name="NextUpdate">Until when it may be used without asking again; null when the authority does not say.</param>
public sealed record RevocationAnswer(RevocationStatus Status, DateTimeOffset? RevokedAt, DateTimeOffset ThisUpdate, DateTimeOffset? NextUpdate);
