using System.Text.Json;

namespace DocExchange.Core.Evidence.Exports;

/// <summary>The bytes of an export's lines. One content has one spelling, and nothing else parses.</summary>
public static class ExportFormat
{
    public const string Name = "dx-export/1";
    public const string MediaType = "application/vnd.docexchange.export+jsonl";

    /// <summary>Hashes in one line of withheld events.</summary>
    public const int MostHashes = 256;

    /// <summary>A line without its line feed.</summary>
    public static byte[] Render(ExportLine line)
    {
        var json = CanonicalJson.Start();
        switch (line)
        {
            case ExportLine.Header header:
                json.Member("\"format\":"u8, Name);
                json.Member("\"filter\":"u8, header.Filter);
                json.Member("\"from\":"u8, header.From);
                json.Base64s("\"peaks\":"u8, header.Peaks);
                json.Objects("\"heads\":"u8, header.Heads, static (json, head) => Signed(json, "\"checkpoint\":"u8, head.Note, head.Signature, head.Chain));
                break;
            case ExportLine.Event shown:
                json.Member("\"index\":"u8, shown.Index);
                json.Hex("\"salt\":"u8, [], shown.Salt);
                json.Name("\"entry\":"u8);
                json.Utf8(shown.Entry);
                break;
            case ExportLine.Withheld withheld:
                json.Member("\"withheld\":"u8, withheld.Index);
                json.Base64s("\"hashes\":"u8, withheld.Hashes);
                break;
            case ExportLine.Signer signer:
                json.Member("\"signer\":"u8, signer.Key);
                json.Base64s("\"chain\":"u8, signer.Chain);
                break;
            case ExportLine.Batch batch:
                json.Member("\"batch\":"u8, batch.Key);
                Signed(json, "\"checkpoint\":"u8, batch.Checkpoint, batch.Signature, null);
                break;
            case ExportLine.Seal seal:
                Signed(json, "\"seal\":"u8, seal.Text, seal.Signature, seal.Chain);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(line));
        }
        return json.Finish();
    }

    /// <summary>The line; null when the bytes are none, or not spelled as one is.</summary>
    public static ExportLine? TryParse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("{\"index\":"u8)) return ReadEvent(bytes);
        try
        {
            return Read(bytes) is { } line && bytes.SequenceEqual(Render(line)) ? line : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ExportLine? Read(ReadOnlySpan<byte> bytes)
    {
        var json = new CanonicalJsonReader(bytes);
        json.Start();
        ExportLine? line = null;
        if (bytes.StartsWith("{\"withheld\":"u8)) line = new ExportLine.Withheld(json.Number("withheld"), json.Base64s("hashes", MostHashes));
        else if (bytes.StartsWith("{\"batch\":"u8)) line = new ExportLine.Batch(json.Text("batch"), json.Utf8("checkpoint"), json.Base64("signature"));
        else if (bytes.StartsWith("{\"signer\":"u8)) line = new ExportLine.Signer(json.Text("signer"), json.Base64s("chain", ReceiptFormat.MostCertificates));
        else if (bytes.StartsWith("{\"seal\":"u8)) line = new ExportLine.Seal(json.Utf8("seal"), json.Base64("signature"), json.Base64s("chain", ReceiptFormat.MostCertificates));
        else if (bytes.StartsWith("{\"format\":"u8)) line = ReadHeader(ref json);
        json.End();
        return line;
    }

    /// <summary>Nearly all lines are events: the scanner knows their spelling without writing them again.</summary>
    private static ExportLine.Event? ReadEvent(ReadOnlySpan<byte> bytes)
    {
        var json = new CanonicalScanner(bytes, keep: true);
        var index = json.Number("{\"index\":"u8);
        var salt = json.Hex(",\"salt\":"u8, []);
        json.Require(",\"entry\":"u8);
        var entry = json.Utf8Text();
        json.Require("}"u8);
        return json.IsAtEnd && salt is not null ? new ExportLine.Event(index!.Value, salt, entry) : null;
    }

    private static ExportLine.Header ReadHeader(ref CanonicalJsonReader json)
    {
        if (json.Text("format") != Name) throw new FormatException("the format member names another format");
        var header = new ExportLine.Header(json.Text("filter"), json.Number("from"), json.Base64s("peaks", 63), json.Objects("heads", 2, ReadHead));
        return header.Heads.Count == (header.From == 0 ? 1 : 2) ? header : throw new FormatException("the header names too few or too many heads");
    }

    private static SignedHead ReadHead(ref CanonicalJsonReader json) => new(json.Utf8("checkpoint"), json.Base64("signature"), json.Base64s("chain", ReceiptFormat.MostCertificates));

    private static void Signed(CanonicalJson json, ReadOnlySpan<byte> name, byte[] text, byte[] signature, IReadOnlyList<byte[]>? chain)
    {
        json.Name(name);
        json.Utf8(text);
        json.Name("\"signature\":"u8);
        json.Base64(signature);
        if (chain is not null) json.Base64s("\"chain\":"u8, chain);
    }
}
