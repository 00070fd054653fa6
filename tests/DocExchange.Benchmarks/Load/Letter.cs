using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Packages.Version1;

namespace DocExchange.Benchmarks.Load;

/// <summary>
/// A letter that an agency could send, rendered once with places that are patched for every document: DocumentId, CodeNumber and bytes of
/// the attachment. The rest of the attachment is one random block, repeated: a client of 500 MB needs no 500 MB.
/// </summary>
internal sealed class Letter
{
    /// <summary>Run, client and sequence, so that no two documents of a folder are the same.</summary>
    public const int SerialDigits = 20;

    private const string SoapNamespace = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string SerialMark = "88888888888888888888";
    private const string NumberMark = "77777777777";
    private static readonly byte[] PdfStart = Encoding.ASCII.GetBytes("%PDF-1.4\n");
    private static readonly byte[] ContentMark = Enumerable.Repeat((byte)'Z', 48).ToArray();

    private Letter(byte[] front, byte[] block, long middle, byte[] tail)
    {
        (Front, Block, Middle, Tail) = (front, block, middle, tail);
        SerialAt = Find(front, SerialMark);
        NumberAt = Find(front, NumberMark);
        ContentAt = front.Length - ContentMark.Length / 3 * 4;
    }

    /// <summary>Everything up to the attachment's repeated bytes; has the patched places.</summary>
    public byte[] Front { get; }

    /// <summary>Base64 text that is repeated to make the size.</summary>
    public byte[] Block { get; }

    /// <summary>Bytes of repeated text.</summary>
    public long Middle { get; }

    public byte[] Tail { get; }

    public int SerialAt { get; }

    public int NumberAt { get; }

    public int ContentAt { get; }

    public int ContentLength => Front.Length - ContentAt;

    public long Length => Front.Length + Middle + Tail.Length;

    /// <summary>The letter as the edge takes it.</summary>
    public static Letter For(string edge, long size, IReadOnlyList<string> recipients) => edge == EdocHead.Edge ? MakeVersion1(size, recipients) : Make(size, recipients);

    /// <param name="size">Bytes of the whole package; up to three fewer, because base64 goes by fours.</param>
    public static Letter Make(long size, IReadOnlyList<string> recipients)
    {
        using var rendered = new MemoryStream();
        using var content = new MemoryStream([.. PdfStart, .. ContentMark]);
        PackageWriter.WriteDocument(rendered, Envelope(recipients), [new AttachmentPayload("cong-van.pdf", content, "tep-1", "application/pdf")]);
        var bytes = rendered.ToArray();
        var mark = Encoding.ASCII.GetBytes(Convert.ToBase64String(ContentMark));
        var split = bytes.AsSpan().IndexOf(mark) + mark.Length;
        var block = Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(768 * 1024)));
        return new Letter(bytes[..split], block, Math.Max(0, (size - bytes.Length) / 4 * 4), bytes[split..]);
    }

    /// <summary>The same letter as an edXML 1.0 message with its file as a part, as large as it is in a package of that size.</summary>
    private static Letter MakeVersion1(long size, IReadOnlyList<string> recipients)
    {
        var package = Make(size, recipients);
        using var rendered = new MemoryStream();
        using (var xml = XmlWriter.Create(rendered, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("s", "Envelope", SoapNamespace);
            xml.WriteStartElement("s", "Header", SoapNamespace);
            Version1Writer.WriteHeaders(xml, Version1Conversion.ToVersion1(Envelope(recipients)).Envelope);
            xml.WriteRaw($"<Signature><KeyInfo><OrganId>{BenchParties.Sender}</OrganId><Token>{BenchParties.Secret}</Token></KeyInfo></Signature>");
            xml.WriteEndElement();
            xml.WriteStartElement("s", "Body", SoapNamespace);
            Version1Writer.WriteManifest(xml, [new Version1File("tep-1", "cong-van.pdf", "application/pdf", null, null)]);
            xml.WriteEndDocument();
        }
        byte[] front =
        [
            .. Encoding.ASCII.GetBytes($"--{EdocHead.Boundary}\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-ID: <Start>\r\n\r\n"), .. rendered.ToArray(),
            .. Encoding.ASCII.GetBytes($"\r\n--{EdocHead.Boundary}\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <tep-1>\r\n\r\n"),
            .. PdfStart, .. Encoding.ASCII.GetBytes(Convert.ToBase64String(ContentMark)),
        ];
        return new Letter(front, package.Block, package.Middle / 4 * 3, Encoding.ASCII.GetBytes($"\r\n--{EdocHead.Boundary}--\r\n"));
    }

    private static Envelope Envelope(IReadOnlyList<string> recipients)
    {
        var today = DateTime.UtcNow.AddHours(7).ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
        return new Envelope
        {
            Kind = MessageKind.Document,
            From = new Organ(BenchParties.Sender, null, BenchParties.SenderName),
            To = [.. recipients.Select(code => new Organ(code, null, "Cơ quan nhận " + code))],
            DocumentId = "BENCH," + SerialMark,
            CodeNumber = NumberMark,
            CodeNotation = "CV-STP",
            Place = "Vị Thanh",
            PromulgationDate = today,
            Type = "18",
            TypeName = "Công văn",
            Subject = "V/v đo năng lực tiếp nhận văn bản điện tử",
            Content = "V/v đo năng lực tiếp nhận văn bản điện tử",
            SignerInfo = new Signer("TM.", "Giám đốc", "Nguyễn Văn Mẫu"),
            OtherInfo = new OtherInfo(Priority: "0", SphereOfPromulgation: "Liên thông", PromulgationAmount: "1", PageAmount: "1"),
            SteeringType = "0",
            Trace = new TraceHeaderList([new TraceHeader(BenchParties.Sender, today + " 08:00:00")], new Business("0", "Văn bản điện tử mới", "0", null)),
        };
    }

    private static int Find(byte[] bytes, string mark)
    {
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(mark));
        return at >= 0 ? at : throw new BenchmarkFailedException("The letter was rendered without the place " + mark);
    }
}
