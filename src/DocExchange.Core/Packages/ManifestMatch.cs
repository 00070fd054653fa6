using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>
/// Whether manifest and attachments name the same files: by ContentId without one leading <c>cid:</c>; where one side has no ContentId, by
/// position, then by name (edxml 1.2). Two ids that differ never match (problem-examples row 31).
/// </summary>
internal static class ManifestMatch
{
    public static void Check(IReadOnlyList<ManifestReference> references, IReadOnlyList<Attachment> attachments, PackageNotes notes)
    {
        var taken = new bool[attachments.Count];
        var open = new List<int>();
        for (var i = 0; i < references.Count; i++)
        {
            if (!Take(attachments, taken, Bare(references[i].ContentId))) open.Add(i);
        }
        foreach (var i in open)
        {
            var reference = references[i];
            var at = i < attachments.Count && Fits(reference, attachments[i], taken[i]) ? i : ByName(reference, attachments, taken);
            if (at >= 0)
            {
                taken[at] = true;
                notes.Warn("content-id-missing", $"AttachmentEncoded.Attachment[{at + 1}]");
                continue;
            }
            notes.Refuse(
                ProblemCatalogue.ReferenceWithoutAttachment, "edXMLManifest.Reference", reference.AttachmentName ?? reference.ContentId ?? $"#{i + 1}", ordinal: i);
        }
        for (var i = 0; i < taken.Length; i++)
        {
            if (taken[i]) continue;
            notes.Refuse(ProblemCatalogue.AttachmentWithoutReference, "AttachmentEncoded.Attachment", attachments[i].Name ?? attachments[i].ContentId ?? $"#{i + 1}", ordinal: i);
        }
    }

    private static string? Bare(string? id) => id is not null && id.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) ? id[4..] : id;

    private static bool Take(IReadOnlyList<Attachment> attachments, bool[] taken, string? id)
    {
        for (var i = 0; id is not null && i < attachments.Count; i++)
        {
            if (taken[i] || Bare(attachments[i].ContentId) != id) continue;
            taken[i] = true;
            return true;
        }
        return false;
    }

    private static bool Fits(ManifestReference reference, Attachment attachment, bool taken) =>
        !taken && (reference.ContentId is null || attachment.ContentId is null);

    private static int ByName(ManifestReference reference, IReadOnlyList<Attachment> attachments, bool[] taken)
    {
        for (var i = 0; reference.AttachmentName is not null && i < attachments.Count; i++)
        {
            if (Fits(reference, attachments[i], taken[i]) && attachments[i].Name == reference.AttachmentName) return i;
        }
        return -1;
    }
}
