using System.Text;
using System.Xml;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Packages.Version1;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Edges.Soap;
using DocExchange.Hub.Operations;
using DocExchange.Hub.Signatures;
using Microsoft.Net.Http.Headers;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>
/// A package as an edXML 1.0 message: headers in the SOAP header, the manifest in the body, every file a part whose content is base64 text, as
/// clients of this dialect expect. A pure function of the package and of the delivery, so that every fetch gives the same bytes.
/// </summary>
internal sealed class Version1Rendering(PackageLimits limits, HubOptions options)
{
    private const string RootId = "root@docexchange";
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    public async Task WriteAsync(EdocSoapCall call, MailboxItem item, Stream package)
    {
        // Reading blocks on the disk; a small package is in memory.
        var reading = item.Length > 1024 * 1024 ? await Task.Run(() => Read(package)).ConfigureAwait(false) : Read(package);
        var (envelope, warnings) = Version1Conversion.ToVersion1(reading.Envelope!);
        var hop = new TraceHeader(options.Name, Version1Conversion.HopTime(item.CreatedAt));
        if (envelope.Trace is { } trace) envelope = envelope with { Trace = trace with { Hops = [.. trace.Hops, hop] } };
        var files = Files(envelope);
        var root = Render(call.Version, envelope, files, warnings);
        var http = call.Http.Response;
        SignatureLink.Name(http, item.ItemId);
        if (files.Count == 0)
        {
            http.ContentType = $"{call.Version.MediaType}; charset=utf-8";
            await http.Body.WriteAsync(root, call.Cancelled).ConfigureAwait(false);
            return;
        }
        // No file can contain it: base64 has no hyphen; no header can: it would hold its own digest.
        var boundary = "dx-" + Convert.ToHexStringLower(item.Digest.Span);
        http.ContentType = $"multipart/related; type=\"{call.Version.MediaType}\"; start=\"<{RootId}>\"; boundary=\"{boundary}\"";
        await BeginPartAsync(call, boundary, RootId, $"{call.Version.MediaType}; charset=utf-8").ConfigureAwait(false);
        await http.Body.WriteAsync(root, call.Cancelled).ConfigureAwait(false);
        for (var i = 0; i < files.Count; i++)
        {
            await BeginPartAsync(call, boundary, files[i].ContentId!, TypeOf(files[i])).ConfigureAwait(false);
            await WriteFileAsync(call, package, reading.Envelope!.Attachments[i]).ConfigureAwait(false);
        }
        await http.Body.WriteAsync(Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"), call.Cancelled).ConfigureAwait(false);
    }

    /// <summary>What was accepted is read whatever size is accepted today.</summary>
    private PackageReading Read(Stream package) => PackageReader.ReadWhole(package, limits with { MaxPackageBytes = long.MaxValue });

    private async ValueTask WriteFileAsync(EdocSoapCall call, Stream package, Attachment attachment)
    {
        using var decoded = AttachmentContent.OpenDecoded(package, attachment);
        if (!AttachmentContent.IsWrapped(attachment))
        {
            await Base64Text.WriteAsync(call.Http.Response.Body, decoded, call.Cancelled).ConfigureAwait(false);
            return;
        }
        // A ZIP is read from its end.
        using var scratch = NamelessFile.Open(limits.StagingFolder);
        await decoded.CopyToAsync(scratch, call.Cancelled).ConfigureAwait(false);
        using var inside = AttachmentContent.OpenWrapped(scratch, limits) ?? throw new InvalidDataException("A file that was judged cannot be opened: the package in the store is damaged.");
        await Base64Text.WriteAsync(call.Http.Response.Body, inside, call.Cancelled).ConfigureAwait(false);
    }

    /// <summary>What the references say, with ids that can stand in a header of a part.</summary>
    private static List<Version1File> Files(Envelope envelope)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { RootId };
        var files = new List<Version1File>(envelope.Attachments.Count);
        foreach (var attachment in envelope.Attachments)
        {
            var id = attachment.ContentId is { } written && written.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) ? written[4..] : attachment.ContentId;
            if (id is not { Length: > 0 and <= 200 } || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@') || !taken.Add(id))
            {
                id = $"file-{attachment.Ordinal + 1}@docexchange";
                taken.Add(id);
            }
            var type = AttachmentContent.IsWrapped(attachment) ? null : attachment.ContentType;
            files.Add(new Version1File(id, attachment.Name, type, attachment.Description, attachment));
        }
        return files;
    }

    private static ReadOnlyMemory<byte> Render(SoapVersion version, Envelope envelope, IEnumerable<Version1File> files, IReadOnlyList<PackageWarning> warnings)
    {
        var buffer = new MemoryStream(8 * 1024);
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("s", "Envelope", version.Namespace);
            xml.WriteAttributeString("xmlns", EdxmlNames.Prefix, null, EdxmlNames.Version1Namespace);
            xml.WriteStartElement("s", "Header", version.Namespace);
            Version1Writer.WriteHeaders(xml, envelope);
            EdocSoapAnswer.WriteErrors(xml, EdocSoapAnswer.Warnings(warnings));
            xml.WriteEndElement();
            xml.WriteStartElement("s", "Body", version.Namespace);
            Version1Writer.WriteManifest(xml, files);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static ValueTask BeginPartAsync(EdocSoapCall call, string boundary, string id, string type) => call.Http.Response.Body.WriteAsync(
        Encoding.ASCII.GetBytes($"\r\n--{boundary}\r\nContent-ID: <{id}>\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: binary\r\n\r\n"), call.Cancelled);

    /// <summary>The sender's word for it, where it is one: it stands in a header here.</summary>
    private static string TypeOf(Version1File file) =>
        file.ContentType is { Length: <= 100 } type && type.All(c => c is >= ' ' and <= '~') && MediaTypeHeaderValue.TryParse(type, out var parsed) && parsed.Parameters.Count == 0
            ? type
            : "application/octet-stream";
}
