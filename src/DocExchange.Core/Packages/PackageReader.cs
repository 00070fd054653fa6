using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>
/// Reads edXML 2.0 packages (QCVN 102:2016/BTTTT) in one forward pass over the exact bytes that arrived. Memory does not grow with the size
/// of the package. Expected faults of the file are findings, never exceptions; an <see cref="IOException"/> of the source passes through.
/// Findings do not depend on the order of elements or on how the bytes arrive.
/// </summary>
public static class PackageReader
{
    /// <summary>Reads <paramref name="original"/> to its end, or to the first violation of size or XML safety, synchronously. Leaves it open.</summary>
    public static PackageReading Read(Stream original, PackageLimits limits) => Read(new GuardedStream(original, limits), limits);

    /// <inheritdoc cref="Read(Stream, PackageLimits)"/>
    public static PackageReading Read(ReadOnlyMemory<byte> original, PackageLimits limits) => Read(new GuardedStream(original, limits), limits);

    /// <summary>
    /// True when an attachment is a ZIP too large to have been kept while it streamed by. The caller stages the original and then calls
    /// <see cref="Complete"/> before it judges the findings; for every other package the reading is already complete.
    /// </summary>
    public static bool NeedsCompletion(PackageReading reading) =>
        reading.Envelope is { } envelope && reading.Findings.All(finding => finding.Kind.Step >= ProblemStep.Structure) && envelope.Attachments.Any(IsLargeZip);

    /// <summary>
    /// The second phase for large ZIP attachments, because a ZIP's directory stands at its end: each is decoded into
    /// <paramref name="scratch"/> (seekable, writable, overwritten from its start; a temporary file) and inspected there.
    /// </summary>
    /// <param name="original">The staged original, seekable.</param>
    public static PackageReading Complete(PackageReading reading, Stream original, Stream scratch, PackageLimits limits)
    {
        if (!NeedsCompletion(reading)) return reading;
        var notes = new PackageNotes();
        foreach (var finding in reading.Findings) notes.Refuse(finding);
        foreach (var warning in reading.Warnings) notes.Warn(warning.Code, warning.Path, warning.Value);
        var attachments = reading.Envelope!.Attachments.ToArray();
        for (var i = 0; i < attachments.Length; i++)
        {
            if (!IsLargeZip(attachments[i])) continue;
            scratch.SetLength(0);
            using (var decoded = AttachmentContent.OpenDecoded(original, attachments[i])) decoded.CopyTo(scratch);
            attachments[i] = ZipInspector.Inspect(attachments[i], scratch, limits, notes);
        }
        return new PackageReading(reading.Envelope with { Attachments = attachments }, notes.Findings, notes.Warnings);
    }

    /// <summary>Both phases at once, for a package that lies still: large ZIP files go through a temporary file.</summary>
    /// <param name="original">Seekable; read from its start and left open.</param>
    public static PackageReading ReadWhole(Stream original, PackageLimits limits) => CompleteWithScratch(Read(original, limits), original, limits);

    internal static PackageReading CompleteWithScratch(PackageReading reading, Stream original, PackageLimits limits)
    {
        if (!NeedsCompletion(reading)) return reading;
        using var scratch = NamelessFile.Open(limits.StagingFolder);
        return Complete(reading, original, scratch, limits);
    }

    private static bool IsLargeZip(Attachment attachment) =>
        attachment.Length > AttachmentBody.InlineZipBytes && attachment.Wrapped is null
        && attachment.SniffedType is "zip" or "docx" or "xlsx" or "pptx" or "odt";

    private static PackageReading Read(GuardedStream stream, PackageLimits limits)
    {
        using var xml = new SafeXml(stream, limits);
        return new PackageParser(xml, new PackageNotes(), limits).Read();
    }
}
