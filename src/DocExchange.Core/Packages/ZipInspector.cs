using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>
/// Looks into ZIP attachments, bounded: a wrapping ZIP is expanded once, for size, digest and type of its one file, and nothing is written;
/// other ZIPs are judged by their directory alone. What is inside an inner ZIP is never expanded (edxml 1.2, problem-examples row 32).
/// </summary>
internal static class ZipInspector
{
    private const long HarmlessExpansion = 1024 * 1024;

    public static Attachment Inspect(Attachment attachment, Stream zip, PackageLimits limits, PackageNotes notes)
    {
        var shown = attachment.Name ?? $"#{attachment.Ordinal + 1}";
        var extension = ContentRules.Extension(attachment.Name);
        void Refuse(ProblemKind kind, string? limit = null) => notes.Refuse(kind, ContentRules.Path, shown, limit, attachment.Ordinal);

        var (fault, entries) = ZipDirectory.Read(zip, limits.MaxZipEntries);
        if (fault == ZipFault.TooManyEntries) Refuse(ProblemCatalogue.ZipExpandsTooFar, $"{limits.MaxZipEntries} entries");
        if (fault == ZipFault.Damaged) Refuse(ProblemCatalogue.ZipDamaged);
        if (fault != ZipFault.None) return attachment;

        if (Check(entries, limits) is var (kind, limit))
        {
            Refuse(kind, limit);
            return attachment;
        }

        var sniffed = TypeOf(entries, attachment.SniffedType);
        attachment = attachment with { SniffedType = sniffed, Hint = HintOf(entries) };
        if (entries.Any(entry => entry.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) Refuse(ProblemCatalogue.DangerousContent, "macro");
        if (sniffed == "zip" && extension == "zip")
        {
            if (entries.Any(entry => ContentRules.Extension(entry.Name) == "zip")) Refuse(ProblemCatalogue.ZipNested);
        }
        else if (sniffed == "zip" && entries.Count == 1)
        {
            return Unwrap(attachment, zip, entries[0], limits, notes);
        }
        else if (sniffed == "zip" && !ContentRules.IsZipBased(extension))
        {
            Refuse(ProblemCatalogue.ZipSeveralEntries);
        }
        ContentRules.Judge(attachment.Name, extension, sniffed, default, attachment.Ordinal, notes);
        return attachment;
    }

    private static (ProblemKind Kind, string? Limit)? Check(List<ZipEntry> entries, PackageLimits limits)
    {
        long expanded = 0;
        foreach (var entry in entries)
        {
            if (entry.Encrypted) return (ProblemCatalogue.ZipEncrypted, null);
            if (IsUnsafe(entry.Name)) return (ProblemCatalogue.ZipUnsafeName, null);
            if (entry.Expanded < 0 || entry.Packed < 0) return (ProblemCatalogue.ZipDamaged, null);
            expanded += entry.Expanded;
            if (expanded > limits.MaxExpandedBytes) return (ProblemCatalogue.ZipExpandsTooFar, $"{limits.MaxExpandedBytes} bytes");
            if (IsBomb(entry.Expanded, entry.Packed, limits)) return (ProblemCatalogue.ZipExpandsTooFar, $"{limits.MaxZipRatio}:1");
        }
        return null;
    }

    private static bool IsBomb(long expanded, long packed, PackageLimits limits) =>
        expanded > HarmlessExpansion && expanded / limits.MaxZipRatio > packed;

    private static bool IsUnsafe(string name) =>
        name.Length == 0 || name[0] is '/' or '\\' || (name.Length > 1 && name[1] == ':') || name.Contains('\0')
        || name.Split('/', '\\').Contains("..");

    private static string TypeOf(List<ZipEntry> entries, string sniffed)
    {
        if (sniffed != "zip" || !entries.Any(entry => entry.Name == "[Content_Types].xml")) return sniffed;
        foreach (var entry in entries)
        {
            if (entry.Name.StartsWith("word/", StringComparison.Ordinal)) return "docx";
            if (entry.Name.StartsWith("xl/", StringComparison.Ordinal)) return "xlsx";
            if (entry.Name.StartsWith("ppt/", StringComparison.Ordinal)) return "pptx";
        }
        return sniffed;
    }

    private static SignatureHint HintOf(List<ZipEntry> entries) => entries.Any(entry =>
        entry.Name.StartsWith("_xmlsignatures/", StringComparison.Ordinal) || entry.Name == "META-INF/documentsignatures.xml") ? SignatureHint.Office : SignatureHint.None;

    /// <summary>The one file of a wrapping ZIP that was judged before, expanded while it is read; null when the bytes are others than those judged.</summary>
    public static Stream? OpenWrapped(Stream zip, PackageLimits limits)
    {
        return ZipDirectory.Read(zip, limits.MaxZipEntries) is (ZipFault.None, [var entry]) ? Open(zip, entry) : null;
    }

    /// <summary>One file of a ZIP, expanded while it is read; null when it is not where the directory says, or packed in another way.</summary>
    public static Stream? Open(Stream zip, ZipEntry entry)
    {
        if (entry.Encrypted || entry.Packed < 0 || entry.Method is not (0 or 8) || Locate(zip, entry) is not { } start) return null;
        var packed = new RangeStream(zip, start, entry.Packed);
        return entry.Method == 0 ? packed : new DeflateStream(packed, CompressionMode.Decompress);
    }

    private static Attachment Unwrap(Attachment attachment, Stream zip, ZipEntry entry, PackageLimits limits, PackageNotes notes)
    {
        var shown = attachment.Name ?? $"#{attachment.Ordinal + 1}";
        var head = ArrayPool<byte>.Shared.Rent(ContentSniffer.HeadBytes);
        try
        {
            var signs = new SignatureSigns(asksZip: true);
            var problem = Expand(zip, entry, limits, head, signs, out var headLength, out var length, out var digest);
            if (problem is { } found)
            {
                notes.Refuse(found.Kind, ContentRules.Path, shown, found.Limit, attachment.Ordinal);
                return attachment;
            }
            var inner = ContentRules.Extension(entry.Name);
            var sniffed = ContentSniffer.Sniff(head.AsSpan(0, headLength));
            if (sniffed == "zip" && (inner == "zip" || !ContentRules.IsZipBased(inner)))
            {
                notes.Refuse(ProblemCatalogue.ZipNested, ContentRules.Path, shown, ordinal: attachment.Ordinal);
            }
            // Either extension may be what a recipient's computer acts on; the name's comes first because it is what people see.
            var extension = ContentRules.Extension(attachment.Name);
            ContentRules.Judge(attachment.Name, extension, sniffed, head.AsSpan(0, headLength), attachment.Ordinal, notes);
            if (inner != extension) ContentRules.Judge(attachment.Name, inner, sniffed, head.AsSpan(0, headLength), attachment.Ordinal, notes);
            return attachment with { Wrapped = new WrappedFile(entry.Name, inner, length, digest, sniffed), Hint = signs.Hint };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    private static (ProblemKind Kind, string? Limit)? Expand(
        Stream zip, ZipEntry entry, PackageLimits limits, byte[] head, SignatureSigns signs, out int headLength, out long length, out byte[] digest)
    {
        (headLength, length, digest) = (0, 0, []);
        if (Locate(zip, entry) is not { } start || entry.Method is not (0 or 8)) return (ProblemCatalogue.ZipDamaged, null);
        using var packed = new RangeStream(zip, start, entry.Packed);
        using Stream content = entry.Method == 0 ? packed : new DeflateStream(packed, CompressionMode.Decompress, leaveOpen: true);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                buffer.AsSpan(0, Math.Min(read, ContentSniffer.HeadBytes - headLength)).CopyTo(head.AsSpan(headLength));
                headLength += Math.Min(read, ContentSniffer.HeadBytes - headLength);
                hash.AppendData(buffer, 0, read);
                signs.Take(buffer.AsSpan(0, read));
                length += read;
                if (length > limits.MaxExpandedBytes) return (ProblemCatalogue.ZipExpandsTooFar, $"{limits.MaxExpandedBytes} bytes");
                if (IsBomb(length, entry.Packed, limits)) return (ProblemCatalogue.ZipExpandsTooFar, $"{limits.MaxZipRatio}:1");
            }
        }
        catch (InvalidDataException)
        {
            return (ProblemCatalogue.ZipDamaged, null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        digest = hash.GetHashAndReset();
        return length == entry.Expanded ? null : (ProblemCatalogue.ZipDamaged, null);
    }

    private static long? Locate(Stream zip, ZipEntry entry)
    {
        Span<byte> header = stackalloc byte[30];
        if (entry.HeaderOffset < 0 || entry.HeaderOffset > zip.Length - header.Length) return null;
        zip.Position = entry.HeaderOffset;
        zip.ReadExactly(header);
        if (!header.StartsWith("PK\u0003\u0004"u8)) return null;
        var start = entry.HeaderOffset + header.Length + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        return start > zip.Length - entry.Packed ? null : start;
    }
}
