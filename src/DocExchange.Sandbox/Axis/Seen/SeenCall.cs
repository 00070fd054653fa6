namespace DocExchange.Sandbox.Axis.Seen;

/// <summary>One call as it reached the axis and left it.</summary>
public sealed record SeenCall
{
    /// <summary>From 1, in order of arrival.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }
    public required string Operation { get; init; }
    public required string Method { get; init; }
    public required string Path { get; init; }

    /// <summary>As claimed; believed when <see cref="IsAuthentic"/>.</summary>
    public string? SystemId { get; init; }

    public bool IsAuthentic { get; init; }

    /// <summary>The signed values by their bare names.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The package as it was sent, without the line end behind it: SHA-256 in lower-case hex, and bytes.</summary>
    public string? Digest { get; init; }

    public long PackageBytes { get; init; }

    /// <summary>The package's own id.</summary>
    public string? DocumentId { get; init; }

    /// <summary>The axis' id of the document or item the call was about.</summary>
    public string? DocId { get; init; }

    /// <summary>False when the call was not processed because of a fault.</summary>
    public bool WasProcessed { get; init; }

    /// <summary>The answer as processing made it, also when a fault kept it from the caller; null when there was none.</summary>
    public int? Code { get; init; }

    public string? Text { get; init; }

    /// <summary>What went out; null when the connection was cut before it.</summary>
    public int? HttpStatus { get; init; }

    public long AnswerBytes { get; init; }

    public TimeSpan Took { get; init; }

    public IReadOnlyList<string> Faults { get; init; } = [];
}
