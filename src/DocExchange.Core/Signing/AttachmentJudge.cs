using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Files;
using DocExchange.Core.Signing.Pdf;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Core.Signing;

/// <summary>Judges the signatures inside a package's files, one file at a time, each decoded again from the bytes that arrived.</summary>
internal sealed class AttachmentJudge(CmsJudge cms, PackageLimits limits, PdfLimits pdf, TimeProvider time, Action<Exception> onFault)
{
    /// <summary>Kinds of files that can carry a signature people rely on.</summary>
    private static readonly string[] Signable = ["pdf", "docx", "xlsx", "pptx", "xml", "odt", "ods", "odp"];

    /// <param name="open">The package, seekable; asked for at each file, moved, and left open.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for the verdict any more.</exception>
    public DocumentVerdict Judge(IReadOnlyList<Attachment> attachments, Func<Stream> open, CancellationToken cancellationToken)
    {
        var budget = new JudgingBudget(pdf.Time, time, cancellationToken);
        var signatures = new List<SignatureVerdict>();
        var without = new List<string>();
        foreach (var attachment in attachments)
        {
            var found = attachment.Hint == SignatureHint.None ? [] : JudgeOne(attachment, open, budget);
            signatures.AddRange(found);
            if (found.Count == 0 && UnsignedKindOf(attachment) is { } kind) without.Add(DocumentVerdict.NameOf(attachment.Name, kind));
        }
        return DocumentVerdict.Of(signatures, without);
    }

    private IReadOnlyList<SignatureVerdict> JudgeOne(Attachment attachment, Func<Stream> open, JudgingBudget budget)
    {
        try
        {
            budget.Check();
            using var decoded = AttachmentContent.OpenDecoded(open(), attachment);
            using var file = Scratch.Of(decoded, attachment.Length, limits.StagingFolder);
            if (attachment.Wrapped is not { } wrapped) return Judged(attachment, file, budget);
            using var expanded = AttachmentContent.OpenWrapped(file.Content, limits);
            if (expanded is null) return [NotVerified(attachment, Remark.Unsupported)];
            using var inner = Scratch.Of(expanded, wrapped.Length, limits.StagingFolder);
            return Judged(attachment, inner, budget);
        }
        catch (InvalidDataException)
        {
            return [NotVerified(attachment, Remark.Unsupported)];
        }
        catch (JudgingLimitException)
        {
            return [NotVerified(attachment, Remark.LimitReached)];
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or OperationCanceledException))
        {
            // Whatever a file does to its reader, it must not decide whether the document is taken.
            onFault(fault);
            return [NotVerified(attachment, Remark.Unreadable)];
        }
    }

    private IReadOnlyList<SignatureVerdict> Judged(Attachment attachment, Scratch file, JudgingBudget budget) => attachment.Hint switch
    {
        SignatureHint.Pdf => new PdfJudge(cms, pdf, budget).Judge(file.Content, attachment.Ordinal, attachment.Name),
        SignatureHint.Xml => new XmlFileJudge(cms.Signers, XmlLimits.Default, budget).Judge(file.Content, attachment.Ordinal, attachment.Name),
        _ => new OfficeJudge(cms.Signers, limits, XmlLimits.Default, budget).Judge(file.Content, attachment.Ordinal, attachment.Name),
    };

    /// <summary>Null where nobody expects a signature. Programs open as a PDF what is called one, whatever stands before its first line.</summary>
    private static string? UnsignedKindOf(Attachment attachment) =>
        Signable.Contains(KindOf(attachment)) ? KindOf(attachment)
        : (attachment.Wrapped?.EntryName ?? attachment.Name)?.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) == true ? "pdf" : null;

    /// <summary>What is inside a wrapping ZIP is told by its name where it is itself made of parts.</summary>
    private static string KindOf(Attachment attachment) =>
        attachment.Wrapped is not { } wrapped ? attachment.SniffedType : wrapped.SniffedType == "zip" ? wrapped.Extension : wrapped.SniffedType;

    private static SignatureVerdict NotVerified(Attachment attachment, Remark remark) => new()
    {
        Attachment = attachment.Ordinal,
        File = attachment.Name,
        Format = attachment.Hint switch { SignatureHint.Pdf => "pdf", SignatureHint.Xml => "xmldsig", _ => "office" },
        Remarks = [remark],
    };
}
