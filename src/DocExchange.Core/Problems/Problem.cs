using System.Globalization;
using System.Text;

namespace DocExchange.Core.Problems;

/// <summary>The family of a finding, as peers know it: N missing, R out of range, M mismatch or not allowed, T wrong type.</summary>
public enum ProblemFamily { Missing, Range, Mismatch, Type }

/// <summary>The order in which findings are reported: the first step that has one wins, whatever the order of elements in the file.</summary>
public enum ProblemStep { Authenticity, Size, Hash, XmlSafety, Structure, Sender, Duplicate, Values, Receivers, BusinessRules, Attachments, Secrecy, Fault }

/// <summary>
/// One kind of refusal. Codes are stable and never reused; each has a section in docs/problems.md. Texts may use {path}, {value} and {limit}.
/// </summary>
/// <param name="Code">DX-nnnn: 0xxx caller, 1xxx package, 21xx structure, 22xx header, 23xx attachment, 4xxx routing, 5xxx duplicate, 6xxx delivery, 7xxx status, 9xxx fault.</param>
public sealed record ProblemKind(
    string Code, string Title, ProblemStep Step, ProblemFamily Family, string English, string Vietnamese, string FixEnglish, string FixVietnamese);

/// <summary>
/// One finding in one submission: what is wrong, where, and what was found there. A refusal carries exactly one.
/// </summary>
/// <param name="Path">The element, dotted, from MessageHeader or AttachmentEncoded down: <c>MessageHeader.From.OrganId</c>. Empty for the whole file.</param>
/// <param name="Ordinal">Which of several equal elements (To, Attachment), from 0; part of the reporting order.</param>
public sealed record Problem(ProblemKind Kind, string Path = "", string? Value = null, string? Limit = null, int Ordinal = 0, int Line = 0, int Column = 0)
{
    public string Code => Kind.Code;

    public string English => Render(Kind.English) + Position;

    public string Vietnamese => Render(Kind.Vietnamese) + Position;

    public string FixEnglish => Render(Kind.FixEnglish);

    public string FixVietnamese => Render(Kind.FixVietnamese);

    private string Position => Line > 0 ? $" (line {Line}, column {Column})" : "";

    private string Render(string template) => template
        .Replace("{path}", Path, StringComparison.Ordinal)
        .Replace("{value}", Shown(Value), StringComparison.Ordinal)
        .Replace("{limit}", Limit ?? "", StringComparison.Ordinal);

    /// <summary>What came from outside is shown short and without control or direction-changing characters, so that it cannot rewrite a log line or a page.</summary>
    public static string Shown(string? value)
    {
        if (value is null) return "";
        var text = new StringBuilder();
        foreach (var rune in value.EnumerateRunes())
        {
            if (text.Length >= 80) { text.Append('…'); break; }
            var category = Rune.GetUnicodeCategory(rune);
            text.Append(category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                ? "?" : rune.ToString());
        }
        return text.ToString();
    }
}
