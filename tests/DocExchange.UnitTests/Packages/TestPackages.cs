using System.IO.Compression;
using System.Text;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Problems;

namespace DocExchange.UnitTests.Packages;

/// <summary>Packages of a fictitious province, built as text so that every deviation can be written down literally.</summary>
internal static class TestPackages
{
    public const string Ns = EdxmlNames.Namespace;
    public static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    public const string From = "<e:From><e:OrganId>H99.01</e:OrganId><e:OrganName>Sở Thử nghiệm 𝒜</e:OrganName></e:From>";
    public const string To = "<e:To><e:OrganId>H99.02</e:OrganId></e:To>";
    public const string Subject = "<e:Subject>V/v thử nghiệm</e:Subject>";
    public const string Trace = "<e:TraceHeaderList><e:TraceHeader><e:OrganId>H99.01</e:OrganId><e:Timestamp>2026/01/05 08:00:00</e:Timestamp></e:TraceHeader></e:TraceHeaderList>";

    public static string Header(string inside = "") => $"<e:MessageHeader>{From}{To}{Subject}{inside}</e:MessageHeader>";

    public static string Reference(string id, string name) => $"<e:Reference><e:ContentId>cid:{id}</e:ContentId><e:AttachmentName>{name}</e:AttachmentName></e:Reference>";

    public static string Attachment(string id, string name, string base64, string type = "application/octet-stream") =>
        $"<Attachment><ContentId>{id}</ContentId><AttachmentName>{name}</AttachmentName><ContentType>{type}</ContentType>" +
        $"<ContentTransferEncoded>{base64}</ContentTransferEncoded></Attachment>";

    public static string Body(string references) => $"<e:edXMLBody><e:edXMLManifest version=\"1.0\">{references}</e:edXMLManifest></e:edXMLBody>";

    public static string Envelope(string header, string body) =>
        $"<e:edXMLEnvelope xmlns:e=\"{Ns}\"><e:edXMLHeader>{header}</e:edXMLHeader>{body}</e:edXMLEnvelope>";

    public static string Root(string inside) => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<edXML xmlns=\"{Ns}\">{inside}</edXML>";

    /// <summary>A complete letter with one attachment.</summary>
    public static string Letter(string? base64 = null, string name = "cong-van.pdf", string header = "", string type = "application/octet-stream") => Root(
        Envelope(Header(header) + Trace, Body(Reference("a1", name)))
        + $"<AttachmentEncoded>{Attachment("cid:a1", name, base64 ?? Convert.ToBase64String(Pdf), type)}</AttachmentEncoded>");

    public static string LetterWith(byte[] content, string name, string type = "application/zip") => Letter(Convert.ToBase64String(content), name, "", type);

    public static PackageReading Read(string text, PackageLimits? limits = null) => Read(Encoding.UTF8.GetBytes(text), limits);

    public static PackageReading Read(byte[] bytes, PackageLimits? limits = null) => PackageReader.Read(bytes.AsMemory(), limits ?? PackageLimits.Default);

    /// <summary>The finding a caller would be told: lowest step, then lowest code.</summary>
    public static Problem? First(this PackageReading reading) =>
        reading.Findings.OrderBy(f => f.Kind.Step).ThenBy(f => f.Code, StringComparer.Ordinal).ThenBy(f => f.Ordinal).FirstOrDefault();

    public static string? FirstCode(this PackageReading reading) => reading.First()?.Code;

    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }
        return target.ToArray();
    }
}

/// <summary>Gives at most so many bytes per read, as a slow network does.</summary>
internal sealed class ChunkedStream(byte[] bytes, Func<int> next) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, next()));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, next())]);
}
