using System.Text.RegularExpressions;

namespace DocExchange.Core.Envelopes;

/// <summary>
/// An organisation code in either notation (QCVN 102:2016 13 characters, or QĐ 20/2020 up to 35 characters), upper-cased and trimmed.
/// Being well formed says nothing about being known: the directory decides that.
/// </summary>
public readonly partial record struct AgencyCode
{
    private AgencyCode(string value) => Value = value;

    public string Value { get; }

    /// <summary>At most four groups of letters and digits separated by dots, 35 characters in all (QĐ 20/2020 art. 4).</summary>
    public static bool TryParse(string? text, out AgencyCode code)
    {
        code = default;
        if (text is null || text.Length > 64) return false;
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > 35 || !Form().IsMatch(trimmed)) return false;
        code = new AgencyCode(trimmed.ToUpperInvariant());
        return true;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Za-z0-9]{1,13}(\.[A-Za-z0-9]{1,13}){0,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
