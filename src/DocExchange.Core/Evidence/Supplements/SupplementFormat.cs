using System.Text;
using System.Text.Json;

namespace DocExchange.Core.Evidence.Supplements;

/// <summary>Format <c>dx-supplement/1</c>: spelled as strictly as a receipt. A supplement may be made again and then hold more.</summary>
public static class SupplementFormat
{
    public const string Name = "dx-supplement/1";
    public const string MediaType = "application/json";

    private const int MostHeads = 8;

    public static byte[] Render(Supplement supplement)
    {
        var json = CanonicalJson.Start();
        json.Member("\"format\":"u8, Name);
        json.Member("\"receipt\":"u8, supplement.Receipt);
        json.Objects("\"heads\":"u8, supplement.Heads, static (json, head) =>
        {
            json.Base64s("\"path\":"u8, head.Path);
            json.Name("\"checkpoint\":"u8);
            json.Utf8(head.Head.Note);
            json.Name("\"signature\":"u8);
            json.Base64(head.Head.Signature);
            json.Base64s("\"chain\":"u8, head.Head.Chain);
            json.Base64s("\"stamps\":"u8, head.Stamps);
            json.Objects("\"cosignatures\":"u8, head.Cosignatures, static (json, witness) =>
            {
                json.Name("\"signature\":"u8);
                json.Base64(witness.Signature);
                json.Base64s("\"chain\":"u8, witness.Chain);
            });
            // Only where there is any: a supplement without keeps its one spelling.
            if (head.Revocation.Count > 0) json.Base64s("\"revocation\":"u8, head.Revocation);
        });
        return json.Finish();
    }

    /// <summary>The supplement, or null and a sentence saying what is wrong with the bytes.</summary>
    public static Supplement? TryParse(ReadOnlySpan<byte> bytes, out string error)
    {
        error = "";
        try
        {
            if (bytes.Length > ReceiptFormat.MaximumLength) throw new FormatException("it is larger than a supplement can be");
            var reader = new Utf8JsonReader(bytes);
            using var json = JsonDocument.ParseValue(ref reader);
            var supplement = Read(json.RootElement);
            if (bytes.SequenceEqual(Render(supplement))) return supplement;
            error = "The file is not spelled the one way a supplement is spelled.";
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            error = $"The file is not a supplement of format {Name}: {exception.Message}";
        }
        return null;
    }

    private static Supplement Read(JsonElement json)
    {
        if (json.GetProperty("format").GetString() != Name) throw new FormatException("the format member names another format");
        var heads = json.GetProperty("heads");
        if (heads.GetArrayLength() > MostHeads) throw new FormatException($"it has more than {MostHeads} heads");
        return new Supplement(json.GetProperty("receipt").GetString()!, [.. heads.EnumerateArray().Select(ReadHead)]);
    }

    private static SupplementHead ReadHead(JsonElement json) => new(
        new SignedHead(Encoding.UTF8.GetBytes(json.GetProperty("checkpoint").GetString()!), json.GetProperty("signature").GetBytesFromBase64(), Blobs(json, "chain")),
        Blobs(json, "path"), Blobs(json, "stamps"),
        [.. json.GetProperty("cosignatures").EnumerateArray().Select(one => new WitnessProof(one.GetProperty("signature").GetBytesFromBase64(), Blobs(one, "chain")))])
    {
        Revocation = json.TryGetProperty("revocation", out _) ? Blobs(json, "revocation") : [],
    };

    private static IReadOnlyList<byte[]> Blobs(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(one => one.GetBytesFromBase64())];
}
