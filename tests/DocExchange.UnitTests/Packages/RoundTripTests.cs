using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using Xunit;
using static DocExchange.UnitTests.Packages.TestPackages;

namespace DocExchange.UnitTests.Packages;

/// <summary>Guards against a writer that loses or changes what a reader understood.</summary>
public sealed class RoundTripTests
{
    internal static readonly Envelope Full = new()
    {
        Kind = MessageKind.Document,
        From = new Organ("H99.01", "UBND tỉnh", "Sở Thử nghiệm <&> 𝒜", "1 Đường Một", "a@h99.example", "0123", "0456", "h99.example"),
        To = [new Organ("H99.02"), new Organ("000.00.03.H99", OrganName: "Sở Ba")],
        DocumentId = "H99.01,2026/01/05,12/STN-VP",
        CodeNumber = "12",
        CodeNotation = "STN-VP",
        Place = "Tỉnh lỵ",
        PromulgationDate = "2026/01/05",
        Type = "18",
        TypeDetail = "0",
        TypeName = "Công văn",
        Subject = "V/v \"thử\" nghiệm",
        Content = "Nội dung",
        SignerInfo = new Signer("KT.", "Phó Giám đốc", "Nguyễn Thử"),
        DueDate = "2026/02/05",
        ToPlaces = ["Như trên", "Lưu VT"],
        OtherInfo = new OtherInfo("1", "Nội bộ", "ABC", "2", "3", "false", "r", "c") { Appendixes = ["Phụ lục 1", "Phụ lục 2"] },
        ResponseFor = [new Reference("H99.02", "3/X", "2025/12/01", "H99.02,2025/12/01,3/X"), new Reference(null, null, null, "other")],
        SteeringType = "0",
        TaskCodes = ["T1", "T2"],
        ApplicationType = "MCDT_DT",
        Trace = new TraceHeaderList([new TraceHeader("H99.01", "2026/01/05 08:00:00"), new TraceHeader(null, "2026/01/05 08:01:00")], new Business("2", "lý do", "1", "old-id")
        {
            DocumentInfo = "1",
            DocumentReceiver = "1",
            Receivers = [new ChangedReceiver("H99.02", "0"), new ChangedReceiver("H99.03", "1")],
            Replacements = [new ReplacementInfo("r1", ["H99.02", "H99.03"]), new ReplacementInfo("r2", [])],
            Staff = [new StaffInfo("Phòng", "Người", "n@h99.example", "09")],
        }),
    };

    [Fact]
    public void Every_known_element_of_a_document_survives()
    {
        var envelope = Read(Write(Full, ("văn bản.pdf", Pdf), ("bảng.xlsx", [1, 2, 3]))).Envelope!;

        Assert.Equal(Header(Full), Header(envelope));
    }

    [Fact]
    public void Every_element_of_a_status_survives()
    {
        var status = new Envelope
        {
            Kind = MessageKind.Status,
            From = Full.From,
            ResponseFor = [Full.ResponseFor[0]],
            Status = new StatusReport("02", "không đúng thẩm quyền", "2026/01/05 09:00:00", Full.Trace!.Business!.Staff[0]),
        };
        using var target = new MemoryStream();
        PackageWriter.WriteStatus(target, status);

        var reading = Read(target.ToArray());

        Assert.Empty(reading.Findings);
        Assert.Equal(Header(status), Header(reading.Envelope!));
    }

    [Fact]
    public void The_same_parts_give_the_same_bytes_also_when_files_are_wrapped()
    {
        var options = new PackageWriterOptions(Wrap: true);

        Assert.Equal(Write(Full, options, ("a.txt", "xin chào"u8.ToArray())), Write(Full, options, ("a.txt", "xin chào"u8.ToArray())));
    }

    [Fact]
    public void A_wrapped_file_is_unwrapped_under_its_own_digest_and_a_pdf_is_not_wrapped()
    {
        byte[] text = "xin chào"u8.ToArray();
        var reading = Read(Write(Full, new PackageWriterOptions(Wrap: true), ("a.txt", text), ("b.pdf", Pdf)));

        Assert.Empty(reading.Findings);
        var wrapped = reading.Envelope!.Attachments[0];
        Assert.Equal(("a.txt", "application/zip", "zip"), (wrapped.Name, wrapped.ContentType, wrapped.SniffedType));
        Assert.Equal(("txt", text.Length, "text"), (wrapped.Wrapped!.Extension, wrapped.Wrapped.Length, wrapped.Wrapped.SniffedType));
        Assert.Equal(SHA256.HashData(text), wrapped.Wrapped.Digest.ToArray());
        Assert.Equal(SHA256.HashData(Pdf), reading.Envelope.Attachments[1].Digest.ToArray());
        Assert.Null(reading.Envelope.Attachments[1].Wrapped);
    }

    [Fact]
    public void The_envelope_carries_the_literal_prefix_and_the_attachments_none()
    {
        var text = Encoding.UTF8.GetString(Write(Full, ("a.pdf", Pdf)));

        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"<edXML:edXMLEnvelope xmlns:edXML=\"{Ns}\">", text);
        Assert.Contains("<AttachmentEncoded>", text);
        Assert.Contains("<ContentTransferEncoded>", text);
        Assert.True(text.IndexOf("<edXML:DocumentId>", StringComparison.Ordinal) < text.IndexOf("<edXML:Code>", StringComparison.Ordinal));
        Assert.True(text.IndexOf("<edXML:SteeringType>", StringComparison.Ordinal) < text.IndexOf("<edXML:ToPlaces>", StringComparison.Ordinal));
    }

    internal static void AssertSurvivesWriting(byte[] original, Envelope envelope)
    {
        var again = TestPackages.Read(Rewrite(original, envelope));

        Assert.Empty(again.Findings);
        Assert.Equal(Header(envelope), Header(again.Envelope!));
        Assert.Equal(envelope.Attachments.Select(a => Convert.ToHexString(a.Digest.Span)), again.Envelope!.Attachments.Select(a => Convert.ToHexString(a.Digest.Span)));
        Assert.Equal(envelope.Attachments.Select(a => (a.Name, a.ContentId, a.ContentType)), again.Envelope.Attachments.Select(a => (a.Name, a.ContentId, a.ContentType)));
    }

    /// <summary>The package written anew from what was read of it and its attachments' bytes.</summary>
    internal static byte[] Rewrite(byte[] original, Envelope envelope)
    {
        using var target = new MemoryStream();
        if (envelope.Kind == MessageKind.Status)
        {
            PackageWriter.WriteStatus(target, envelope);
        }
        else
        {
            var payloads = envelope.Attachments.Select(a =>
            {
                var content = new MemoryStream();
                using (var decoded = AttachmentContent.OpenDecoded(new MemoryStream(original), a)) decoded.CopyTo(content);
                content.Position = 0;
                return new AttachmentPayload(a.Name!, content, a.ContentId, a.ContentType, a.Description);
            });
            PackageWriter.WriteDocument(target, envelope, [.. payloads]);
        }

        return target.ToArray();
    }

    internal static string Header(Envelope envelope) =>
        JsonSerializer.Serialize(envelope with
        {
            Attachments = [],
            Manifest = [],
            Signature = PackageSignature.Absent,
            Unknown = [.. envelope.Unknown.OrderBy(u => u.Parent, StringComparer.Ordinal).ThenBy(u => u.Ordinal).ThenBy(u => u.Xml, StringComparer.Ordinal)],
        });

    internal static byte[] Write(Envelope envelope, params (string Name, byte[] Content)[] files) => Write(envelope, new PackageWriterOptions(), files);

    private static byte[] Write(Envelope envelope, PackageWriterOptions options, params (string Name, byte[] Content)[] files)
    {
        using var target = new MemoryStream();
        PackageWriter.WriteDocument(target, envelope, [.. files.Select(file => new AttachmentPayload(file.Name, new MemoryStream(file.Content)))], options);
        return target.ToArray();
    }
}
