using System.Globalization;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>
/// Names of attachments end up on somebody's disk. An agency must send plain ones; a peer's are stored under the hub's own name and shown
/// escaped, with a warning. Never repaired silently.
/// </summary>
public sealed class AttachmentNameRule : IRule
{
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> DeviceLookup = Devices.GetAlternateLookup<ReadOnlySpan<char>>();

    public void Check(Envelope envelope, RuleContext context, Findings findings)
    {
        for (var i = 0; i < envelope.Attachments.Count; i++)
            CheckName(envelope.Attachments[i].Name, HeaderPaths.AttachmentName, i, context, findings);
        for (var i = 0; i < envelope.Manifest.Count; i++)
        {
            var name = envelope.Manifest[i].AttachmentName;
            // Nearly always the same name as the attachment's: one finding is enough then.
            if (i < envelope.Attachments.Count && string.Equals(name, envelope.Attachments[i].Name, StringComparison.Ordinal)) continue;
            CheckName(name, HeaderPaths.ReferenceName, i, context, findings);
        }
    }

    /// <summary>What no file name may hold, named so that it can be shown; null for a plain name.</summary>
    internal static string? Unsafe(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (c is '/' or '\\') return c == '/' ? "'/'" : "'\\'";
            if (char.IsControl(c) || IsDirectionMark(c)) return "U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture);
        }
        var trimmed = name.Trim(" .");
        if (trimmed.IsEmpty) return "'.'";
        var dot = trimmed.IndexOf('.');
        var stem = (dot < 0 ? trimmed : trimmed[..dot]).TrimEnd(' ');
        return DeviceLookup.TryGetValue(stem, out var device) ? device : null;
    }

    private static bool IsDirectionMark(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static void CheckName(string? name, string path, int ordinal, RuleContext context, Findings findings)
    {
        if (string.IsNullOrWhiteSpace(name)) return;
        var limit = context.Limits.AttachmentName;
        if (LengthRule.IsLonger(name, limit))
        {
            findings.RefuseFromAgency(
                new Problem(ProblemCatalogue.AttachmentNameTooLong, path, name, limit.ToString(CultureInfo.InvariantCulture), ordinal),
                "attachment-name-too-long");
        }
        if (Unsafe(name) is { } found)
            findings.RefuseFromAgency(new Problem(ProblemCatalogue.AttachmentNameUnsafe, path, name, found, ordinal), "attachment-name-unsafe");
    }
}
