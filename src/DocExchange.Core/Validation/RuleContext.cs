using DocExchange.Core.Parties;

namespace DocExchange.Core.Validation;

/// <summary>What the rules may know besides the envelope.</summary>
/// <param name="Now">The hub's time of receipt; "future" is judged by the day in Vietnam.</param>
public sealed record RuleContext(Profile Profile, DateTimeOffset Now)
{
    public LengthLimits Limits { get; init; } = LengthLimits.Default;

    public ValidationSettings Settings { get; init; } = ValidationSettings.Default;

    public bool IsStrict => Profile == Profile.Agency;
}

/// <summary>What an operator may change, per hub or per peer (spec: open questions A).</summary>
public sealed record ValidationSettings
{
    private static readonly string[] DefaultMarks = ["mật", "tối mật", "tuyệt mật"];

    public static readonly ValidationSettings Default = new();

    /// <summary>Texts over their limit from peers are warned about instead of refused, for a peer that is known to write long ones.</summary>
    public bool TolerateLongTextsFromPeers { get; init; }

    /// <summary>Priority 5 is read as 0 (thường): for peers whose own table numbers it so.</summary>
    public bool PriorityFiveIsNormal { get; init; }

    /// <summary>Days by which a submission's date of issue may lie ahead of the hub's day.</summary>
    public int FutureDays { get; init; }

    /// <summary>Marks that stop a package (QĐ 28/2018 art. 1.2), compared whole, ignoring case, never ignoring diacritics.</summary>
    public IReadOnlyList<string> SecrecyMarks
    {
        get;
        init
        {
            field = value;
            CompiledMarks = [.. value.Select(MarkedText.Compile)];
        }
    } = DefaultMarks;

    internal int[][] CompiledMarks { get; private init; } = [.. DefaultMarks.Select(MarkedText.Compile)];
}
