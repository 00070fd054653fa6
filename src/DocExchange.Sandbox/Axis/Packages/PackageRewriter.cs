using System.IO.Compression;
using System.Security.Cryptography;
using DocExchange.Axis.Protocol;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Sandbox.Axis.Exchange;

namespace DocExchange.Sandbox.Axis.Packages;

/// <summary>
/// Writes a package anew, as the axis is known to do: in its own order of elements, without comments and package signature, attachments packed
/// again, and with a TraceHeader of its own that names no organisation.
/// </summary>
internal sealed class PackageRewriter(PackageFolder folder, PackageLimits limits)
{
    /// <param name="at">The time the added hop says.</param>
    public Task<StoredFile> RewriteAsync(StoredFile received, DateTimeOffset at) => Task.Run(() => Rewrite(received, at));

    private StoredFile Rewrite(StoredFile received, DateTimeOffset at)
    {
        using var original = File.OpenRead(received.Path);
        var envelope = folder.Read(original, limits).Envelope ?? throw new InvalidDataException("A package that was taken cannot be read again.");
        using var target = folder.Create();
        if (envelope.Status is not null) PackageWriter.WriteStatus(target, envelope);
        else WriteDocument(target, original, envelope, at);
        target.Flush();
        target.Position = 0;
        var digest = SHA256.HashData(target);
        return new StoredFile(target.Name, target.Length, FileHash.Padded(digest));
    }

    private void WriteDocument(Stream target, FileStream original, Envelope envelope, DateTimeOffset at)
    {
        var trace = envelope.Trace ?? new TraceHeaderList([], null);
        var hops = new TraceHeaderList([.. trace.Hops, new TraceHeader(null, VietnamTime.Write(at))], trace.Business);
        var contents = new List<FileStream>();
        try
        {
            var payloads = new List<AttachmentPayload>();
            foreach (var attachment in envelope.Attachments)
            {
                contents.Add(Unpack(original, attachment));
                payloads.Add(new AttachmentPayload(attachment.Name ?? $"{attachment.Ordinal + 1}", contents[^1], attachment.ContentId, attachment.ContentType, attachment.Description));
            }
            PackageWriter.WriteDocument(target, envelope with { Trace = hops }, payloads, new PackageWriterOptions(Wrap: true));
        }
        finally
        {
            foreach (var content in contents)
            {
                content.Dispose();
                File.Delete(content.Name);
            }
        }
    }

    /// <summary>The file an attachment carries, out of its wrapping ZIP, in a file of its own.</summary>
    private FileStream Unpack(FileStream original, Attachment attachment)
    {
        var file = folder.Create();
        using var decoded = AttachmentContent.OpenDecoded(original, attachment);
        if (attachment.Wrapped is null)
        {
            decoded.CopyTo(file);
        }
        else
        {
            // A ZIP's directory stands at its end: it has to be complete before it can be opened.
            using var zip = folder.Create();
            decoded.CopyTo(zip);
            zip.Position = 0;
            using (var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true))
            using (var entry = archive.Entries[0].Open()) entry.CopyTo(file);
            File.Delete(zip.Name);
        }
        file.Position = 0;
        return file;
    }
}
