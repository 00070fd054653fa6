using System.Security.Cryptography;
using System.Text.Json;
using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Signing.Verdicts;

/// <summary>
/// A document's verdict as it is kept and handed out: the exact bytes whose digest stands in the evidence (docs/evidence-format.md §17). Written once;
/// only what is shown, or judged again, is read back.
/// </summary>
public sealed record VerdictRecord(ReadOnlyMemory<byte> Bytes)
{
    public const string Format = "dx-signatures/1";

    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));

    /// <param name="document">Null where only the package itself was judged.</param>
    public static VerdictRecord Of(DocumentVerdict document, PackageSignature package, DateTimeOffset checkedAt, ReadOnlyMemory<byte> originalDigest) =>
        Of(document, package.ToString().ToUpperInvariant(), checkedAt, "sha256:" + Convert.ToHexStringLower(originalDigest.Span));

    /// <summary>A later judgement of the same document: a record of its own.</summary>
    public VerdictRecord Again(DocumentVerdict document, DateTimeOffset checkedAt)
    {
        using var json = JsonDocument.Parse(Bytes);
        return Of(document, json.RootElement.GetProperty("package").GetString()!, checkedAt, json.RootElement.GetProperty("document").GetString()!);
    }

    private static VerdictRecord Of(DocumentVerdict document, string package, DateTimeOffset checkedAt, string original)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("document", original);
            json.WriteString("checkedAt", checkedAt.UtcDateTime);
            json.WriteString("class", document.Class.Name);
            WriteRemarks(json, document.Remarks);
            json.WriteString("package", package);
            json.WriteStartArray("signatures");
            foreach (var signature in document.Signatures) Write(json, signature);
            json.WriteEndArray();
            json.WriteStartArray("unsigned");
            foreach (var name in document.WithoutSignature) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return new VerdictRecord(stream.ToArray());
    }

    /// <summary>What the record says; its package's class is in the document's row.</summary>
    public DocumentVerdict Read()
    {
        using var json = JsonDocument.Parse(Bytes);
        var root = json.RootElement;
        return new DocumentVerdict(
            [.. root.GetProperty("signatures").EnumerateArray().Select(ReadOne)],
            ReadRemarks(root),
            [.. root.GetProperty("unsigned").EnumerateArray().Select(name => name.GetString()!)]);
    }

    private static void Write(Utf8JsonWriter json, SignatureVerdict signature)
    {
        json.WriteStartObject();
        if (signature.Attachment is { } attachment) json.WriteNumber("attachment", attachment);
        WriteText(json, "file", signature.File);
        json.WriteString("format", signature.Format);
        json.WriteString("class", signature.Class.Name);
        WriteRemarks(json, signature.Remarks);
        json.WriteString("role", signature.Role.ToString().ToLowerInvariant());
        WriteText(json, "signer", signature.Signer);
        WriteText(json, "organisation", signature.Organisation);
        WriteText(json, "issuer", signature.Issuer);
        WriteText(json, "serial", signature.Serial);
        WriteText(json, "certificate", signature.Certificate);
        json.WriteStartArray("chain");
        foreach (var issuer in signature.Chain) json.WriteStringValue(issuer);
        json.WriteEndArray();
        if (signature.SignedAt is { } at) json.WriteString("signedAt", at.UtcDateTime);
        if (signature.IsTimeProven) json.WriteBoolean("timeStamped", true);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    private static void WriteRemarks(Utf8JsonWriter json, IReadOnlyList<Remark> remarks)
    {
        json.WriteStartArray("remarks");
        foreach (var remark in remarks) json.WriteStringValue(remark.Code);
        json.WriteEndArray();
    }

    private static SignatureVerdict ReadOne(JsonElement json) => new()
    {
        Attachment = json.TryGetProperty("attachment", out var attachment) ? attachment.GetInt32() : null,
        File = Text(json, "file"),
        Format = Text(json, "format")!,
        Remarks = ReadRemarks(json),
        Role = Enum.Parse<SignerRole>(Text(json, "role")!, ignoreCase: true),
        Signer = Text(json, "signer"),
        Organisation = Text(json, "organisation"),
        Issuer = Text(json, "issuer"),
        Serial = Text(json, "serial"),
        Certificate = Text(json, "certificate"),
        Chain = [.. json.GetProperty("chain").EnumerateArray().Select(issuer => issuer.GetString()!)],
        SignedAt = json.TryGetProperty("signedAt", out var at) ? at.GetDateTimeOffset() : null,
        IsTimeProven = json.TryGetProperty("timeStamped", out _),
    };

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Remark[] ReadRemarks(JsonElement json) => [.. json.GetProperty("remarks").EnumerateArray().Select(code => Remark.Named(code.GetString()!)).OfType<Remark>()];
}
