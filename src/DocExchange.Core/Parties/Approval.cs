namespace DocExchange.Core.Parties;

public enum ApprovalState { Waiting = 0, Approved = 1, Rejected = 2 }

/// <summary>An act that destroys something, asked for by one person and waiting for another.</summary>
/// <param name="Act">A word for what is to be done, such as <c>credential-revoke</c>.</param>
/// <param name="Subject">What it is to be done to.</param>
/// <param name="AskedBy">The account's actor text.</param>
public sealed record Approval(string Id, string Act, string Subject, string AskedBy, DateTimeOffset AskedAt, ApprovalState State, string? DecidedBy = null, DateTimeOffset? DecidedAt = null);
