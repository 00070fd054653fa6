using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Pdf;

namespace DocExchange.Core.Validation.Papers;

/// <summary>What the search for marks came to.</summary>
/// <param name="NotChecked">The first file that was not looked at to the end, because of its size or of what it would have cost; null when all were.</param>
public readonly record struct SecrecySearch(bool HasMark, Attachment? NotChecked);

/// <summary>
/// Looks for marks of state secrecy on the first page of PDF attachments: a line that is nothing but the mark, in capitals, as the stamp is written; and
/// in what the file says about itself, a value or a delimited part of one. Words in sentences are no marks. What it cannot read - scanned images, encrypted
/// or broken files, other compressions than Flate, fonts without a Unicode map - it does not see. What goes beyond its limits it names. The limits count
/// work, so that the same package has the same verdict everywhere.
/// </summary>
public sealed class SecretPapers(PackageLimits packages)
{
    private const int MostFiles = 20;
    private const long MostBytes = 32 * 1024 * 1024;

    private static readonly PdfLimits Limits = PdfLimits.Default with { InflatedBytes = 4 * 1024 * 1024, ParsedBytes = 8 * 1024 * 1024, Objects = 50_000 };

    /// <summary>Words that a line of capitals may have been cut behind: "BẢO / MẬT" is no mark.</summary>
    private static readonly int[][] Before = [.. new[] { "bảo", "bí" }.Select(MarkedText.Compile)];

    /// <param name="package">Seekable; moved, and left open.</param>
    public SecrecySearch Search(IReadOnlyList<Attachment> attachments, Stream package, int[][] marks)
    {
        Attachment? left = null;
        var work = new PageWork();
        var looked = 0;
        foreach (var attachment in attachments.Where(IsPdf))
        {
            if ((attachment.Wrapped?.Length ?? attachment.Length) > MostBytes || ++looked > MostFiles)
            {
                left ??= attachment;
                continue;
            }
            var (hasMark, isWhole) = Search(attachment, package, marks, work);
            if (hasMark) return new SecrecySearch(true, null);
            if (!isWhole) left ??= attachment;
        }
        return new SecrecySearch(false, left);
    }

    /// <summary>Whether there is anything to look at.</summary>
    public static bool Concern(IReadOnlyList<Attachment> attachments) => attachments.Any(IsPdf);

    private static bool IsPdf(Attachment attachment) => (attachment.Wrapped?.SniffedType ?? attachment.SniffedType) == "pdf";

    private (bool HasMark, bool IsWhole) Search(Attachment attachment, Stream package, int[][] marks, PageWork work)
    {
        try
        {
            using var decoded = AttachmentContent.OpenDecoded(package, attachment);
            using var file = Scratch.Of(decoded, attachment.Length, packages.StagingFolder);
            if (attachment.Wrapped is not { } wrapped) return Search(file.Content, marks, work);
            using var expanded = AttachmentContent.OpenWrapped(file.Content, packages);
            if (expanded is null) return (false, true);
            using var inner = Scratch.Of(expanded, wrapped.Length, packages.StagingFolder);
            return Search(inner.Content, marks, work);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or PdfSyntaxException)
        {
            return (false, true);
        }
        catch (JudgingLimitException)
        {
            return (false, false);
        }
    }

    private static (bool HasMark, bool IsWhole) Search(Stream pdf, int[][] marks, PageWork work)
    {
        if (FirstPage.Read(pdf, Limits, work) is not { } page) return (false, true);
        var hasMark = page.Properties.Any(value => MarkedText.HasToken(value, marks)) || page.Pieces.Any(lines => HasStamp(lines, marks));
        return (hasMark, !page.IsCut);
    }

    private static bool HasStamp(IReadOnlyList<string> lines, int[][] marks)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (IsStamp(lines[i], marks) && (i == 0 || !MarkedText.EndsWithWord(lines[i - 1], Before))) return true;
        }
        return false;
    }

    private static bool IsStamp(string line, int[][] marks) => line.Length < 64 && line.Any(char.IsLetter) && !line.Any(char.IsLower) && MarkedText.IsSpaced(line, marks);
}
