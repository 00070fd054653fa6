using System.Diagnostics;

namespace DocExchange.Core;

/// <summary>
/// Named moments in a document's way at which a crash must lose and double nothing, announced to diagnostic listeners. A trace shows them;
/// the crash proofs end the process at each.
/// </summary>
public static class Milestones
{
    public const string BodyKept = "body-kept";
    public const string BeforeCommit = "before-commit";
    public const string AfterCommit = "after-commit";
    public const string BeforeReply = "before-reply";
    public const string AfterReply = "after-reply";
    public const string BeforeFetch = "before-fetch";
    public const string AfterFetch = "after-fetch";
    public const string BeforeAnswer = "before-answer";
    public const string AfterAnswer = "after-answer";

    /// <summary>A pushed copy has been sent and its outcome is not recorded yet. Not in <see cref="All"/>: only a hub with an axis passes here.</summary>
    public const string RelaySent = "relay-sent";

    /// <summary>The moments that every document fetched from a mailbox passes.</summary>
    public static readonly IReadOnlyList<string> All =
        [BodyKept, BeforeCommit, AfterCommit, BeforeReply, AfterReply, BeforeFetch, AfterFetch, BeforeAnswer, AfterAnswer];

    public static readonly DiagnosticListener Listener = new("DocExchange.Milestones");

    public static void Reached(string name)
    {
        if (Listener.IsEnabled(name)) Listener.Write(name, null);
    }
}
