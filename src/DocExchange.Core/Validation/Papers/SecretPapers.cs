using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Pdf;

namespace DocExchange.Core.Validation.Papers;

/// <summary>
/// Looks for marks of state secrecy on the first page of PDF attachments: a line that is nothing but the mark, in capitals, as the stamp is written; and
/// in what the file says about itself, a value or a delimited part of one. Words in sentences are no marks. What it cannot read within its limits - scanned
/// images, encrypted or broken files, other compressions than Flate, fonts without a Unicode map - it does not see.
/// </summary>
public sealed class SecretPapers(PackageLimits packages, TimeProvider time)
{
    private const int MostFiles = 20;
    private const long MostBytes = 32 * 1024 * 1024;

    private static readonly PdfLimits Limits = PdfLimits.Default with { Time = TimeSpan.FromMilliseconds(150), InflatedBytes = 4 * 1024 * 1024, ParsedBytes = 8 * 1024 * 1024, Objects = 50_000 };

    /// <summary>Words that a line of capitals may have been cut behind: "BẢO / MẬT" is no mark.</summary>
    private static readonly int[][] Before = [.. new[] { "bảo", "bí" }.Select(MarkedText.Compile)];

    /// <param name="package">Seekable; moved, and left open.</param>
    public bool HaveMark(IReadOnlyList<Attachment> attachments, Stream package, int[][] marks) =>
        attachments.Where(Concerns).Take(MostFiles).Any(a => HasMark(a, package, marks));

    /// <summary>Whether there is anything to look at.</summary>
    public static bool Concern(IReadOnlyList<Attachment> attachments) => attachments.Any(Concerns);

    private static bool Concerns(Attachment attachment) =>
        (attachment.Wrapped?.SniffedType ?? attachment.SniffedType) == "pdf" && (attachment.Wrapped?.Length ?? attachment.Length) <= MostBytes;

    private bool HasMark(Attachment attachment, Stream package, int[][] marks)
    {
        try
        {
            using var decoded = AttachmentContent.OpenDecoded(package, attachment);
            using var file = Scratch.Of(decoded, attachment.Length, packages.StagingFolder);
            if (attachment.Wrapped is not { } wrapped) return HasMark(file.Content, marks);
            using var expanded = AttachmentContent.OpenWrapped(file.Content, packages);
            if (expanded is null) return false;
            using var inner = Scratch.Of(expanded, wrapped.Length, packages.StagingFolder);
            return HasMark(inner.Content, marks);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or PdfSyntaxException or JudgingLimitException)
        {
            return false;
        }
    }

    private bool HasMark(Stream pdf, int[][] marks)
    {
        if (FirstPage.Read(pdf, Limits, time) is not { } page) return false;
        if (page.Properties.Any(value => MarkedText.HasToken(value, marks))) return true;
        for (var i = 0; i < page.Lines.Count; i++)
        {
            if (IsStamp(page.Lines[i], marks) && (i == 0 || !MarkedText.EndsWithWord(page.Lines[i - 1], Before))) return true;
        }
        return false;
    }

    private static bool IsStamp(string line, int[][] marks) => line.Length < 64 && line.Any(char.IsLetter) && !line.Any(char.IsLower) && MarkedText.IsSpaced(line, marks);
}
