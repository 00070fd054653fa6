namespace DocExchange.Sandbox.Axis.Correspondents;

/// <summary>A letter to be written by the sandbox.</summary>
/// <param name="From">The sender's code; it need not be in the directory.</param>
/// <param name="To">The receivers' codes.</param>
public sealed record SampleLetter(string From, params IReadOnlyList<string> To)
{
    /// <summary>Size of its one file.</summary>
    public long FileBytes { get; init; } = 4000;

    public string Subject { get; init; } = "V/v thử nghiệm trục liên thông (mẫu)";

    /// <summary>0 to 4.</summary>
    public int Priority { get; init; }

    /// <summary>Up to 11 characters; null takes one that was not used before.</summary>
    public string? Number { get; init; }

    /// <summary>What is wrong with it, in a sentence; null when it can be written.</summary>
    public string? Problem() => this switch
    {
        { From: null or "" } or { To: null or { Count: 0 } } => "from and to are needed.",
        { FileBytes: < 0 or > 1L << 32 } => "fileBytes is from 0 to 4 GB.",
        { Priority: < 0 or > 4 } => "priority is from 0 to 4.",
        { Number.Length: > 11 } => "number has up to 11 characters.",
        _ => null,
    };
}
