using DocExchange.Axis.Protocol;

namespace DocExchange.Sandbox.Axis.Exchange;

/// <summary>A row of somebody's list. The gate of <see cref="AxisExchange"/> guards what changes.</summary>
internal sealed class AxisItem(string id, AxisDocument document, string? mailbox, IReadOnlyList<string> to, DateTimeOffset createdAt)
{
    public string Id { get; } = id;

    public AxisDocument Document { get; } = document;

    /// <summary>The system in whose list it stands; null for the sandbox's own organisations.</summary>
    public string? Mailbox { get; } = mailbox;

    /// <summary>Receivers by the codes the package names.</summary>
    public IReadOnlyList<string> To { get; } = to;

    public DateTimeOffset CreatedAt { get; } = createdAt;
    public DateTimeOffset UpdatedAt { get; set; } = createdAt;
    public string Status { get; set; } = VxpNames.StatusInitial;
    public string? StatusText { get; set; }
    public int Fetches { get; set; }

    /// <summary>Every word updateStatus said, in order.</summary>
    public List<string> Answers { get; } = [];

    public LinkedListNode<AxisItem>? Open { get; set; }

    public bool IsAnswered => Status is VxpNames.StatusDone or VxpNames.StatusFail;

    public string MessageType => Document.MessageType;
}
