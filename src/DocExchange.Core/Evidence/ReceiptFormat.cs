using System.Text.Json;

namespace DocExchange.Core.Evidence;

/// <summary>The bytes of a receipt, <c>dx-receipt/1</c>. One content has one spelling, and nothing else parses.</summary>
public static class ReceiptFormat
{
    public const string Name = "dx-receipt/1";
    public const string MediaType = "application/vnd.docexchange.receipt+json";

    /// <summary>Longer files are not receipts.</summary>
    public const int MaximumLength = 1024 * 1024;

    internal const int MostCertificates = 10;

    public static byte[] Render(ReceiptParts receipt)
    {
        var json = CanonicalJson.Start();
        json.Member("\"format\":"u8, Name);
        json.Member("\"id\":"u8, receipt.Id);
        json.Name("\"entry\":"u8);
        json.Utf8(receipt.Entry);
        json.Hex("\"salt\":"u8, [], receipt.Salt);
        json.Member("\"index\":"u8, receipt.Index);
        json.Base64s("\"path\":"u8, receipt.Path);
        json.Name("\"checkpoint\":"u8);
        json.Utf8(receipt.Checkpoint);
        json.Name("\"signature\":"u8);
        json.Base64(receipt.Signature);
        json.Base64s("\"chain\":"u8, receipt.Chain);
        return json.Finish();
    }

    /// <summary>The parts, or null and a sentence saying what is wrong with the bytes.</summary>
    public static ReceiptParts? TryParse(ReadOnlySpan<byte> receipt, out string error)
    {
        error = "";
        if (receipt.Length > MaximumLength)
        {
            error = $"The file is larger than a receipt can be ({MaximumLength} bytes).";
            return null;
        }
        try
        {
            var parts = Read(receipt);
            // Rendering again is what makes the form strict: other spellings of the same JSON differ here.
            if (receipt.SequenceEqual(Render(parts))) return parts;
            error = "The file is not spelled the one way a receipt is spelled (white space, escapes or encodings were changed).";
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            error = $"The file is not a receipt of format {Name}: {exception.Message}";
        }
        return null;
    }

    private static ReceiptParts Read(ReadOnlySpan<byte> bytes)
    {
        var json = new CanonicalJsonReader(bytes);
        json.Start();
        if (json.Text("format") != Name) throw new FormatException("the format member names another format");
        var parts = new ReceiptParts(json.Text("id"), json.Utf8("entry"), Convert.FromHexString(json.Text("salt")), json.Number("index"), [], json.Base64s("path", 63), [], []);
        parts = parts with { Checkpoint = json.Utf8("checkpoint"), Signature = json.Base64("signature"), Chain = json.Base64s("chain", MostCertificates) };
        json.End();
        return parts;
    }
}
