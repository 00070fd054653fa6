using DocExchange.Core.Tracking;

namespace DocExchange.Sandbox.Axis.Correspondents;

/// <summary>How an organisation of the sandbox writes its status packages, after what systems in the field do.</summary>
public enum StatusForm
{
    /// <summary>As the standard has it.</summary>
    Standard,

    /// <summary>In a <c>Status</c> element instead of MessageHeader, codes without the leading zero, times as <c>dd/MM/yyyy HH:mm:ss</c>.</summary>
    StatusElement,

    /// <summary>Codes without the leading zero, times as <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    IntegerCodes,
}

/// <summary>
/// An organisation of the sandbox that answers by itself. One of its scripts is drawn for each document, from the axis' seed and the document's
/// id: words in order, each a status code it reports (01 to 06), <c>fail</c> (its system cannot take the document) or <c>hold</c> (its system
/// never answers). A script of no words takes the document in silence.
/// </summary>
/// <param name="Organ">Its code.</param>
public sealed record Correspondent(string Organ)
{
    private static readonly string[] Words = ["fail", "hold", "01", "02", "03", "04", "05", "06"];

    public IReadOnlyList<string> Scripts { get; init; } = ["01 03 04 05 06"];

    /// <summary>Before each word.</summary>
    public int DelayMs { get; init; }

    /// <summary>What it answers to a recall or an update of a document it has: true agrees (15), false refuses (16), null says nothing.</summary>
    public bool? AgreesToChanges { get; init; } = true;

    /// <summary>0 to 1: of its own letters, the share it recalls (13) when their receiver reports the first time.</summary>
    public double Recalls { get; init; }

    public StatusForm Form { get; init; }

    /// <summary>What is wrong with it, in a sentence; null when it can be set.</summary>
    public string? Problem() => this switch
    {
        { Scripts.Count: 0 } => "a correspondent has at least one script; an empty text is one.",
        { DelayMs: < 0 } => "delayMs is not negative.",
        { Recalls: < 0 or > 1 or double.NaN } => "recalls is from 0 to 1.",
        _ when Scripts.SelectMany(Split).FirstOrDefault(word => !Words.Contains(word)) is { } word => $"a script's words are {string.Join(", ", Words)}; \"{word}\" is none.",
        _ => null,
    };

    internal static string[] Split(string script) => script.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What it says about a status, so that a reason is never missing.</summary>
    internal static string TextOf(HandlingStatus status) => status.NeedsReason ? $"{status.Vietnamese}: lý do mẫu" : status.Vietnamese;
}
