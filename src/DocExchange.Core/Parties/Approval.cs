namespace DocExchange.Core.Parties;

public enum ApprovalState { Waiting = 0, Approved = 1, Rejected = 2 }

/// <summary>An act that destroys something or gives power over others, asked for by one person and waiting for another.</summary>
/// <param name="Act">A word for what is to be done, such as <c>credential-revoke</c>.</param>
/// <param name="Subject">What it is to be done to: one line for everybody and the evidence; what carrying it out needs beyond that, names of people too, stands behind a line break.</param>
/// <param name="AskedBy">The account's actor text.</param>
public sealed record Approval(string Id, string Act, string Subject, string AskedBy, DateTimeOffset AskedAt, ApprovalState State, string? DecidedBy = null, DateTimeOffset? DecidedAt = null)
{
    /// <summary>The subject without what is for those who decide alone.</summary>
    public string Words => Subject.Split('\n', 2)[0];
}
