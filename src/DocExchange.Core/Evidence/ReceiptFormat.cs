using System.Text;
using System.Text.Json;

namespace DocExchange.Core.Evidence;

/// <summary>The bytes of a receipt, <c>dx-receipt/1</c>. One content has one spelling, and nothing else parses.</summary>
public static class ReceiptFormat
{
    public const string Name = "dx-receipt/1";
    public const string MediaType = "application/vnd.docexchange.receipt+json";

    /// <summary>Longer files are not receipts.</summary>
    public const int MaximumLength = 1024 * 1024;

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
            var reader = new Reader(receipt);
            var parts = reader.Read();
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

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private Utf8JsonReader json = new(bytes);

        public ReceiptParts Read()
        {
            Next(JsonTokenType.StartObject);
            if (Text("format") != Name) throw new FormatException("the format member names another format");
            var parts = new ReceiptParts(
                Text("id"), Encoding.UTF8.GetBytes(Text("entry")), Convert.FromHexString(Text("salt")), Number("index"), [], Base64s("path", 63), [], []);
            parts = parts with
            {
                Checkpoint = Encoding.UTF8.GetBytes(Text("checkpoint")),
                Signature = Convert.FromBase64String(Text("signature")),
                Chain = Base64s("chain", 10),
            };
            Next(JsonTokenType.EndObject);
            if (json.Read()) throw new FormatException("something follows the receipt");
            return parts;
        }

        private string Text(string name)
        {
            Member(name);
            Next(JsonTokenType.String);
            return json.GetString()!;
        }

        private long Number(string name)
        {
            Member(name);
            Next(JsonTokenType.Number);
            return json.GetInt64();
        }

        private List<byte[]> Base64s(string name, int atMost)
        {
            Member(name);
            Next(JsonTokenType.StartArray);
            var values = new List<byte[]>();
            while (json.Read() && json.TokenType == JsonTokenType.String)
            {
                if (values.Count == atMost) throw new FormatException($"{name} has more than {atMost} elements");
                values.Add(json.GetBytesFromBase64());
            }
            if (json.TokenType != JsonTokenType.EndArray) throw new FormatException($"{name} holds something else than strings");
            return values;
        }

        private void Member(string name)
        {
            Next(JsonTokenType.PropertyName);
            if (!json.ValueTextEquals(name)) throw new FormatException($"member {name} was expected");
        }

        private void Next(JsonTokenType type)
        {
            if (!json.Read() || json.TokenType != type) throw new FormatException($"{type} was expected at byte {json.TokenStartIndex}");
        }
    }
}
