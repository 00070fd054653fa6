using System.Text;
using System.Text.Unicode;

namespace DocExchange.Core.Packages;

/// <summary>Names a file's type by its first bytes; the words are those of <see cref="Envelopes.Attachment.SniffedType"/>.</summary>
internal static class ContentSniffer
{
    /// <summary>How many first bytes are enough to tell every type apart.</summary>
    public const int HeadBytes = 4096;

    private static ReadOnlySpan<byte> Eicar => "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"u8;

    public static string Sniff(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty) return "unknown";
        if (head.StartsWith("%PDF-"u8)) return "pdf";
        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8)) return SniffZip(head);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return "ole";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])) return "png";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return "jpeg";
        if (head.StartsWith("GIF8"u8)) return "gif";
        if (head.StartsWith("MZ"u8)) return "exe";
        if (head.StartsWith("\u007fELF"u8)) return "elf";
        if (head.StartsWith("{\\rtf"u8)) return "rtf";
        return SniffText(head);
    }

    /// <summary>The industry's harmless test file, which every scanner must recognise.</summary>
    public static bool IsMalwareTest(ReadOnlySpan<byte> head) => head.StartsWith(Eicar);

    private static string SniffZip(ReadOnlySpan<byte> head)
    {
        if (head.IndexOf("application/vnd.oasis.opendocument.text"u8) >= 0) return "odt";
        if (head.IndexOf("[Content_Types].xml"u8) < 0 && head.IndexOf("_rels/.rels"u8) < 0) return "zip";
        if (head.IndexOf("word/"u8) >= 0) return "docx";
        if (head.IndexOf("xl/"u8) >= 0) return "xlsx";
        return head.IndexOf("ppt/"u8) >= 0 ? "pptx" : "zip";
    }

    private static string SniffText(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\uFEFF"u8)) head = head[3..];
        var text = head.TrimStart(" \t\r\n"u8);
        if (text.StartsWith("#!"u8) || Starts(text, "@echo "u8) || Starts(text, "<?php"u8) || Starts(text, "<script"u8)) return "script";
        if (text.StartsWith("<?xml"u8) || text.StartsWith("<edXML"u8)) return "xml";
        if (head.IndexOfAnyInRange((byte)0, (byte)8) >= 0 || head.IndexOfAnyInRange((byte)14, (byte)31) >= 0) return "unknown";
        // The head may end inside a character.
        for (var cut = 0; cut < Math.Min(4, head.Length); cut++)
        {
            if (Utf8.IsValid(head[..^cut])) return "text";
        }
        return "unknown";
    }

    private static bool Starts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length >= word.Length && Ascii.EqualsIgnoreCase(text[..word.Length], word);
}
