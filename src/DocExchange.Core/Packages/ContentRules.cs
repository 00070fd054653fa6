using System.Collections.Frozen;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>Whether what an attachment is may be exchanged, and whether it is what its name says (problem-examples row 33).</summary>
internal static class ContentRules
{
    public const string Path = "AttachmentEncoded.Attachment.ContentTransferEncoded";

    private static readonly FrozenSet<string> Forbidden = new[]
    {
        "exe", "dll", "com", "scr", "pif", "cpl", "msi", "msp", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta",
        "jar", "lnk", "reg", "sh", "php", "app", "chm", "docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppsm", "iso", "vhd",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> ZipBased = new[]
    {
        "zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "odg", "dotx", "xltx", "potx", "ppsx", "vsdx", "epub", "xps", "kmz",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string[]> Expected = new Dictionary<string, string[]>
    {
        ["pdf"] = ["pdf"], ["zip"] = ["zip", "docx", "xlsx", "pptx", "odt"], ["docx"] = ["docx"], ["xlsx"] = ["xlsx"], ["pptx"] = ["pptx"], ["odt"] = ["odt"],
        ["doc"] = ["ole", "rtf"], ["xls"] = ["ole"], ["ppt"] = ["ole"], ["png"] = ["png"], ["jpg"] = ["jpeg"], ["jpeg"] = ["jpeg"], ["gif"] = ["gif"],
        ["xml"] = ["xml", "text"], ["edxml"] = ["xml", "text"], ["txt"] = ["text", "xml"], ["csv"] = ["text"], ["rtf"] = ["rtf"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The part after the last dot, lower case; empty without one. Never used as a path.</summary>
    public static string Extension(string? name)
    {
        var dot = name?.LastIndexOf('.') ?? -1;
        return dot < 0 || name!.Length - dot > 20 ? "" : name[(dot + 1)..].Trim().ToLowerInvariant();
    }

    public static bool IsZipBased(string extension) => ZipBased.Contains(extension);

    /// <summary>Judges one content under one name: the attachment itself, or the file a ZIP wraps.</summary>
    public static void Judge(string? name, string extension, string sniffed, ReadOnlySpan<byte> head, int ordinal, PackageNotes notes)
    {
        var shown = name ?? $"#{ordinal + 1}";
        if (ContentSniffer.IsMalwareTest(head))
        {
            notes.Refuse(ProblemCatalogue.MalwareTest, Path, shown, ordinal: ordinal);
        }
        else if (Forbidden.Contains(extension))
        {
            notes.Refuse(ProblemCatalogue.ForbiddenType, Path, shown, extension, ordinal);
        }
        else if (sniffed is "exe" or "elf" or "script")
        {
            notes.Refuse(ProblemCatalogue.DangerousContent, Path, shown, sniffed, ordinal);
        }
        else if (Expected.TryGetValue(extension, out var types) && !types.Contains(sniffed))
        {
            notes.Warn("name-content-mismatch", $"AttachmentEncoded.Attachment[{ordinal + 1}]", $"{shown}: {sniffed}");
        }
    }
}
